/**
 * The critical path of a trace: which span the answer was waiting for at every moment. From the end of each root the walk
 * goes back in time through the child that finished last before the cursor; what no child explains is the span's own time.
 *
 * - Children are clamped to their parent: what they do after it has answered delayed nobody.
 * - Asynchronous children are left out: a consumer below its producer, and a span that links to its own parent, as Jaeger's
 *   FOLLOWS_FROM arrives in OTLP.
 * - A child that ends exactly where the next one starts counts (Jaeger's strict comparison loses back-to-back calls).
 * - So does one that ends later by no more than its clock can tell: times of whole milliseconds (microseconds) are taken to be
 *   rounded, and what seems to overlap by one of them to be back to back. It is cut where the next one starts.
 *
 * Every span is visited at most once and its children sorted once: O(n log n), without recursion. The walk needs no stack,
 * since a visited span was always entered from its parent.
 */
import { NO_PARENT, SpanKind, type TraceSet } from '../trace';
import { linksToParent } from './span-links';

/** Segments [startNs, endNs) of the path in time order (root by root), ns from the trace's base, each owned by one row. */
export interface CriticalPath {
  readonly rows: Uint32Array;
  readonly startNs: Float64Array;
  readonly endNs: Float64Array;
}

/** The critical path of one trace, over all its roots. */
export function criticalPath(set: TraceSet, trace: number): CriticalPath {
  const rows: number[] = [];
  const startNs: number[] = [];
  const endNs: number[] = [];
  new CriticalPathWalk(set).walk(trace, (row, from, to) => {
    rows.push(row);
    startNs.push(from);
    endNs.push(to);
  });
  // The walk goes back in time.
  return { rows: Uint32Array.from(rows).reverse(), startNs: Float64Array.from(startNs).reverse(), endNs: Float64Array.from(endNs).reverse() };
}

/** Receives segments of the path from the last to the first; none is empty. */
export type SegmentVisitor = (row: number, startNs: number, endNs: number) => void;

/** Walks the paths of a set's traces one after the other, with the same scratch columns. */
export class CriticalPathWalk {
  // One entry a row of the trace at hand, counted from its first row.
  private readonly lowNs: Float64Array;
  private readonly highNs: Float64Array;
  /** The time before which the path of a visited span is not explained yet. */
  private readonly cursorNs: Float64Array;
  /** Children of visited spans that may still be on the path are children[next, last), those that finish last at the end. */
  private readonly children: Uint32Array;
  private readonly first: Uint32Array;
  private readonly next: Uint32Array;

  /** The trace's base within a millisecond: what its times must be added to, to tell whether they are whole. */
  private baseInMsNs = 0;

  constructor(private readonly set: TraceSet) {
    let rows = 0;
    for (let trace = 0; trace < set.traceCount; trace++) {
      rows = Math.max(rows, set.endRow(trace) - set.firstRow(trace));
    }
    this.lowNs = new Float64Array(rows);
    this.highNs = new Float64Array(rows);
    this.cursorNs = new Float64Array(rows);
    this.children = new Uint32Array(rows);
    this.first = new Uint32Array(rows);
    this.next = new Uint32Array(rows);
  }

  walk(trace: number, visit: SegmentVisitor): void {
    const { subtreeSize } = this.set.columns;
    const roots: number[] = [];
    this.baseInMsNs = Number(this.set.baseUnixNs(trace) % 1_000_000n);
    for (let row = this.set.firstRow(trace); row < this.set.endRow(trace); row += subtreeSize[row]) {
      roots.push(row);
    }
    for (const root of roots.reverse()) {
      this.walkRoot(root, this.set.firstRow(trace), visit);
    }
  }

  private walkRoot(root: number, base: number, visit: SegmentVisitor): void {
    const { set, lowNs, highNs, cursorNs, next } = this;
    const { parent, startNs, durationNs } = set.columns;
    lowNs[root - base] = startNs[root];
    highNs[root - base] = startNs[root] + durationNs[root];
    this.enter(root, base, 0);
    for (let row = root; row !== NO_PARENT; ) {
      const at = row - base;
      const child = this.lastBefore(row, base);
      if (child === undefined) {
        emit(visit, row, lowNs[at], cursorNs[at]);
        row = row === root ? NO_PARENT : parent[row];
      } else {
        emit(visit, row, highNs[child - base], cursorNs[at]);
        cursorNs[at] = lowNs[child - base];
        // The list of the child overwrites what this span has taken from its own, and the lists of earlier children.
        this.enter(child, base, next[at]);
        row = child;
      }
    }
  }

  /** Lists the children of a span, clamped to it, by the time they finish. */
  private enter(row: number, base: number, from: number): void {
    const { lowNs, highNs, cursorNs, children, first, next } = this;
    const { kind, startNs, durationNs, subtreeSize } = this.set.columns;
    const at = row - base;
    const low = lowNs[at];
    const high = highNs[at];
    const isProducer = kind[row] === SpanKind.producer;
    let to = from;
    for (let child = row + 1; child < row + subtreeSize[row]; child += subtreeSize[child]) {
      const childLow = Math.max(low, startNs[child]);
      const childHigh = Math.min(high, startNs[child] + durationNs[child]);
      if (childLow <= childHigh && !(isProducer && kind[child] === SpanKind.consumer)) {
        lowNs[child - base] = childLow;
        highNs[child - base] = childHigh;
        children[to++] = child;
      }
    }
    sortByEnd(children, from, to, base, highNs, lowNs);
    cursorNs[at] = high;
    first[at] = from;
    next[at] = to;
  }

  /** Takes the blocking child that finished last before the span's cursor. */
  private lastBefore(row: number, base: number): number | undefined {
    const { children, cursorNs, first, highNs, lowNs, next } = this;
    const at = row - base;
    while (next[at] > first[at]) {
      const child = children[--next[at]];
      const overlapNs = highNs[child - base] - cursorNs[at];
      if (overlapNs > 0) {
        if (lowNs[child - base] >= cursorNs[at] || overlapNs > this.resolutionNs(child)) {
          continue;
        }
        highNs[child - base] = cursorNs[at];
      }
      if (!(this.set.columns.hasLinks && linksToParent(this.set, child))) {
        return child;
      }
    }
    return undefined;
  }

  /** What the clock of a span can tell apart, from how round its times are: 1 ms, 1 µs or 0. */
  private resolutionNs(row: number): number {
    const { startNs, durationNs } = this.set.columns;
    const start = this.baseInMsNs + startNs[row];
    return [1e6, 1e3].find((unitNs) => start % unitNs === 0 && durationNs[row] % unitNs === 0) ?? 0;
  }
}

function emit(visit: SegmentVisitor, row: number, startNs: number, endNs: number): void {
  if (endNs > startNs) {
    visit(row, startNs, endNs);
  }
}

/** Few children, the usual case, are sorted in place; from here on the platform's sort wins. */
const INSERTION_SORT_UP_TO = 24;

/** Sorts list[from, to) by end, then start, then row. Children come in start order, so sequential ones are sorted already. */
function sortByEnd(list: Uint32Array, from: number, to: number, base: number, highNs: Float64Array, lowNs: Float64Array): void {
  const compare = (a: number, b: number) => highNs[a - base] - highNs[b - base] || lowNs[a - base] - lowNs[b - base] || a - b;
  if (to - from > INSERTION_SORT_UP_TO) {
    let sorted = true;
    for (let at = from + 1; at < to && sorted; at++) {
      sorted = compare(list[at - 1], list[at]) <= 0;
    }
    if (!sorted) {
      list.subarray(from, to).sort(compare);
    }
    return;
  }
  for (let at = from + 1; at < to; at++) {
    const child = list[at];
    let hole = at;
    for (; hole > from && compare(list[hole - 1], child) > 0; hole--) {
      list[hole] = list[hole - 1];
    }
    list[hole] = child;
  }
}
