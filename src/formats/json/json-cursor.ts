/**
 * Walks JSON (RFC 8259) as UTF-8 bytes without building objects. Values that are not wanted are skipped by counting
 * brackets, so depth costs nothing; what is wanted is read exactly (int64 digits never pass through a double).
 */
import { decodeUtf8 } from '../../trace';
import type { KeyTable } from './key-table';
import { skipPlain } from './plain-text';

/** Malformed JSON; `offset` is the byte where it was noticed. */
export class JsonError extends Error {
  constructor(
    readonly reason: string,
    readonly offset: number
  ) {
    super(`${reason} at byte ${offset}`);
    this.name = 'JsonError';
  }
}

export type JsonKind = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null' | 'end';

const QUOTE = 0x22, BACKSLASH = 0x5c, COMMA = 0x2c, COLON = 0x3a;
const OPEN_OBJECT = 0x7b, CLOSE_OBJECT = 0x7d, OPEN_ARRAY = 0x5b, CLOSE_ARRAY = 0x5d;

/** Up to 2^53 a double is exact at every step; 16 digits below it are today's microseconds, beyond it Number() rounds right. */
const MAX_EXACT_DIGITS = 16;
const MAX_EXACT = Number.MAX_SAFE_INTEGER;

export class JsonCursor {
  readonly view: DataView;
  at = 0;
  /** The string or number read last: bytes[from, to), a string without its quotes. */
  from = 0;
  to = 0;
  /** Whether that string has escapes. */
  escaped = false;
  /** The key nextKey() met. */
  keyFrom = 0;
  keyTo = 0;

  constructor(readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    // A byte order mark is allowed in files.
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
      this.at = 3;
    }
  }

  /** What comes next, after white space. */
  peek(): JsonKind {
    switch (this.next()) {
      case OPEN_OBJECT:
        return 'object';
      case OPEN_ARRAY:
        return 'array';
      case QUOTE:
        return 'string';
      case 0x74:
      case 0x66:
        return 'boolean';
      case 0x6e:
        return 'null';
      case -1:
        return 'end';
      default:
        return 'number';
    }
  }

  /** Visits the documents that follow each other, as in JSON lines; `visit` must read or skip one. @throws JsonError at anything else */
  eachDocument(visit: (kind: 'object' | 'array') => void): void {
    for (let kind = this.peek(); kind !== 'end'; kind = this.peek()) {
      if (kind !== 'object' && kind !== 'array') {
        throw new JsonError('expected an object or a list', this.at);
      }
      visit(kind);
    }
  }

  /** Enters an object or array if one comes next; otherwise skips the value and answers false. */
  enterObject(): boolean {
    return this.enter(OPEN_OBJECT);
  }

  enterArray(): boolean {
    return this.enter(OPEN_ARRAY);
  }

  /**
   * The next key of the object entered: its number in the table, -1 if it is not there, -2 at the end of the object. The
   * value comes next and must be read or skipped.
   */
  nextKey(keys: KeyTable): number {
    const at = this.bytes[this.at] === COMMA ? this.at + 1 : this.at;
    const guess = keys.guess(this.view, at);
    if (guess >= 0) {
      this.keyFrom = at + 1;
      this.at = at + keys.literalLength(guess);
      this.keyTo = this.at - 2;
      return guess;
    }
    let code = this.next();
    if (code === COMMA) {
      this.at++;
      code = this.next();
    }
    if (code === CLOSE_OBJECT) {
      this.at++;
      return -2;
    }
    if (code < 0) {
      throw new JsonError('the input ends inside an object', this.at);
    }
    this.string();
    this.keyFrom = this.from;
    this.keyTo = this.to;
    const key = this.escaped ? -1 : keys.find(this.bytes, this.from, this.to);
    if (this.bytes[this.at] !== COLON && this.next() !== COLON) {
      throw new JsonError('expected ":"', this.at);
    }
    this.at++;
    return key;
  }

  /** Whether the array entered has another item, which comes next. */
  nextItem(): boolean {
    let code = this.next();
    if (code === COMMA) {
      this.at++;
      code = this.next();
    }
    if (code === CLOSE_ARRAY) {
      this.at++;
      return false;
    }
    if (code < 0) {
      throw new JsonError('the input ends inside an array', this.at);
    }
    return true;
  }

  /** Reads a string: sets from, to, escaped. */
  string(): void {
    const { bytes } = this;
    if (this.next() !== QUOTE) {
      throw new JsonError('expected a string', this.at);
    }
    this.from = this.at + 1;
    this.escaped = false;
    const { length } = bytes;
    for (let at = skipPlain(this.view, this.from); at < length; at++) {
      const code = bytes[at];
      if (code === QUOTE) {
        this.to = at;
        this.at = at + 1;
        return;
      }
      if (code === BACKSLASH) {
        this.escaped = true;
        at++;
      }
    }
    throw new JsonError('the input ends inside a string', this.from);
  }

  /**
   * Reads a string of so many bytes if it may come next: sets from, to, escaped. It is one if none of the bytes is a quote or a
   * backslash; where the caller finds another byte than it expects, it puts `at` back and reads in another way.
   */
  stringOf(length: number): boolean {
    const { bytes, at } = this;
    if (bytes[at] !== QUOTE || bytes[at + 1 + length] !== QUOTE) {
      return false;
    }
    this.from = at + 1;
    this.to = this.from + length;
    this.at = this.to + 1;
    this.escaped = false;
    return true;
  }

  /** Reads a string or a number; sets from, to. False, and skipped, for anything else. */
  scalar(): boolean {
    const code = this.next();
    if (code === QUOTE) {
      this.string();
      return true;
    }
    if (code === 0x2d || (code >= 0x30 && code <= 0x39)) {
      this.number();
      return true;
    }
    this.skip();
    return false;
  }

  /** The string read last as text. */
  text(): string {
    return this.escaped ? unescaped(decodeUtf8(this.bytes, this.from, this.to)) : decodeUtf8(this.bytes, this.from, this.to);
  }

  /** The key met last as text. */
  keyText(): string {
    const text = decodeUtf8(this.bytes, this.keyFrom, this.keyTo);
    return text.includes('\\') ? unescaped(text) : text;
  }

  /** Reads a string value as text, a number as its digits; undefined, and skipped, for anything else. */
  scalarText(): string | undefined {
    this.escaped = false;
    return this.scalar() ? this.text() : undefined;
  }

  /** Reads a number, also as string; NaN, and skipped, for anything else. */
  numeric(): number {
    if (!this.scalar()) {
      return NaN;
    }
    const { bytes, from, to } = this;
    if (to - from > MAX_EXACT_DIGITS || to === from) {
      return Number(this.text() || NaN);
    }
    let number = 0;
    for (let at = from; at < to; at++) {
      const digit = bytes[at] - 48;
      if (digit < 0 || digit > 9) {
        return Number(this.text());
      }
      number = number * 10 + digit;
    }
    return number <= MAX_EXACT ? number : Number(this.text());
  }

  /** Reads true or false; undefined, and skipped, for anything else. */
  boolean(): boolean | undefined {
    const code = this.next();
    this.skip();
    return code === 0x74 ? true : code === 0x66 ? false : undefined;
  }

  /** Skips the next value, however deep. */
  skip(): void {
    const { bytes } = this;
    let depth = 0;
    do {
      const code = this.next();
      switch (code) {
        case QUOTE:
          this.string();
          break;
        case OPEN_OBJECT:
        case OPEN_ARRAY:
          depth++;
          this.at++;
          break;
        case CLOSE_OBJECT:
        case CLOSE_ARRAY:
          if (--depth < 0) {
            throw new JsonError('a value is missing', this.at);
          }
          this.at++;
          break;
        case COMMA:
        case COLON:
          if (depth === 0) {
            throw new JsonError('a value is missing', this.at);
          }
          this.at++;
          break;
        case -1:
          throw new JsonError('the input ends inside a value', this.at);
        default: {
          const from = this.at;
          while (this.at < bytes.length && isPlain(bytes[this.at])) {
            this.at++;
          }
          if (this.at === from) {
            throw new JsonError(`unexpected byte ${code}`, this.at);
          }
        }
      }
    } while (depth > 0);
  }

  /** The next byte that is no white space, -1 at the end; `at` is there. */
  next(): number {
    const { bytes } = this;
    let { at } = this;
    while (at < bytes.length && bytes[at] <= 0x20) {
      at++;
    }
    this.at = at;
    return at < bytes.length ? bytes[at] : -1;
  }

  private number(): void {
    const { bytes } = this;
    this.from = this.at;
    let { at } = this;
    while (at < bytes.length && isPlain(bytes[at])) {
      at++;
    }
    this.to = this.at = at;
    this.escaped = false;
  }

  private enter(bracket: number): boolean {
    if (this.next() === bracket) {
      this.at++;
      return true;
    }
    this.skip();
    return false;
  }
}

/** Bytes of numbers and of true, false, null; also of NaN and Infinity, which are no JSON but what Python writes. */
function isPlain(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x7a) || code === 0x2d || code === 0x2e || code === 0x2b || code === 0x45 || code === 0x4e || code === 0x49
  );
}

const ESCAPES: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Resolves the escapes of a JSON string; what is no escape stands for itself. */
function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|([^]))/g, (_, hex: string | undefined, letter: string) =>
    hex === undefined ? (ESCAPES[letter] ?? letter) : String.fromCharCode(parseInt(hex, 16))
  );
}
