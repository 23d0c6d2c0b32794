/** Typed arrays that grow by doubling: the columns of a batch while it is filled. */

export class GrowableInt32 {
  items = new Int32Array(1024);
  length = 0;

  push(value: number): void {
    const at = this.extend(1); // First: it may replace the array.
    this.items[at] = value;
  }

  /** Makes room for further values, fewer than 1024. @returns where the first of them belongs in `items`, which may be another array now */
  extend(count: number): number {
    const at = this.length;
    this.length += count;
    if (this.length > this.items.length) {
      const grown = new Int32Array(this.items.length * 2);
      grown.set(this.items);
      this.items = grown;
    }
    return at;
  }
}

/** 64-bit values as pairs of unsigned 32-bit halves (low half first), so that filling it makes no bigint. */
export class GrowableInt64 {
  halves = new Uint32Array(2048);
  length = 0;

  push(low: number, high: number): void {
    if (this.length * 2 === this.halves.length) {
      const grown = new Uint32Array(this.halves.length * 2);
      grown.set(this.halves);
      this.halves = grown;
    }
    this.halves[this.length * 2] = low;
    this.halves[this.length * 2 + 1] = high;
    this.length++;
  }
}
