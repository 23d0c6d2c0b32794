/** Scalar values of OTLP JSON, copied from the cursor's bytes to protobuf fields; exact, and without strings in between. */
import { decodeUtf8, encodeUtf8, hexDigit } from '../../trace';
import { idBytesOfText } from '../id-text';
import type { JsonCursor } from '../json/json-cursor';
import type { WireWriter } from './wire-writer';

/** Up to this many bytes a loop copies faster than a call of set(). */
const COPY_LOOP_BYTES = 40;

/** A string (or a number, taken literally); anything else is skipped. */
export function copyString(cursor: JsonCursor, writer: WireWriter, field: number): void {
  if (!cursor.scalar()) {
    return;
  }
  if (cursor.escaped) {
    writer.bytesField(field, encodeUtf8(cursor.text()));
    return;
  }
  const { bytes, from, to } = cursor;
  if (to - from > COPY_LOOP_BYTES) {
    writer.bytesField(field, bytes, from, to);
    return;
  }
  const out = writer.reserve(to - from + 3);
  let { length } = writer;
  out[length++] = (field << 3) | 2; // fields of strings are below 16, lengths here below 128: one byte each
  out[length++] = to - from;
  for (let at = from; at < to; at++) {
    out[length++] = bytes[at];
  }
  writer.length = length;
}

/**
 * An id in hex (short ones padded with leading zeros) or base64, as `size` bytes; an empty one is left out.
 * @returns false if it is neither: then it was made from the text, see id-text.ts
 */
export function copyId(cursor: JsonCursor, writer: WireWriter, field: number, size: number): boolean {
  if (!cursor.scalar()) {
    return true; // null: absent
  }
  const { bytes, from, to } = cursor;
  const digits = to - from;
  if (digits === 0) {
    return true;
  }
  const out = writer.reserve(size + 2);
  const start = writer.length + 2;
  if (digits <= 2 * size && !cursor.escaped && fillHex(bytes, from, to, out, start, size)) {
    out[writer.length] = (field << 3) | 2;
    out[writer.length + 1] = size;
    writer.length = start + size;
    return true;
  }
  return writeIdText(writer, field, cursor.text(), size);
}

/** Writes hex digits right-aligned into out[start, start + size); false if some byte is no digit. */
function fillHex(bytes: Uint8Array, from: number, to: number, out: Uint8Array, start: number, size: number): boolean {
  let at = to - 1;
  for (let byte = start + size - 1; byte >= start; byte--) {
    const low = at >= from ? HEX_VALUE[bytes[at--]] : 0;
    const high = at >= from ? HEX_VALUE[bytes[at--]] : 0;
    if ((low | high) > 15) {
      return false;
    }
    out[byte] = (high << 4) | low;
  }
  return true;
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

/** A Unix time of whole seconds and nanoseconds as fixed64; zero, OTLP's "absent", is left out. Exact without bigint. */
export function writeUnixTime(writer: WireWriter, field: number, seconds: number, nanoseconds: number): void {
  if (seconds === 0 && nanoseconds === 0) {
    return;
  }
  // seconds · 10⁹ + ns as two 32-bit words; with the seconds split at 16 bits every product is exact in a double
  const upper = Math.floor(seconds / 65536) * 1e9;
  const lower = (seconds % 65536) * 1e9 + nanoseconds;
  const lowWord = (upper % 65536) * 65536 + (lower % 4294967296);
  const highWord = Math.floor(upper / 65536) + Math.floor(lower / 4294967296) + (lowWord >= 4294967296 ? 1 : 0);
  const out = writer.reserve(9);
  const at = writer.length;
  out[at] = (field << 3) | 1;
  putWord(out, at + 1, lowWord % 4294967296);
  putWord(out, at + 5, highWord);
  writer.length = at + 9;
}

/** A Unix time in microseconds, as Jaeger and Zipkin count; fractions are kept to the nanosecond. */
export function writeMicroseconds(writer: WireWriter, field: number, micros: number): void {
  if (micros > 0 && micros < 1.8e16) {
    const seconds = Math.floor(micros / 1e6);
    writeUnixTime(writer, field, seconds, Math.round((micros - seconds * 1e6) * 1000));
  }
}

function putWord(out: Uint8Array, at: number, word: number): void {
  out[at] = word;
  out[at + 1] = word >>> 8;
  out[at + 2] = word >>> 16;
  out[at + 3] = word >>> 24;
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

/** An enum as number, digits or name with or without its prefix (SPAN_KIND_SERVER, server); 0 for anything else. */
export function enumNumber(cursor: JsonCursor, names: readonly string[]): number {
  const { bytes } = cursor;
  if (!cursor.scalar()) {
    return 0;
  }
  const digit = bytes[cursor.from] - 48;
  if (cursor.to - cursor.from === 1 && digit >= 0 && digit <= 9) {
    return digit < names.length ? digit : 0;
  }
  const name = cursor.text().toUpperCase();
  return Math.max(0, names.findIndex((candidate) => name === candidate || name.endsWith(`_${candidate}`)));
}
