/**
 * Interns UTF-8 byte ranges as small integers, comparing bytes, so that a name is decoded once however often it occurs.
 * Open addressing, linear probing, at most half full.
 */
import { decodeUtf8, encodeUtf8 } from './utf8';

/** Small: a table that grows and collides early has its code compiled with all its paths known. */
const FIRST_CAPACITY = 16;
/** An odd 32-bit multiplier with well-spread bits (FNV's prime spreads short names too little). */
const MULTIPLIER = 0x9e3779b1 | 0;

export class Interner {
  readonly texts: string[] = [];
  private keys: Uint8Array[] = [];
  private hashes: number[] = [];
  private table = new Int32Array(FIRST_CAPACITY).fill(-1);
  /** Random, so that nobody can prepare names that all collide. */
  private readonly seed = (Math.random() * 0x7fffffff) | 0;

  intern(bytes: Uint8Array, start: number, end: number): number {
    const hash = this.hash(bytes, start, end);
    const slot = this.slot(hash, bytes, start, end);
    const id = this.table[slot];
    return id < 0 ? this.append(slot, hash, bytes.slice(start, end)) : id;
  }

  /** The number of these bytes, or -1 if they were not interned. */
  find(bytes: Uint8Array, start: number, end: number): number {
    return this.table[this.slot(this.hash(bytes, start, end), bytes, start, end)];
  }

  internText(text: string): number {
    const bytes = encodeUtf8(text);
    return this.intern(bytes, 0, bytes.length);
  }

  /** Four bytes a step: each step waits for the one before, its bytes do not. */
  private hash(bytes: Uint8Array, start: number, end: number): number {
    let hash = this.seed ^ (end - start);
    let at = start;
    for (; at + 4 <= end; at += 4) {
      hash = mixed(hash ^ (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)));
    }
    for (; at < end; at++) {
      hash = mixed(hash ^ bytes[at]);
    }
    return hash;
  }

  /** Where the bytes are in the table, or the free slot where they belong. */
  private slot(hash: number, bytes: Uint8Array, start: number, end: number): number {
    const { hashes, keys, table } = this;
    const mask = table.length - 1;
    let slot = hash & mask;
    while (table[slot] >= 0 && !(hashes[table[slot]] === hash && equals(keys[table[slot]], bytes, start, end))) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private append(slot: number, hash: number, key: Uint8Array): number {
    const id = this.texts.push(decodeUtf8(key)) - 1;
    this.keys.push(key);
    this.hashes.push(hash);
    this.table[slot] = id;
    if (2 * this.keys.length > this.table.length) {
      this.grow();
    }
    return id;
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

function equals(key: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  if (key.length !== length) {
    return false;
  }
  for (let at = 0; at < length; at++) {
    if (key[at] !== bytes[start + at]) {
      return false;
    }
  }
  return true;
}
