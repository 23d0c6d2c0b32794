/**
 * Finds spans by trace and 64-bit id: open addressing, linear probing, over keys kept in RawSpans. Works on all spans in one
 * loop, with little to do a span: these loops are a tenth of the time that a trace takes to open for the first time.
 */
import { NO_PARENT, Repair } from './columns';
import type { RawSpans } from './raw-spans';

const { imul } = Math;
const FREE = -1;

export class SpanIndex {
  private readonly table: Int32Array;
  /** Random, so that nobody can prepare ids that all collide. */
  private readonly seed = (Math.random() * 0x7fffffff) | 0;

  /**
   * Adds all spans that have an id, and marks the others.
   * @param meet called with the first span of the same key and the further one, which is not added
   */
  constructor(private readonly raw: RawSpans, meet: (first: number, span: number) => void) {
    const { count, key, repair } = raw;
    const { seed } = this;
    const table = new Int32Array(tableSize(count)).fill(FREE);
    for (let span = 0; span < count; span++) {
      const at = 3 * span;
      const trace = key[at];
      const a = key[at + 1];
      const b = key[at + 2];
      if ((a | b) === 0) {
        repair[span] |= Repair.missingId;
        continue;
      }
      const slot = slotOf(table, key, seed, trace, a, b);
      const other = table[slot];
      if (other < 0) {
        table[slot] = span;
      } else {
        meet(other, span);
      }
    }
    this.table = table;
  }

  /** The first span with this key, or -1. The id as its two words. */
  find(trace: number, a: number, b: number): number {
    const { table, seed } = this;
    return table[slotOf(table, this.raw.key, seed, trace, a, b)];
  }

  /** The parent of each span, NO_PARENT if it names none or one that is not there, which is marked. */
  parents(): Int32Array {
    const { table, seed } = this;
    const { count, key, parentHigh, parentLow, repair } = this.raw;
    const parent = new Int32Array(count).fill(NO_PARENT);
    for (let span = 0; span < count; span++) {
      const a = parentHigh[span];
      const b = parentLow[span];
      if ((a | b) !== 0) {
        const found = table[slotOf(table, key, seed, key[3 * span], a, b)];
        if (found >= 0) {
          parent[span] = found;
        } else {
          repair[span] |= Repair.missingParent;
        }
      }
    }
    return parent;
  }
}

/** Where the table has the span with this key, or the free slot for it. One function for all that is looked up: it is compiled once, and early. */
function slotOf(table: Int32Array, key: Int32Array, seed: number, trace: number, a: number, b: number): number {
  const mask = table.length - 1;
  let mixed = imul(seed ^ trace, 0x9e3779b1);
  mixed = imul((mixed ^ (mixed >>> 15)) + a, 0x85ebca6b);
  mixed = imul((mixed ^ (mixed >>> 13)) + b, 0xc2b2ae35);
  let slot = (mixed ^ (mixed >>> 15)) & mask;
  for (let span = table[slot]; span >= 0 && !(key[3 * span + 2] === b && key[3 * span + 1] === a && key[3 * span] === trace); span = table[slot]) {
    slot = (slot + 1) & mask;
  }
  return slot;
}

/** At most half full. */
function tableSize(count: number): number {
  let size = 16;
  while (size < 2 * count) {
    size *= 2;
  }
  return size;
}
