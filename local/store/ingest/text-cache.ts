/** Texts that come again and again, such as names of services: found by their bytes, so that most are never decoded. */
import { textOf } from './wire';

const SLOTS = 1 << 10;
/** Longer texts are not kept. */
const MAX_BYTES = 256;

export class TextCache {
  private readonly bytes = new Array<Uint8Array | undefined>(SLOTS).fill(undefined);
  private readonly texts = new Array<string>(SLOTS).fill('');

  /** The UTF-8 text of the bytes [start, end). */
  textOf(bytes: Uint8Array, start: number, end: number): string {
    const length = end - start;
    if (length > MAX_BYTES) {
      return textOf(bytes, start, end);
    }
    let hash = length;
    for (let at = start; at < end; at++) {
      hash = Math.imul(hash, 31) + bytes[at];
    }
    const slot = (hash ^ (hash >>> 10)) & (SLOTS - 1);
    const known = this.bytes[slot];
    if (known?.length === length) {
      let same = 0;
      while (same < length && known[same] === bytes[start + same]) {
        same++;
      }
      if (same === length) {
        return this.texts[slot];
      }
    }
    const text = textOf(bytes, start, end);
    this.bytes[slot] = bytes.slice(start, end);
    this.texts[slot] = text;
    return text;
  }
}
