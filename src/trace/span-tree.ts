/**
 * From spans in arrival order to a forest in depth-first order. Nothing here recurses: a chain 100,000 deep is a trace too.
 *
 * Phases: duplicates and shared ids → parent of each span → sibling lists by start → depth-first walk (cutting cycles).
 */
import { NO_PARENT, Repair } from './columns';
import type { RawSpans } from './raw-spans';
import { DROPPED, SiblingLists } from './sibling-lists';
import { SpanIndex } from './span-index';
import { Twins } from './twins';

export interface SpanTree extends DepthFirst {
  /** Identical copies left out, a trace. */
  readonly duplicates: Uint32Array;
}

/** @param leastNs the least known start of each trace, Infinity where none is known */
export function buildSpanTree(raw: RawSpans, leastNs: readonly number[], serviceOf: (span: number) => number): SpanTree {
  const traceCount = leastNs.length;
  const twins = new Twins(raw, serviceOf);
  const index = new SpanIndex(raw, (first, span) => twins.meet(first, span));
  const parent = index.parents();
  if (twins.exist) {
    twins.adopt(parent, index);
  }
  if (raw.hasUnknownStart) {
    placeUnknownStarts(raw, parent, leastNs);
  }
  return { ...depthFirst(raw, parent, traceCount), duplicates: twins.countDropped(traceCount) };
}

/** At the parent's start; where that is not known either, at the start of the trace. */
function placeUnknownStarts({ count, key, startNs, repair }: RawSpans, parent: Int32Array, leastNs: readonly number[]): void {
  for (let span = 0; span < count; span++) {
    if ((repair[span] & Repair.missingStart) !== 0 && Number.isNaN(startNs[span])) {
      const parentNs = parent[span] >= 0 ? startNs[parent[span]] : NaN;
      const first = leastNs[key[3 * span]];
      startNs[span] = Number.isNaN(parentNs) ? (first === Infinity ? 0 : first) : parentNs;
    }
  }
}

/** What ordering looks at: `key` holds the trace at every third entry, see RawSpans. */
export type OrderedSpans = Pick<RawSpans, 'count' | 'key' | 'startNs' | 'repair'>;

/** The rows, in depth-first order: siblings by start, then by arrival. */
export interface DepthFirst {
  /** Arrival index of each row. */
  readonly order: Uint32Array;
  /** Row of each arrival index. */
  readonly row: Int32Array;
  /** Row of the parent of each row, or NO_PARENT. */
  readonly parent: Int32Array;
  readonly depth: Uint32Array;
  readonly subtreeSize: Uint32Array;
  /** First row of each trace, and the number of rows. */
  readonly traceFirstRow: Uint32Array;
}

/** Depth-first order of spans whose parents are known (NO_PARENT for roots); cuts cycles, in `parent` and `repair`. */
export function depthFirst(raw: OrderedSpans, parent: Int32Array, traceCount: number): DepthFirst {
  const siblings = new SiblingLists(raw, parent, traceCount);
  const walked = walk(siblings, parent, traceCount);
  if (walked.order.length === siblings.size) {
    return walked;
  }
  // Some spans hang below no root: their ancestors form cycles.
  cutCycles(raw, parent, walked.row);
  return walk(new SiblingLists(raw, parent, traceCount), parent, traceCount);
}

function walk(siblings: SiblingLists, parent: Int32Array, traceCount: number): DepthFirst {
  const { first, next, size } = siblings;
  const spanCount = parent.length;
  const order = new Uint32Array(size);
  const row = new Int32Array(spanCount).fill(-1);
  const rowParent = new Int32Array(size);
  const depth = new Uint32Array(size);
  const subtreeSize = new Uint32Array(size);
  const traceFirstRow = new Uint32Array(traceCount + 1);
  let rows = 0;
  for (let trace = 0; trace < traceCount; trace++) {
    traceFirstRow[trace] = rows;
    let up = NO_PARENT; // row of the span whose children are walked
    let level = 0;
    for (let span = first[spanCount + trace]; span >= 0; ) {
      row[span] = rows;
      order[rows] = span;
      rowParent[rows] = up;
      depth[rows] = level;
      if (first[span] >= 0) {
        up = rows++;
        level++;
        span = first[span];
        continue;
      }
      subtreeSize[rows++] = 1;
      // Up from the last of the siblings; a cursor on the row above is enough, for its span knows its own siblings.
      while (next[span] < 0 && up >= 0) {
        subtreeSize[up] = rows - up;
        span = order[up];
        up = rowParent[up];
        level--;
      }
      span = next[span];
    }
  }
  traceFirstRow[traceCount] = rows;
  // Fewer rows than spans: there are cycles, and all this is done again without them.
  return { order: rows < size ? order.subarray(0, rows) : order, row, parent: rowParent, depth, subtreeSize, traceFirstRow };
}

/** Cuts each cycle above the member that starts first, so that the rest hangs below it. */
function cutCycles(raw: OrderedSpans, parent: Int32Array, row: Int32Array): void {
  for (let span = 0; span < raw.count; span++) {
    if (row[span] !== -1 || parent[span] === DROPPED) {
      continue;
    }
    // Walk up, leaving this walk's own mark, until a root, a span of an earlier walk, or one of this walk: a cycle.
    const mark = -4 - span;
    let at = span;
    while (at >= 0 && row[at] === -1) {
      row[at] = mark;
      at = parent[at];
    }
    if (at >= 0 && row[at] === mark) {
      let earliest = at;
      for (let member = parent[at]; member !== at; member = parent[member]) {
        if (raw.startNs[member] < raw.startNs[earliest]) {
          earliest = member;
        }
      }
      parent[earliest] = NO_PARENT;
      raw.repair[earliest] |= Repair.cycle;
    }
  }
}
