/**
 * The fast path for one attribute of OTLP JSON: the exact bytes that exporters and Tempo write,
 *
 *   {"key":"…","value":{"stringValue":"…"}}   (or intValue, boolValue)
 *
 * without white space, escapes or long values. Attributes are nine tenths of a trace's bytes; anything else about them
 * (another order, nesting, doubles) takes the general path of json-transcoder.ts, which must give the same message.
 */
import type { WireWriter } from './wire-writer';

const codesOf = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const HEAD = codesOf('{"key":"');
const MIDDLE = codesOf('","value":{"');
const STRING = codesOf('stringValue":"');
const INT = codesOf('intValue":');
const BOOL = codesOf('boolValue":');

const QUOTE = 0x22, BACKSLASH = 0x5c, CLOSE = 0x7d;
/** A message up to here has a length of one byte. */
const MAX_MESSAGE_BYTES = 127;
/** Room for the longest message this path writes, and what it may write before it gives up on a long string. */
const RESERVE_BYTES = 2 * MAX_MESSAGE_BYTES;
/** Digits that are exact in a 32-bit integer. */
const MAX_DIGITS = 9;

/**
 * Copies the attribute at bytes[at] as KeyValue at `field`, below 16.
 * @returns the offset behind it, or -1 (and nothing written) if it is not of this shape
 */
export function copyCompactAttribute(bytes: Uint8Array, start: number, writer: WireWriter, field: number): number {
  let at = after(bytes, start, HEAD);
  if (at < 0) {
    return -1;
  }
  const out = writer.reserve(RESERVE_BYTES);
  const message = writer.length;
  let to = message + 4; // field, length, field and length of the key
  const keyEnd = copyPlain(bytes, at, out, to);
  const keyLength = keyEnd - at;
  at = after(bytes, keyEnd, MIDDLE);
  if (at < 0) {
    return -1;
  }
  to += keyLength;
  const value = to;
  to += 2; // field and length of the AnyValue
  switch (bytes[at]) {
    case 0x73: {
      at = after(bytes, at, STRING);
      if (at < 0) {
        return -1;
      }
      const textEnd = copyPlain(bytes, at, out, to + 2);
      if (bytes[textEnd] !== QUOTE) {
        return -1;
      }
      out[to] = (1 << 3) | 2;
      out[to + 1] = textEnd - at;
      to += 2 + textEnd - at;
      at = textEnd + 1;
      break;
    }
    case 0x69: {
      at = after(bytes, at, INT);
      if (at < 0) {
        return -1;
      }
      const quoted = bytes[at] === QUOTE ? 1 : 0;
      const digits = (at += quoted);
      let number = 0;
      for (let digit = bytes[at] - 48; digit >= 0 && digit <= 9; digit = bytes[++at] - 48) {
        number = number * 10 + digit;
      }
      if (at === digits || at - digits > MAX_DIGITS || (quoted === 1 && bytes[at] !== QUOTE)) {
        return -1;
      }
      at += quoted;
      out[to++] = 3 << 3;
      for (; number > 0x7f; number >>>= 7) {
        out[to++] = (number & 0x7f) | 0x80;
      }
      out[to++] = number;
      break;
    }
    case 0x62: {
      at = after(bytes, at, BOOL);
      if (at < 0 || (bytes[at] !== 0x74 && bytes[at] !== 0x66)) {
        return -1;
      }
      const isTrue = bytes[at] === 0x74;
      out[to++] = 2 << 3;
      out[to++] = isTrue ? 1 : 0;
      at += isTrue ? 4 : 5;
      break;
    }
    default:
      return -1;
  }
  if (bytes[at] !== CLOSE || bytes[at + 1] !== CLOSE || to - message - 2 > MAX_MESSAGE_BYTES) {
    return -1;
  }
  out[message] = (field << 3) | 2;
  out[message + 1] = to - message - 2;
  out[message + 2] = (1 << 3) | 2;
  out[message + 3] = keyLength;
  out[value] = (2 << 3) | 2;
  out[value + 1] = to - value - 2;
  writer.length = to;
  return at + 2;
}

/** The offset behind `expected` at bytes[at], or -1. */
function after(bytes: Uint8Array, at: number, expected: Uint8Array): number {
  for (let index = 0; index < expected.length; index++) {
    if (bytes[at + index] !== expected[index]) {
      return -1;
    }
  }
  return at + expected.length;
}

/** Copies up to a quote, an escape or more than a short message holds; answers where it stopped. */
function copyPlain(bytes: Uint8Array, from: number, out: Uint8Array, to: number): number {
  const limit = Math.min(bytes.length, from + MAX_MESSAGE_BYTES - 8);
  let at = from;
  for (let code = bytes[at]; at < limit && code !== QUOTE && code !== BACKSLASH; code = bytes[++at]) {
    out[to++] = code;
  }
  return at;
}
