/** Numbers traces by their 128-bit id: open addressing, linear probing, at most half full. */
const FREE = -1;

export class TraceIndex {
  count = 0;
  /** Four words a trace, in the host's byte order. */
  private words = new Int32Array(4 * 16);
  private table = new Int32Array(2 * 16).fill(FREE);
  /** Random, so that nobody can prepare ids that all collide. */
  private readonly seed = (Math.random() * 0x7fffffff) | 0;

  /** The number of the trace with this id; `count` if it is new, which adds it. */
  numberOf(a: number, b: number, c: number, d: number): number {
    const { table, words } = this;
    const mask = table.length - 1;
    let slot = this.hash(a, b, c, d) & mask;
    for (; table[slot] !== FREE; slot = (slot + 1) & mask) {
      const at = 4 * table[slot];
      if (words[at] === a && words[at + 1] === b && words[at + 2] === c && words[at + 3] === d) {
        return table[slot];
      }
    }
    table[slot] = this.count;
    return this.append(a, b, c, d);
  }

  /** The ids as bytes, 16 a trace. */
  idBytes(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.words.slice(0, 4 * this.count).buffer);
  }

  private append(a: number, b: number, c: number, d: number): number {
    const trace = this.count++;
    this.words.set([a, b, c, d], 4 * trace);
    if (4 * this.count >= this.words.length) {
      this.grow();
    }
    return trace;
  }

  private grow(): void {
    const words = new Int32Array(2 * this.words.length);
    words.set(this.words);
    const table = new Int32Array(2 * this.table.length).fill(FREE);
    const mask = table.length - 1;
    for (let trace = 0; trace < this.count; trace++) {
      let slot = this.hash(words[4 * trace], words[4 * trace + 1], words[4 * trace + 2], words[4 * trace + 3]) & mask;
      while (table[slot] !== FREE) {
        slot = (slot + 1) & mask;
      }
      table[slot] = trace;
    }
    this.words = words;
    this.table = table;
  }

  private hash(a: number, b: number, c: number, d: number): number {
    let hash = Math.imul(this.seed ^ a, 0x9e3779b1);
    hash = Math.imul((hash ^ (hash >>> 15)) + b, 0x85ebca6b);
    hash = Math.imul((hash ^ (hash >>> 13)) + c, 0xc2b2ae35);
    hash = Math.imul((hash ^ (hash >>> 14)) + d, 0x27d4eb2f);
    return hash ^ (hash >>> 15);
  }
}
