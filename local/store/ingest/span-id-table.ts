/**
 * Finds the spans of a trace by id: open addressing with linear probing over the two words of each id. A Map of bigints would hold
 * up the thread for a tenth of a second whenever it grows, in a trace of some hundred thousand spans.
 */

const FREE = -1;

export class SpanIdTable {
  private readonly ids: Uint32Array;
  private readonly slots: Int32Array;
  /** Random, so that nobody can prepare ids that all collide. */
  private readonly seed = (Math.random() * 0x7fffffff) | 0;

  /** @param spanIds the two words of each span's id */
  constructor(spanIds: Uint32Array) {
    this.ids = spanIds;
    let size = 16;
    while (size < spanIds.length) {
      size *= 2;
    }
    this.slots = new Int32Array(size).fill(FREE);
  }

  /** Adds a span, unless one with its id is there already. */
  add(span: number): void {
    const slot = this.slotOf(this.ids[2 * span], this.ids[2 * span + 1]);
    if (this.slots[slot] === FREE) {
      this.slots[slot] = span;
    }
  }

  /** The span that was added first with this id, given by its words; -1 for none. */
  find(low: number, high: number): number {
    return this.slots[this.slotOf(low, high)];
  }

  /** Where this id is, or would be: at least half of the slots are free. */
  private slotOf(low: number, high: number): number {
    const { ids, slots } = this;
    const mask = slots.length - 1;
    let slot = hash(this.seed, low, high) & mask;
    for (let span = slots[slot]; span !== FREE && (ids[2 * span] !== low || ids[2 * span + 1] !== high); span = slots[slot]) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}

function hash(seed: number, low: number, high: number): number {
  let mixed = Math.imul(seed ^ low, 0x85ebca6b);
  mixed = Math.imul((mixed ^ (mixed >>> 13)) + high, 0xc2b2ae35);
  return mixed ^ (mixed >>> 15);
}
