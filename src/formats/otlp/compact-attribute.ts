/**
 * The fast path for one attribute of OTLP JSON: the exact bytes that exporters and Tempo write,
 *
 *   {"key":"…","value":{"stringValue":"…"}}   (or intValue, boolValue)
 *
 * without white space, escapes or long values. Attributes are nine tenths of a trace's bytes; anything else about them
 * (another order, nesting, doubles) takes the general path of json-transcoder.ts, which must give the same message.
 */
import { copyPlain, OVERSHOOT_BYTES } from '../json/plain-text';
import type { WireWriter } from './wire-writer';

/** Four, or two, ASCII letters as the big-endian number DataView reads. */
const word = (text: string) => [...text].reduce((number, letter) => (number << 8) | letter.charCodeAt(0), 0);
const HEAD = [word('{"ke'), word('y":"')] as const;
const MIDDLE = [word('","v'), word('alue'), word('":{"')] as const;
const STRING = [word('stri'), word('ngVa'), word('lue"'), word(':"')] as const;
const INT = [word('intV'), word('alue'), word('":')] as const;
const BOOL = [word('bool'), word('Valu'), word('e"')] as const;
/** No literal above is longer: reading one never passes the end this far before it. */
const LITERAL_BYTES = 16;

const QUOTE = 0x22, BACKSLASH = 0x5c, CLOSE = 0x7d, TRUE = 0x74, FALSE = 0x66;
/** A message up to here has a length of one byte. */
const MAX_MESSAGE_BYTES = 127;
/** No key or string of such a message is longer. */
const MAX_TEXT_BYTES = 119;
/** Room for two texts, the longest that is copied before this path gives up. */
const RESERVE_BYTES = 2 * (MAX_MESSAGE_BYTES + OVERSHOOT_BYTES);
/** Digits that are exact in a 32-bit integer. */
const MAX_DIGITS = 9;

/**
 * Copies the attribute at bytes[start] as KeyValue at `field`, below 16.
 * @param view of the same bytes
 * @returns the offset behind it, or -1 (and nothing written) if it is not of this shape
 */
export function copyCompactAttribute(bytes: Uint8Array, view: DataView, start: number, writer: WireWriter, field: number): number {
  const lastLiteral = bytes.length - LITERAL_BYTES;
  if (start > lastLiteral || view.getInt32(start) !== HEAD[0] || view.getInt32(start + 4) !== HEAD[1]) {
    return -1;
  }
  const out = writer.reserve(RESERVE_BYTES);
  const outView = writer.view;
  const message = writer.length;
  let at = start + 8;
  let to = message + 4; // field, length, field and length of the key
  const keyEnd = copyPlain(view, at, outView, to, MAX_TEXT_BYTES);
  const keyLength = keyEnd - at;
  at = keyEnd;
  if (at > lastLiteral || view.getInt32(at) !== MIDDLE[0] || view.getInt32(at + 4) !== MIDDLE[1] || view.getInt32(at + 8) !== MIDDLE[2]) {
    return -1;
  }
  at += 12;
  if (at > lastLiteral) {
    return -1;
  }
  to += keyLength;
  const value = to;
  to += 2; // field and length of the AnyValue
  const kind = view.getInt32(at);
  const next = view.getInt32(at + 4);
  if (kind === STRING[0]) {
    if (next !== STRING[1] || view.getInt32(at + 8) !== STRING[2] || view.getUint16(at + 12) !== STRING[3]) {
      return -1;
    }
    at += 14;
    const textEnd = copyPlain(view, at, outView, to + 2, MAX_TEXT_BYTES);
    if (bytes[textEnd] !== QUOTE) {
      return -1;
    }
    out[to] = (1 << 3) | 2;
    out[to + 1] = textEnd - at;
    to += 2 + textEnd - at;
    at = textEnd + 1;
  } else if (kind === INT[0]) {
    if (next !== INT[1] || view.getUint16(at + 8) !== INT[2]) {
      return -1;
    }
    at += 10;
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
  } else if (kind === BOOL[0]) {
    const letter = bytes[at + 11];
    if (next !== BOOL[1] || view.getUint16(at + 8) !== BOOL[2] || (letter !== TRUE && letter !== FALSE)) {
      return -1;
    }
    out[to++] = 2 << 3;
    out[to++] = letter === TRUE ? 1 : 0;
    at += letter === TRUE ? 15 : 16;
  } else {
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
