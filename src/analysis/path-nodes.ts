/** The nodes of a path tree while it is built: growable columns in order of appearance, found by parent and step. */

export class PathNodes {
  /** Node, or -1. Parents come before their children. */
  parent = new Int32Array(0);
  /** Number of the (service, name) that leads here. */
  step = new Int32Array(0);
  count = new Uint32Array(0);
  errorCount = new Uint32Array(0);
  traceCount = new Uint32Array(0);
  totalNs = new Float64Array(0);
  selfNs = new Float64Array(0);
  minNs = new Float64Array(0);
  maxNs = new Float64Array(0);
  squaresNs2 = new Float64Array(0);
  slowestSet = new Uint32Array(0);
  slowestRow = new Uint32Array(0);
  /** The trace that came by last, counted from 1, and the path's time in it. */
  lastTrace = new Uint32Array(0);
  lastTraceNs = new Float64Array(0);

  size = 0;
  /** Open addressing, linear probing, at most half full; -1 is free. */
  private table = new Int32Array(64).fill(-1);

  /** Makes room for so many nodes more, within reason. */
  reserve(nodes: number): void {
    const capacity = this.size + Math.min(nodes, MOST_RESERVED);
    if (capacity > this.parent.length) {
      this.growColumns(Math.max(capacity, 2 * this.parent.length));
    }
    if (2 * capacity > this.table.length) {
      this.growTable(2 ** Math.ceil(Math.log2(2 * capacity)));
    }
  }

  /** The node below `parent` (-1: a root), added if it is new. */
  below(parent: number, step: number): number {
    const { table } = this;
    const mask = table.length - 1;
    for (let slot = hash(parent, step) & mask; ; slot = (slot + 1) & mask) {
      const node = table[slot];
      if (node < 0) {
        table[slot] = this.size;
        return this.append(parent, step);
      }
      if (this.parent[node] === parent && this.step[node] === step) {
        return node;
      }
    }
  }

  private append(parent: number, step: number): number {
    const node = this.size++;
    if (node >= this.parent.length) {
      this.growColumns(Math.max(256, 2 * node));
    }
    this.parent[node] = parent;
    this.step[node] = step;
    this.minNs[node] = Infinity;
    this.maxNs[node] = -1;
    if (2 * this.size > this.table.length) {
      this.growTable(2 * this.table.length);
    }
    return node;
  }

  private growColumns(capacity: number): void {
    this.parent = moved(this.parent, new Int32Array(capacity));
    this.step = moved(this.step, new Int32Array(capacity));
    this.count = moved(this.count, new Uint32Array(capacity));
    this.errorCount = moved(this.errorCount, new Uint32Array(capacity));
    this.traceCount = moved(this.traceCount, new Uint32Array(capacity));
    this.totalNs = moved(this.totalNs, new Float64Array(capacity));
    this.selfNs = moved(this.selfNs, new Float64Array(capacity));
    this.minNs = moved(this.minNs, new Float64Array(capacity));
    this.maxNs = moved(this.maxNs, new Float64Array(capacity));
    this.squaresNs2 = moved(this.squaresNs2, new Float64Array(capacity));
    this.slowestSet = moved(this.slowestSet, new Uint32Array(capacity));
    this.slowestRow = moved(this.slowestRow, new Uint32Array(capacity));
    this.lastTrace = moved(this.lastTrace, new Uint32Array(capacity));
    this.lastTraceNs = moved(this.lastTraceNs, new Float64Array(capacity));
  }

  /** @param slots a power of two */
  private growTable(slots: number): void {
    const mask = slots - 1;
    const table = new Int32Array(slots).fill(-1);
    for (let node = 0; node < this.size; node++) {
      let slot = hash(this.parent[node], this.step[node]) & mask;
      while (table[slot] >= 0) {
        slot = (slot + 1) & mask;
      }
      table[slot] = node;
    }
    this.table = table;
  }
}

/** A trace of many spans may have few paths: no more than this is set aside on suspicion (about 12 MB). */
const MOST_RESERVED = 2 ** 17;

function hash(parent: number, step: number): number {
  const mixed = Math.imul(parent + 1, 0x9e3779b1) ^ Math.imul(step + 1, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}

function moved<T extends Int32Array | Uint32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
