/** Scalar values of OTLP JSON, copied from the cursor's bytes to protobuf fields; exact, and without strings in between. */
import { decodeUtf8, encodeUtf8, hexDigit } from '../../trace';
import { idBytesOfText } from '../id-text';
import type { JsonCursor } from '../json/json-cursor';
import { KeyTable } from '../json/key-table';
import { copyPlain, OVERSHOOT_BYTES } from '../json/plain-text';
import type { WireWriter } from './wire-writer';

const QUOTE = 0x22;

/** Texts up to here, which nearly all are, have a length of one byte, and are copied while their end is looked for. */
const MAX_SHORT_BYTES = 127;

/** A string (or a number, taken literally); anything else is skipped. */
export function copyString(cursor: JsonCursor, writer: WireWriter, field: number): void {
  const end = cursor.bytes[cursor.at] === QUOTE ? copyShortText(cursor, cursor.at + 1, writer, field) : -1;
  if (end >= 0) {
    cursor.at = end + 1;
    return;
  }
  if (!cursor.scalar()) {
    return;
  }
  if (cursor.escaped) {
    writer.bytesField(field, encodeUtf8(cursor.text()));
  } else {
    writer.bytesField(field, cursor.bytes, cursor.from, cursor.to);
  }
}

/**
 * Copies the text of a string, which starts at `from`, to a field below 16.
 * @returns where its closing quote is, or -1 (and nothing written) if it is long or has escapes
 */
export function copyShortText({ bytes, view }: JsonCursor, from: number, writer: WireWriter, field: number): number {
  const out = writer.reserve(2 + MAX_SHORT_BYTES + OVERSHOOT_BYTES);
  const { length } = writer;
  const end = copyPlain(view, from, writer.view, length + 2, MAX_SHORT_BYTES);
  const size = end - from;
  if (bytes[end] !== QUOTE || size > MAX_SHORT_BYTES) {
    return -1;
  }
  out[length] = (field << 3) | 2;
  out[length + 1] = size;
  writer.length = length + 2 + size;
  return end;
}

/**
 * An id in hex (short ones padded with leading zeros) or base64, as `size` bytes; an empty one is left out.
 * @returns false if it is neither: then it was made from the text, see id-text.ts
 */
export function copyId(cursor: JsonCursor, writer: WireWriter, field: number, size: number): boolean {
  const before = cursor.at;
  if (cursor.stringOf(2 * size)) {
    if (copyHex(cursor, writer, field, size)) {
      return true;
    }
    cursor.at = before;
  }
  if (!cursor.scalar() || cursor.to === cursor.from) {
    return true; // null or empty: absent
  }
  const isHex = cursor.to - cursor.from <= 2 * size && !cursor.escaped && copyHex(cursor, writer, field, size);
  return isHex || writeIdText(writer, field, cursor.text(), size);
}

/** Copies the string read last, of at most 2 · size digits; false, and nothing written, if it is not hex. */
function copyHex({ bytes, from, to }: JsonCursor, writer: WireWriter, field: number, size: number): boolean {
  const out = writer.reserve(size + 2);
  const { length } = writer;
  if (!fillHex(bytes, from, to, out, length + 2, size)) {
    return false;
  }
  out[length] = (field << 3) | 2;
  out[length + 1] = size;
  writer.length = length + 2 + size;
  return true;
}

/** Writes hex digits right-aligned into out[start, start + size); false if some byte is no digit. */
function fillHex(bytes: Uint8Array, from: number, to: number, out: Uint8Array, start: number, size: number): boolean {
  const first = start + size - ((to - from + 1) >> 1);
  let byte = start;
  while (byte < first) {
    out[byte++] = 0;
  }
  let at = from;
  let seen = 0;
  if (((to - from) & 1) === 1) {
    seen = out[byte++] = HEX_VALUE[bytes[at++]];
  }
  for (; at < to; at += 2) {
    const high = HEX_VALUE[bytes[at]];
    const low = HEX_VALUE[bytes[at + 1]];
    seen |= high | low;
    out[byte++] = (high << 4) | low;
  }
  return seen <= 15;
}

const NO_DIGIT = 0xff;
const HEX_VALUE = Uint8Array.from({ length: 256 }, (_, code) => (Number.isNaN(hexDigit(code)) ? NO_DIGIT : hexDigit(code)));

/** The same for an id that was read before. */
export function writeIdText(writer: WireWriter, field: number, text: string, size: number): boolean {
  // 8 and 16 bytes do not divide by three: in base64 they end with "=", and names that people give do not.
  const base64 = text.endsWith('=') ? decodeBase64(encodeUtf8(text)) : undefined;
  const isBase64 = base64 !== undefined && base64.length <= size;
  const id = isBase64 ? base64 : idBytesOfText(text, size);
  if (id !== undefined) {
    writer.bytesField(field, id);
  }
  return isBase64 || (text.length <= 2 * size && /^[0-9a-f]*$/i.test(text));
}

/** The text that comes next as the bytes it stands for; left out where it is no base64. */
export function copyBase64(cursor: JsonCursor, writer: WireWriter, field: number): void {
  const text = cursor.scalarText();
  const value = text === undefined ? undefined : decodeBase64(encodeUtf8(text));
  if (value !== undefined) {
    writer.bytesField(field, value);
  }
}

const BASE64_VALUE = new Uint8Array(256).fill(NO_DIGIT);
[...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].forEach((letter, value) => (BASE64_VALUE[letter.charCodeAt(0)] = value));
BASE64_VALUE['-'.charCodeAt(0)] = 62; // the URL alphabet (RFC 4648 §5)
BASE64_VALUE['_'.charCodeAt(0)] = 63;

/** Base64 (RFC 4648), padded or not; undefined if some byte is none of it. */
export function decodeBase64(text: Uint8Array): Uint8Array | undefined {
  let end = text.length;
  while (end > 0 && text[end - 1] === 0x3d) {
    end--;
  }
  const bytes = new Uint8Array((end * 3) >> 2);
  let bits = 0;
  let count = 0;
  let length = 0;
  for (let at = 0; at < end; at++) {
    const value = BASE64_VALUE[text[at]];
    if (value === NO_DIGIT) {
      return undefined;
    }
    bits = ((bits << 6) | value) & 0xffffff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes[length++] = bits >> count;
    }
  }
  return bytes;
}

/** Unix nanoseconds, string or number, as fixed64; zero is left out. False if it is no whole number of 64 bits. */
export function copyTime(cursor: JsonCursor, writer: WireWriter, field: number): boolean {
  const before = cursor.at;
  if (cursor.stringOf(DIGITS_OF_TODAY)) {
    if (copyDigitsOfToday(cursor, writer, field)) {
      return true;
    }
    cursor.at = before;
  }
  if (!cursor.scalar()) {
    return true; // null: absent
  }
  const { bytes, from, to } = cursor;
  const split = to - 9;
  let at = from;
  let high = 0; // all but the last nine digits
  for (let digit = bytes[at] - 48; at < split && digit >= 0 && digit <= 9; digit = bytes[++at] - 48) {
    high = high * 10 + digit;
  }
  let low = 0;
  for (let digit = bytes[at] - 48; at < to && digit >= 0 && digit <= 9; digit = bytes[++at] - 48) {
    low = low * 10 + digit;
  }
  if (at < to || to - from > 19) {
    return slowTime(decodeUtf8(bytes, from, to), writer, field);
  }
  writeUnixTime(writer, field, high, low);
  return true;
}

/** Of the nanoseconds from 2001 to 2286. */
const DIGITS_OF_TODAY = 19;

/** Copies the string read last, of so many bytes; false if one is no digit. */
function copyDigitsOfToday({ view, from }: JsonCursor, writer: WireWriter, field: number): boolean {
  const first = fourDigits(view.getInt32(from, true));
  const second = fourDigits(view.getInt32(from + 4, true));
  const third = fourDigits(view.getInt32(from + 8, true)); // two of the seconds, two of the nanoseconds
  const fourth = fourDigits(view.getInt32(from + 12, true));
  const last = fourDigits(view.getInt32(from + 15, true)); // the fourth's last digit once more
  if ((first | second | third | fourth | last) < 0) {
    return false;
  }
  const seconds = first * 1e6 + second * 100 + Math.floor(third / 100);
  writeUnixTime(writer, field, seconds, (third % 100) * 1e7 + fourth * 1000 + (last % 1000));
  return true;
}

/** The number that a little-endian word of four ASCII digits stands for, -1 if one is none. */
function fourDigits(word: number): number {
  const digits = word ^ 0x30303030;
  if (((digits | (digits + 0x76767676)) & 0x80808080) !== 0) {
    return -1;
  }
  const pairs = (Math.imul(digits, 10) + (digits >>> 8)) & 0x00ff00ff;
  return (pairs & 0xff) * 100 + (pairs >>> 16);
}

/** A Unix time of whole seconds and nanoseconds as fixed64; zero, OTLP's "absent", is left out. Exact without bigint. */
function writeUnixTime(writer: WireWriter, field: number, seconds: number, nanoseconds: number): void {
  if (seconds === 0 && nanoseconds === 0) {
    return;
  }
  // seconds · 10⁹ + ns in digits of 16 bits, in which every product is exact in a double
  const upperSeconds = Math.floor(seconds / 65536);
  const lower = (seconds - 65536 * upperSeconds) * 1e9 + nanoseconds;
  const carry = Math.floor(lower / 65536);
  const upper = upperSeconds * 1e9 + carry;
  const high = Math.floor(upper / 65536);
  const out = writer.reserve(9);
  const at = writer.length;
  out[at] = (field << 3) | 1;
  writer.view.setUint32(at + 1, (upper - 65536 * high) * 65536 + (lower - 65536 * carry), true);
  writer.view.setUint32(at + 5, high, true);
  writer.length = at + 9;
}

/** The year 2540: nanoseconds beyond do not fit into 64 bits. */
const MOST_MICROS = 1.8e16;

/** A Unix time in microseconds, as Jaeger and Zipkin count; fractions are kept to the nanosecond. */
export function writeMicroseconds(writer: WireWriter, field: number, micros: number): void {
  if (micros > 0 && micros < MOST_MICROS) {
    const seconds = Math.floor(micros / 1e6);
    writeUnixTime(writer, field, seconds, Math.round((micros - seconds * 1e6) * 1000));
  }
}

/** Start and end of a Span from microseconds; a duration that is NaN is absent. Sums of them would be exact to 0.25 µs only. */
export function writeInterval(writer: WireWriter, startMicros: number, durationMicros: number): void {
  writeMicroseconds(writer, 7, startMicros);
  const endMicros = startMicros + durationMicros;
  if (endMicros > 0 && endMicros < MOST_MICROS && startMicros < MOST_MICROS) {
    const seconds = Math.floor(startMicros / 1e6);
    const endNs = Math.round((startMicros - seconds * 1e6) * 1000) + Math.round(durationMicros * 1000);
    writeUnixTime(writer, 8, seconds + Math.floor(endNs / 1e9), endNs - Math.floor(endNs / 1e9) * 1e9);
  }
}

function slowTime(text: string, writer: WireWriter, field: number): boolean {
  const value = parseInteger(text);
  if (value === undefined || value < 0n || value >= 1n << 64n) {
    return false;
  }
  if (value > 0n) {
    writer.fixed64Field(field, value);
  }
  return true;
}

/** An int64, string or number, exact; what is no number is skipped. */
export function writeInteger(cursor: JsonCursor, writer: WireWriter, field: number): void {
  if (!cursor.scalar()) {
    return;
  }
  const { bytes, from, to } = cursor;
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = bytes[at] - 48;
    if (digit < 0 || digit > 9 || to - from > 9) {
      const exact = parseInteger(decodeUtf8(bytes, from, to));
      if (exact !== undefined) {
        writer.int64Field(field, exact);
      }
      return;
    }
    value = value * 10 + digit;
  }
  writer.varintField(field, value);
}

/** A whole number in decimal or JSON's exponent notation; undefined if it is none. */
function parseInteger(text: string): bigint | undefined {
  if (/^-?\d{1,40}$/.test(text)) {
    return BigInt(text);
  }
  const number = text === '' ? NaN : Number(text);
  return Number.isFinite(number) && Math.abs(number) < 2 ** 65 ? BigInt(Math.trunc(number)) : undefined;
}

/** The names of an enum, the number of each its place. */
export class EnumNames {
  private readonly table: KeyTable;

  /** @param prefix of OTLP's own spelling */
  constructor(
    private readonly names: readonly string[],
    prefix: string
  ) {
    this.table = new KeyTable([...names, ...names.map((name) => prefix + name)]);
  }

  /** The value that comes next: a number, digits, or a name in any case with or without its prefix; 0 for anything else. */
  read(cursor: JsonCursor): number {
    const { names } = this;
    if (!cursor.scalar()) {
      return 0;
    }
    const { bytes, from, to } = cursor;
    const digit = bytes[from] - 48;
    if (to - from === 1 && digit >= 0 && digit <= 9) {
      return digit < names.length ? digit : 0;
    }
    const known = this.table.lookUp(bytes, from, to);
    if (known >= 0) {
      return known % names.length;
    }
    const name = cursor.text().toUpperCase();
    return Math.max(0, names.findIndex((candidate) => name === candidate || name.endsWith(`_${candidate}`)));
  }
}
