import type { Attributes, AttributeValue } from '@opentelemetry/api';

/**
 * What may not leave a service inside a span: e-mail addresses, the values of URL query strings, database statements,
 * credentials. The rules are applied to finished spans (see guarded-exporter.ts), so that instrumentation libraries
 * obey them as well as our own code.
 */

// The look-behind keeps the match from starting inside a word: without it a long word without "@" costs n² steps.
// %40 is "@" in a URL.
const EMAIL = /(?<![\p{L}\p{N}_.%+-])([\p{L}\p{N}_.%+-])[\p{L}\p{N}_.%+-]*?(@|%40)([\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+)/gu;

const URL_WITH_QUERY = new Set(['url.full', 'url.query', 'http.url', 'http.target']);
const STATEMENTS = new Set(['db.query.text', 'db.statement', 'graphql.document']);
const CREDENTIAL = /authorization|cookie|passw(?:or)?d|passphrase|secret|credential|(?:api|access|private)[._-]?key|token(?:$|[._-])/i;
// Bearer tokens, the base64 of basic authentication, JSON web tokens.
const TOKEN = /bearer\s+[\w.~+/=-]{8,}|basic\s+[\w+/]{6,}={1,2}|\beyJ[\w-]+\.[\w-]+\.[\w-]*/gi;
const PASSWORD_IN_URL = /:\/\/[^/?#\s@]{1,256}@/g;

export const REDACTED = 'REDACTED';

/** `anna.b@example.org` → `a***@example.org`, everywhere in the text. */
export function maskEmails(text: string): string {
  return text.replace(EMAIL, '$1***$2$3');
}

/** Without e-mail addresses, tokens and the passwords of URLs. */
export function cleanText(text: string): string {
  return maskEmails(text.replace(PASSWORD_IN_URL, '://').replace(TOKEN, REDACTED));
}

/** Keeps the names of a query string's parameters, not their values: `/s?q=me&limit=5` → `/s?q=REDACTED&limit=REDACTED`. */
export function redactQuery(url: string): string {
  const queryStart = url.indexOf('?') + 1; // 0 for a bare query string, as in url.query
  const query = url.slice(queryStart).replace(/([^&=#]+)=[^&#]*/g, `$1=${REDACTED}`);
  return url.slice(0, queryStart) + query;
}

/** The attributes as they may be exported. Never changes its argument. */
export function redactAttributes(attributes: Attributes): Attributes {
  const safe: Attributes = {};
  for (const [key, value] of Object.entries(attributes)) {
    if (STATEMENTS.has(key)) {
      continue;
    }
    safe[key] = CREDENTIAL.test(key) ? REDACTED : redactValue(key, value);
  }
  return safe;
}

function redactValue(key: string, value: AttributeValue | undefined): AttributeValue | undefined {
  if (typeof value === 'string') {
    return cleanText(URL_WITH_QUERY.has(key) && (value.includes('?') || key === 'url.query') ? redactQuery(value) : value);
  }
  if (Array.isArray(value) && value.some((item) => typeof item === 'string')) {
    return (value as Array<string | null | undefined>).map((item) => (typeof item === 'string' ? cleanText(item) : item));
  }
  return value;
}
