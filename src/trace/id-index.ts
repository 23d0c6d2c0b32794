/**
 * Finds entries by a key of up to five 32-bit words: open addressing over words kept elsewhere. Two users: the traces of a
 * set by their 128-bit id, and the spans by (trace, 64-bit id).
 */
export class IdIndex {
  private table: Int32Array;
  private size = 0;
  /** Random, so that nobody can prepare ids that all collide. */
  private readonly seed = (Math.random() * 0x7fffffff) | 0;

  /**
   * @param words the key of entry i is words[i * width, (i + 1) * width)
   * @param width 32-bit words a key
   * @param expected entries to make room for at first
   */
  constructor(
    private words: Int32Array,
    private readonly width: 3 | 4,
    expected: number
  ) {
    this.table = new Int32Array(tableSize(expected)).fill(-1);
  }

  /** The entry with this key, or -1. The fourth word is ignored at width 3. */
  find(a: number, b: number, c: number, d: number): number {
    const { table, words, width } = this;
    const mask = table.length - 1;
    for (let slot = this.hash(a, b, c, d) & mask; ; slot = (slot + 1) & mask) {
      const entry = table[slot];
      if (entry < 0) {
        return -1;
      }
      const at = entry * width;
      if (words[at] === a && words[at + 1] === b && words[at + 2] === c && (width === 3 || words[at + 3] === d)) {
        return entry;
      }
    }
  }

  /** Adds an entry, whose words are in place; the entry that had the key already, or -1 if it is new. */
  add(entry: number): number {
    const { words, width } = this;
    const at = entry * width;
    const a = words[at];
    const b = words[at + 1];
    const c = words[at + 2];
    const d = width === 4 ? words[at + 3] : 0;
    const { table } = this;
    const mask = table.length - 1;
    let slot = this.hash(a, b, c, d) & mask;
    for (; table[slot] >= 0; slot = (slot + 1) & mask) {
      const other = table[slot] * width;
      if (words[other] === a && words[other + 1] === b && words[other + 2] === c && (width === 3 || words[other + 3] === d)) {
        return table[slot];
      }
    }
    table[slot] = entry;
    if (2 * ++this.size > table.length) {
      this.grow();
    }
    return -1;
  }

  /** Tells that the words were copied to a larger array. */
  moved(words: Int32Array): void {
    this.words = words;
  }

  private hash(a: number, b: number, c: number, d: number): number {
    let hash = Math.imul(this.seed ^ a, 0x9e3779b1);
    hash = Math.imul((hash ^ (hash >>> 15)) + b, 0x85ebca6b);
    hash = Math.imul((hash ^ (hash >>> 13)) + c, 0xc2b2ae35);
    if (this.width === 4) {
      hash = Math.imul((hash ^ (hash >>> 14)) + d, 0x27d4eb2f);
    }
    return hash ^ (hash >>> 15);
  }

  private grow(): void {
    const entries = this.table.filter((entry) => entry >= 0);
    this.table = new Int32Array(2 * this.table.length).fill(-1);
    this.size = 0;
    for (const entry of entries) {
      this.add(entry);
    }
  }
}

function tableSize(expected: number): number {
  let size = 16;
  while (size < 2 * expected + 2) {
    size *= 2;
  }
  return size;
}
