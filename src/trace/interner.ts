/**
 * Interns UTF-8 byte ranges as small integers, comparing bytes, so that a name is decoded once however often it occurs.
 * Open addressing, linear probing, at most half full. Bytes are read four at a time; the last four overlap those before.
 */
import { decodeUtf8, encodeUtf8 } from './utf8';

/** Small: a table that grows and collides early has its code compiled with all its paths known. */
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
  private words = new Int32Array(64);
  private wordCount = 0;
  private table = new Int32Array(FIRST_CAPACITY).fill(-1);
  /** Random, so that nobody can prepare names that all collide. */
  private readonly seed = (Math.random() * 0x7fffffff) | 0;
  // --- the bytes that were read last
  private bytes: Uint8Array = new Uint8Array(0);
  private view: DataView = new DataView(this.bytes.buffer);

  intern(bytes: Uint8Array, start: number, end: number): number {
    const hash = this.hash(bytes, start, end);
    const slot = this.slot(hash, start, end);
    const id = this.table[slot];
    return id < 0 ? this.append(slot, hash, start, end) : id;
  }

  /** The number of these bytes, or -1 if they were not interned. */
  find(bytes: Uint8Array, start: number, end: number): number {
    return this.table[this.slot(this.hash(bytes, start, end), start, end)];
  }

  internText(text: string): number {
    const bytes = encodeUtf8(text);
    return this.intern(bytes, 0, bytes.length);
  }

  private hash(bytes: Uint8Array, start: number, end: number): number {
    if (this.bytes !== bytes) {
      this.bytes = bytes;
      this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    }
    const { view } = this;
    const last = end - 4;
    let hash = this.seed ^ (end - start);
    for (let at = start; at < last; at += 4) {
      hash = mixed(hash ^ view.getInt32(at, true));
    }
    return mixed(hash ^ (last < start ? this.shortWord(start, end) : view.getInt32(last, true)));
  }

  /** Where the bytes are in the table, or the free slot where they belong. */
  private slot(hash: number, start: number, end: number): number {
    const { hashes, table } = this;
    const mask = table.length - 1;
    let slot = hash & mask;
    while (table[slot] >= 0 && !(hashes[table[slot]] === hash && this.equals(table[slot], start, end))) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private equals(id: number, start: number, end: number): boolean {
    const { view, words } = this;
    if (this.lengths[id] !== end - start) {
      return false;
    }
    const last = end - 4;
    let word = this.starts[id];
    for (let at = start; at < last; at += 4) {
      if (words[word++] !== view.getInt32(at, true)) {
        return false;
      }
    }
    return words[word] === (last < start ? this.shortWord(start, end) : view.getInt32(last, true));
  }

  /** Less than four bytes as a word. */
  private shortWord(start: number, end: number): number {
    let word = 0;
    for (let at = start; at < end; at++) {
      word = (word << 8) | this.bytes[at];
    }
    return word;
  }

  private append(slot: number, hash: number, start: number, end: number): number {
    const id = this.texts.push(decodeUtf8(this.bytes, start, end)) - 1;
    this.hashes.push(hash);
    this.lengths.push(end - start);
    this.starts.push(this.wordCount);
    this.keepWords(start, end);
    this.table[slot] = id;
    if (2 * this.texts.length > this.table.length) {
      this.grow();
    }
    return id;
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

function mixed(hash: number): number {
  const product = Math.imul(hash, MULTIPLIER);
  return product ^ (product >>> 15);
}
