import fc from 'fast-check';
import { cleanText, maskEmails, redactAttributes, redactQuery } from './privacy';

test.each([
  ['grace@example.org', 'g***@example.org'],
  ['to: <Ada.L+x@mail.example.co.uk>, grace@example.org.', 'to: <A***@mail.example.co.uk>, g***@example.org.'],
  ['/u/grace%40example.org/tracks', '/u/g***%40example.org/tracks'],
  ['100%a@example.org', '1***@example.org'],
  ['jürgen@exämple.de', 'j***@exämple.de'],
  ['a@b', 'a@b'],
  ['@handle and 3 @ 4.50', '@handle and 3 @ 4.50'],
  ['', ''],
])('masks %j as %j', (text, masked) => {
  expect(maskEmails(text)).toBe(masked);
});

test('no address survives in any surroundings, and masking twice changes nothing more', () => {
  const word = fc.stringMatching(/^[ \w.<>:"/+%-]{0,20}$/);
  fc.assert(
    fc.property(word, fc.emailAddress(), word, (before, email, after) => {
      const masked = maskEmails(`${before} ${email} ${after}`);
      const localPart = email.slice(0, email.indexOf('@'));
      if (/^[\w.%+-]{2,}$/.test(localPart)) {
        expect(masked).not.toContain(`${localPart}@`);
      }
      expect(maskEmails(masked)).toBe(masked);
    }),
    { seed: 20261123, numRuns: 1_000 }
  );
});

test.each([
  ['sent Authorization: Bearer abc.DEF-123_x to h', 'sent Authorization: REDACTED to h'],
  ['BASIC YTpi Y2', 'BASIC YTpi Y2'],
  ['Basic YWxhZGRpbjpvcGVuc2VzYW1lMQ==', 'REDACTED'],
  ['jwt=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', 'jwt=REDACTED'],
  ['postgres://veza:secret@db:5432/veza', 'postgres://db:5432/veza'],
  ['basic authentication required of the bearer', 'basic authentication required of the bearer'],
])('redacts the credentials in %j: %j', (text, clean) => {
  expect(cleanText(text)).toBe(clean);
});

test.each(['accessToken', 'user_password', 'X-Api-Key', 'client_secret', 'set-cookie', 'proxy.authorization', 'token'])('knows %s for a credential', (key) => {
  expect(redactAttributes({ [key]: 'x' })).toEqual({ [key]: 'REDACTED' });
});

test.each(['gen_ai.usage.output_tokens', 'messaging.kafka.message.key', 'tokenizer.name'])('leaves %s', (key) => {
  expect(redactAttributes({ [key]: 'x' })).toEqual({ [key]: 'x' });
});

test.each([
  ['http://h/s?q=secret%20words&limit=5', 'http://h/s?q=REDACTED&limit=REDACTED'],
  ['q=secret', 'q=REDACTED'],
  ['/s?flag', '/s?flag'],
  ['/s?q=a=b=c#part', '/s?q=REDACTED#part'],
])('redacts the query of %s', (url, redacted) => {
  expect(redactQuery(url)).toBe(redacted);
});

test('redacts attributes by key and by content, and leaves the rest and its argument alone', () => {
  const attributes = {
    'url.full': 'http://h/s?q=words',
    'url.path': '/s',
    'db.query.text': "SELECT * FROM users WHERE email = 'a@example.org'",
    'http.request.header.authorization': 'Bearer abc',
    'veza.recipients': ['ada@example.org', 'nobody'],
    'http.response.status_code': 200,
  };
  const before = structuredClone(attributes);
  expect(redactAttributes(attributes)).toEqual({
    'url.full': 'http://h/s?q=REDACTED',
    'url.path': '/s',
    'http.request.header.authorization': 'REDACTED',
    'veza.recipients': ['a***@example.org', 'nobody'],
    'http.response.status_code': 200,
  });
  expect(attributes).toEqual(before);
});
