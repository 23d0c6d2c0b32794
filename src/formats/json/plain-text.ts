/** Text of JSON strings without escapes, found and copied four bytes at a time: most bytes of a trace are such text. */

/** A quote, and a backslash, in each byte of a word. */
const QUOTES = 0x22222222, BACKSLASHES = 0x5c5c5c5c;
/** The lowest, and the highest, bit of each byte. */
const ONES = 0x01010101, TOPS = 0x80808080 | 0;

/** What copyPlain() may write beyond the text. */
export const OVERSHOOT_BYTES = 4;

/**
 * Copies text from `from` to `to` up to a quote or backslash, `most` bytes, or the last bytes of the input.
 * @param out has room for `most` + OVERSHOOT_BYTES
 * @returns where it stopped in the input
 */
export function copyPlain(input: DataView, from: number, out: DataView, to: number, most: number): number {
  const last = Math.min(input.byteLength - 4, from + most - 1);
  const shift = to - from;
  let at = from;
  for (; at <= last; at += 4) {
    const word = input.getInt32(at, true);
    out.setInt32(at + shift, word, true);
    const found = stops(word);
    if (found !== 0) {
      return at + firstByte(found);
    }
  }
  return at;
}

/** The first quote or backslash at or behind `from`, or a place near the end of the input before which there is none. */
export function skipPlain(input: DataView, from: number): number {
  const last = input.byteLength - 4;
  let at = from;
  for (; at <= last; at += 4) {
    const found = stops(input.getInt32(at, true));
    if (found !== 0) {
      return at + firstByte(found);
    }
  }
  return at;
}

/**
 * Marks the bytes of a little-endian word that are a quote or a backslash by their highest bit: a byte less one borrows from
 * its highest bit only where it was zero. Exact up to the first such byte; what it marks behind that one may be wrong.
 */
function stops(word: number): number {
  const quote = word ^ QUOTES;
  const backslash = word ^ BACKSLASHES;
  return (((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash)) & TOPS;
}

/** The number of the first byte marked. */
function firstByte(marks: number): number {
  return (31 - Math.clz32(marks & -marks)) >> 3;
}
