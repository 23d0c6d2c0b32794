/** Numbers pairs of integers in the order they come: open addressing, linear probing, at most half full. */
const FREE = -1;

export class PairIndex {
  count = 0;
  /** Two integers a pair. */
  private pairs = new Int32Array(2 * 16);
  private table = new Int32Array(2 * 16).fill(FREE);

  /** The number of the pair; `count` if it is new, which adds it. */
  numberOf(a: number, b: number): number {
    const { pairs, table } = this;
    const mask = table.length - 1;
    let slot = hash(a, b) & mask;
    for (; table[slot] !== FREE; slot = (slot + 1) & mask) {
      const pair = table[slot];
      if (pairs[2 * pair] === a && pairs[2 * pair + 1] === b) {
        return pair;
      }
    }
    table[slot] = this.count;
    pairs[2 * this.count] = a;
    pairs[2 * this.count + 1] = b;
    if (2 * ++this.count === pairs.length) {
      this.grow();
    }
    return this.count - 1;
  }

  private grow(): void {
    const pairs = new Int32Array(2 * this.pairs.length);
    pairs.set(this.pairs);
    const table = new Int32Array(2 * this.table.length).fill(FREE);
    const mask = table.length - 1;
    for (let pair = 0; pair < this.count; pair++) {
      let slot = hash(pairs[2 * pair], pairs[2 * pair + 1]) & mask;
      while (table[slot] !== FREE) {
        slot = (slot + 1) & mask;
      }
      table[slot] = pair;
    }
    this.pairs = pairs;
    this.table = table;
  }
}

function hash(a: number, b: number): number {
  const mixed = Math.imul(Math.imul(a, 0x9e3779b1) ^ b, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}
