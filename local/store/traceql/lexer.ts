/** TraceQL's tokens. */

/** The query is not TraceQL, or asks for what is not supported. The message says which and where. */
export class TraceQlError extends Error {
  override readonly name = 'TraceQlError';
}

export type Token =
  | { readonly kind: 'symbol'; readonly text: string; readonly at: number }
  | { readonly kind: 'word'; readonly text: string; readonly at: number }
  /** `.name`, `span.name`, ...; scope is empty for the unscoped form. */
  | { readonly kind: 'attribute'; readonly scope: string; readonly name: string; readonly text: string; readonly at: number }
  /** `span:name` and the like. */
  | { readonly kind: 'intrinsic'; readonly text: string; readonly at: number }
  | { readonly kind: 'string'; readonly value: string; readonly text: string; readonly at: number }
  | { readonly kind: 'int'; readonly value: bigint; readonly text: string; readonly at: number }
  | { readonly kind: 'float'; readonly value: number; readonly text: string; readonly at: number }
  | { readonly kind: 'duration'; readonly valueNs: number; readonly text: string; readonly at: number }
  | { readonly kind: 'end'; readonly text: '$end'; readonly at: number };

/** Longest first: `!>>` before `!>` before `!`. */
const SYMBOLS = ['&>>', '&<<', '!>>', '!<<', '&&', '||', '&>', '&<', '&~', '!>', '!<', '!~', '!=', '=~', '>>', '<<', '>=', '<=', '{', '}', '(', ')', ',', '|', '=', '<', '>', '~', '!', '+', '-', '*', '/', '%', '^'];

const SCOPES = new Set(['span', 'resource', 'event', 'link', 'instrumentation', 'parent']);
const INTRINSIC_SCOPES = new Set(['span', 'trace', 'event', 'link', 'instrumentation']);
/** What ends an attribute's name; `-`, `/`, `+` and the like are part of it. */
const ATTRIBUTE_NAME = /(?:"(?:[^"\\]|\\.)*"|[^\s{}()=~!<>&|^,"])+/uy;
const WORD = /[\p{L}_][\p{L}\p{N}_]*/uy;
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
/** Go also reads the Greek letter (`μs`), which is none in TraceQL. */
const DURATION = /(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|ms|s|m|h))+/y;
const DURATION_PART = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g;
/** In a query a duration may begin with whole years, weeks and days, as in Prometheus. */
const LONG_DURATION = /(?=\d)(?:\d+y)?(?:\d+w)?(?:\d+d)?/y;
const LONG_UNITS_NS: Readonly<Record<string, number>> = { y: 365 * 86_400e9, w: 7 * 86_400e9, d: 86_400e9 };
const UNITS_NS: Readonly<Record<string, number>> = { ns: 1, us: 1e3, 'µs': 1e3, 'μs': 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9 };
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', a: '\x07', b: '\b', f: '\f', v: '\v', '\\': '\\', '"': '"', "'": "'" };

/** Go keeps durations in 64 bits. */
export const TOO_LONG_NS = 2 ** 63;

/** @returns nanoseconds, undefined where the text is not a duration as Go writes it (`1h2m`, `1.5s`), or one of more than 292 years */
export function parseDuration(text: string): number | undefined {
  const parts = [...text.matchAll(DURATION_PART)];
  if (text === '' || parts.map(([part]) => part).join('') !== text) {
    return undefined;
  }
  const ns = parts.reduce((sum, [, amount, unit]) => sum + Math.round(Number(amount) * UNITS_NS[unit]), 0);
  return ns < TOO_LONG_NS ? ns : undefined;
}

/** @throws TraceQlError at the first character that starts no token */
export function tokenize(query: string): Token[] {
  return new Lexer(query).tokens();
}

class Lexer {
  private readonly query: string;
  private at = 0;

  constructor(query: string) {
    this.query = query;
  }

  tokens(): Token[] {
    const tokens: Token[] = [];
    for (;;) {
      this.skipBlanks();
      if (this.at >= this.query.length) {
        tokens.push({ kind: 'end', text: '$end', at: this.at });
        return tokens;
      }
      tokens.push(this.next());
    }
  }

  private skipBlanks(): void {
    const blanks = this.match(/(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y);
    this.at += blanks?.length ?? 0;
  }

  private next(): Token {
    const start = this.at;
    const first = this.query[start];
    if (first === '"' || first === '`') {
      return this.string(first);
    }
    if (first === "'") {
      throw this.error('invalid char literal');
    }
    if (first === '.' && !/\d/.test(this.query[start + 1] ?? '')) {
      this.at++;
      return this.attribute('', start);
    }
    const duration = this.duration();
    if (duration) {
      return duration;
    }
    const number = this.match(NUMBER);
    if (number) {
      this.at += number.length;
      return /^\d+$/.test(number) ? { kind: 'int', value: BigInt(number), text: number, at: start } : { kind: 'float', value: Number(number), text: number, at: start };
    }
    const word = this.match(WORD);
    if (word) {
      return this.word(word, start);
    }
    const symbol = SYMBOLS.find((candidate) => this.query.startsWith(candidate, start));
    if (!symbol) {
      throw this.error(`unexpected character ${JSON.stringify(first)}`);
    }
    this.at += symbol.length;
    return { kind: 'symbol', text: symbol, at: start };
  }

  private duration(): Token | undefined {
    const start = this.at;
    this.at += this.match(LONG_DURATION)?.length ?? 0;
    const long = this.query.slice(start, this.at);
    const rest = this.match(DURATION) ?? '';
    this.at += rest.length;
    const longNs = [...long.matchAll(/(\d+)([ywd])/g)].reduce((sum, [, amount, unit]) => sum + Number(amount) * LONG_UNITS_NS[unit], 0);
    if (this.at === start) {
      return undefined;
    }
    const valueNs = longNs + (rest === '' ? 0 : (parseDuration(rest) ?? Infinity));
    if (valueNs >= TOO_LONG_NS) {
      throw this.error('duration out of range');
    }
    return { kind: 'duration', valueNs, text: this.query.slice(start, this.at), at: start };
  }

  private word(word: string, start: number): Token {
    this.at += word.length;
    const separator = this.query[this.at];
    if (separator === '.' && SCOPES.has(word)) {
      this.at++;
      return this.attribute(word, start);
    }
    if (separator === ':' && INTRINSIC_SCOPES.has(word)) {
      this.at++;
      const name = this.match(WORD) ?? '';
      this.at += name.length;
      return { kind: 'intrinsic', text: `${word}:${name}`, at: start };
    }
    return { kind: 'word', text: word, at: start };
  }

  private attribute(scope: string, start: number): Token {
    const source = this.match(ATTRIBUTE_NAME) ?? '';
    if (source === '') {
      throw this.error('syntax error: unexpected END_ATTRIBUTE, expecting IDENTIFIER');
    }
    this.at += source.length;
    const name = source.replace(/"((?:[^"\\]|\\.)*)"/g, (_, quoted: string) => this.unescape(quoted));
    return { kind: 'attribute', scope, name, text: this.query.slice(start, this.at), at: start };
  }

  private string(quote: string): Token {
    const start = this.at;
    const source = this.match(quote === '"' ? /"(?:[^"\\\n]|\\.)*"/y : /`[^`]*`/y);
    if (!source) {
      throw this.error('literal not terminated');
    }
    this.at += source.length;
    const inner = source.slice(1, -1);
    return { kind: 'string', value: quote === '"' ? this.unescape(inner) : inner, text: source, at: start };
  }

  private unescape(text: string): string {
    return text.replace(/\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|x([0-9a-fA-F]{2})|([0-7]{3})|(.))/gs, (_, u: string, U: string, x: string, octal: string, simple: string) => {
      const code = u || U || x ? parseInt(u || U || x, 16) : octal ? parseInt(octal, 8) : undefined;
      if (code !== undefined && code <= 0x10ffff) {
        return String.fromCodePoint(code);
      }
      if (simple !== undefined && simple in ESCAPES) {
        return ESCAPES[simple];
      }
      throw this.error('invalid char escape');
    });
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    return pattern.exec(this.query)?.[0];
  }

  private error(message: string): TraceQlError {
    return errorAt(this.query, this.at, message);
  }
}

/** An error that names the place as Tempo does. */
export function errorAt(query: string, at: number, message: string): TraceQlError {
  const before = query.slice(0, at).split('\n');
  return new TraceQlError(`parse error at line ${before.length}, col ${before[before.length - 1].length + 1}: ${message}`);
}
