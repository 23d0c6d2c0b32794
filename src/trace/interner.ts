/**
 * Interns UTF-8 byte ranges as small integers, comparing bytes, so that a name is decoded once however often it occurs.
 * Open addressing, linear probing, at most half full. Bytes are read four at a time; the last four overlap those before.
 */
import { decodeUtf8, encodeUtf8 } from './utf8';

/** Small: what grows and collides early has its code compiled with all its paths known, and but once. */
const FIRST_CAPACITY = 16;
/** An odd 32-bit multiplier with well-spread bits (FNV's prime spreads short names too little). */
const MULTIPLIER = 0x9e3779b1 | 0;

export class Interner {
  readonly texts: string[] = [];
  /** Of each text: its hash, its length in bytes, and where its words start. */
  private readonly hashes: number[] = [];
  private readonly lengths: number[] = [];
  private readonly starts: number[] = [];
  /** The words of all texts, end to end. */
  private words = new Int32Array(FIRST_CAPACITY);
  private wordCount = 0;
  private table = new Int32Array(FIRST_CAPACITY).fill(-1);
  /** Random, so that nobody can prepare names that all collide. */
  private readonly seed = (Math.random() * 0x7fffffff) | 0;
  // --- the bytes that were read last
  private bytes: Uint8Array = new Uint8Array(0);
  private view: DataView = new DataView(this.bytes.buffer);

  /**
   * The number of these bytes. All that is done a span is in this one function: it is compiled once and, being too long for
   * that, not again within its callers. Where a trace is the first that is opened, compilation is half of the time.
   */
  intern(bytes: Uint8Array, start: number, end: number): number {
    if (this.bytes !== bytes) {
      this.bytes = bytes;
      this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    }
    const { view, table, hashes, lengths, starts, words } = this;
    const length = end - start;
    const last = end - 4;
    const lastWord = length < 4 ? this.shortWord(start, end) : view.getInt32(last, true);
    let hash = Math.imul(this.seed ^ length ^ lastWord, MULTIPLIER);
    for (let at = start; at < last; at += 4) {
      hash = Math.imul(hash ^ (hash >>> 15) ^ view.getInt32(at, true), MULTIPLIER);
    }
    hash ^= hash >>> 15;
    const mask = table.length - 1;
    let slot = hash & mask;
    for (let id = table[slot]; id >= 0; id = table[slot]) {
      if (hashes[id] === hash && lengths[id] === length) {
        let word = starts[id];
        let at = start;
        while (at < last && words[word] === view.getInt32(at, true)) {
          word++;
          at += 4;
        }
        if (at >= last && words[word] === lastWord) {
          return id;
        }
      }
      slot = (slot + 1) & mask;
    }
    const id = this.texts.push(decodeUtf8(bytes, start, end)) - 1;
    hashes.push(hash);
    lengths.push(length);
    starts.push(this.wordCount);
    this.keepWords(start, end);
    table[slot] = id;
    if (2 * this.texts.length > table.length) {
      this.grow();
    }
    return id;
  }

  internText(text: string): number {
    const bytes = encodeUtf8(text);
    return this.intern(bytes, 0, bytes.length);
  }

  /** Less than four bytes as a word. */
  private shortWord(start: number, end: number): number {
    let word = 0;
    for (let at = start; at < end; at++) {
      word = (word << 8) | this.bytes[at];
    }
    return word;
  }

  private keepWords(start: number, end: number): void {
    const count = Math.max(1, (end - start + 3) >> 2);
    if (this.wordCount + count > this.words.length) {
      const words = new Int32Array(2 * (this.wordCount + count));
      words.set(this.words);
      this.words = words;
    }
    const last = end - 4;
    for (let at = start; at < last; at += 4) {
      this.words[this.wordCount++] = this.view.getInt32(at, true);
    }
    this.words[this.wordCount++] = last < start ? this.shortWord(start, end) : this.view.getInt32(last, true);
  }

  private grow(): void {
    const mask = 2 * this.table.length - 1;
    this.table = new Int32Array(mask + 1).fill(-1);
    this.hashes.forEach((hash, id) => {
      let slot = hash & mask;
      while (this.table[slot] >= 0) {
        slot = (slot + 1) & mask;
      }
      this.table[slot] = id;
    });
  }
}
