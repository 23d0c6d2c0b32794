/**
 * Numbers byte ranges from 0 in order of appearance, reading four bytes at a time: for millions of short ranges of which few
 * are new. The known ones lie end to end in one array. Open addressing, linear probing, at most half full.
 */
/** What is not known. */
export const ABSENT = -1;

const FIRST_RANGES = 64;
const FIRST_BYTES = 4096;
const { imul } = Math;

export class ByteNumbers {
  count = 0;
  private table = new Int32Array(2 * FIRST_RANGES).fill(ABSENT);
  private hashes = new Int32Array(FIRST_RANGES);
  /** Where each known range begins in `known`, and the end of the last. */
  private starts = new Uint32Array(FIRST_RANGES + 1);
  private known = new DataView(new ArrayBuffer(FIRST_BYTES));
  /** Random, so that nobody can prepare ranges that all collide. */
  private readonly seed = (Math.random() * 0x7fffffff) | 0;

  /** The number of the bytes [from, to), or ABSENT. */
  find(bytes: DataView, from: number, to: number): number {
    const { table, hashes } = this;
    const hash = hashOf(bytes, from, to, this.seed);
    const mask = table.length - 1;
    let slot = hash & mask;
    let number = table[slot];
    while (number !== ABSENT && !(hashes[number] === hash && this.equals(number, bytes, from, to))) {
      slot = (slot + 1) & mask;
      number = table[slot];
    }
    return number;
  }

  /** Numbers bytes that were not found. */
  add(bytes: DataView, from: number, to: number): number {
    const number = this.count++;
    const start = this.starts[number];
    const end = start + to - from;
    if (end > this.known.byteLength) {
      this.known = new DataView(copied(asBytes(this.known), new Uint8Array(Math.max(end, 2 * this.known.byteLength))).buffer);
    }
    asBytes(this.known).set(asBytes(bytes).subarray(from, to), start);
    this.hashes[number] = hashOf(bytes, from, to, this.seed);
    this.starts[number + 1] = end;
    this.enter(number);
    if (this.count === this.hashes.length) {
      this.grow();
    }
    return number;
  }

  private equals(number: number, bytes: DataView, from: number, to: number): boolean {
    const { known } = this;
    let at = this.starts[number];
    if (this.starts[number + 1] - at !== to - from) {
      return false;
    }
    let other = from;
    for (; other + 4 <= to; other += 4, at += 4) {
      if (known.getInt32(at) !== bytes.getInt32(other)) {
        return false;
      }
    }
    for (; other < to; other++, at++) {
      if (known.getUint8(at) !== bytes.getUint8(other)) {
        return false;
      }
    }
    return true;
  }

  /** Puts a number into the table. */
  private enter(number: number): void {
    const mask = this.table.length - 1;
    let slot = this.hashes[number] & mask;
    while (this.table[slot] !== ABSENT) {
      slot = (slot + 1) & mask;
    }
    this.table[slot] = number;
  }

  private grow(): void {
    const { count } = this;
    this.hashes = copied(this.hashes, new Int32Array(2 * count));
    this.starts = copied(this.starts, new Uint32Array(2 * count + 1));
    this.table = new Int32Array(4 * count).fill(ABSENT);
    for (let number = 0; number < count; number++) {
      this.enter(number);
    }
  }
}

function hashOf(bytes: DataView, from: number, to: number, seed: number): number {
  let hash = seed ^ (to - from);
  let at = from;
  for (; at + 4 <= to; at += 4) {
    hash = imul(hash ^ bytes.getInt32(at), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  for (; at < to; at++) {
    hash = imul(hash ^ bytes.getUint8(at), 0x85ebca6b);
    hash ^= hash >>> 13;
  }
  return hash;
}

function asBytes({ buffer, byteOffset, byteLength }: DataView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function copied<T extends Uint8Array<ArrayBuffer> | Int32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>>(from: ArrayLike<number>, to: T): T {
  to.set(from);
  return to;
}
