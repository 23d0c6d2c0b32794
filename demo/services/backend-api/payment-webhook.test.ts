import { createHmac } from 'node:crypto';
import { verifySignature } from './payment-webhook';

const BODY = Buffer.from('{"event":"charge.succeeded"}');
const KEY = 'k';
const SIGNATURE = createHmac('sha256', KEY).update(BODY).digest('hex');

test('passes the body’s own signature, and everything where no key is set', () => {
  expect(() => verifySignature(BODY, SIGNATURE, KEY)).not.toThrow();
  expect(() => verifySignature(BODY, undefined, undefined)).not.toThrow();
});

test.each([undefined, '', 'not hex', SIGNATURE.slice(2), SIGNATURE.replace(/^../, '00'), [SIGNATURE, SIGNATURE]])('refuses %j', (signature) => {
  expect(() => verifySignature(BODY, signature, KEY)).toThrow(expect.objectContaining({ status: 401, type: 'InvalidSignature' }));
});
