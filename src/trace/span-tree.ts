/**
 * From spans in arrival order to a forest in depth-first order. Nothing here recurses: a chain 100,000 deep is a trace too.
 *
 * Phases: duplicates and shared ids → parent of each span → children lists by start (cutting cycles) → depth-first order.
 */
import { NO_PARENT, Repair } from './columns';
import { IdIndex } from './id-index';
import type { RawSpans } from './raw-spans';
import { SpanKind } from './span-kind';

export interface SpanTree {
  /** Arrival index of each row. */
  readonly order: Uint32Array;
  /** Row of the parent of each row, or NO_PARENT. */
  readonly parent: Int32Array;
  /** First row of each trace, and the number of rows. */
  readonly traceFirstRow: Uint32Array;
  /** Identical copies left out, a trace. */
  readonly duplicates: Uint32Array;
}

const DROPPED = -2;

export function buildSpanTree(raw: RawSpans, traceCount: number, serviceOf: (span: number) => number): SpanTree {
  const index = new IdIndex(raw.key, 3, raw.count);
  const twins = new Twins(raw, index, serviceOf);
  const parent = resolveParents(raw, index, twins);
  placeUnknownStarts(raw, parent);
  const { order, row, traceFirstRow } = depthFirst(raw, parent, traceCount);
  const parentRow = new Int32Array(order.length);
  for (let at = 0; at < order.length; at++) {
    const span = parent[order[at]];
    parentRow[at] = span < 0 ? NO_PARENT : row[span];
  }
  return { order, parent: parentRow, traceFirstRow, duplicates: twins.countDropped(traceCount) };
}

/** Spans of one trace that have the same id: identical copies, a client and its server, or plain collisions. */
class Twins {
  /** Next span with the same id, only filled where there are twins. */
  private next: Int32Array | undefined;
  private dropped: number[] = [];

  constructor(
    private readonly raw: RawSpans,
    index: IdIndex,
    private readonly serviceOf: (span: number) => number
  ) {
    for (let span = 0; span < raw.count; span++) {
      if (raw.key[3 * span + 1] === 0 && raw.key[3 * span + 2] === 0) {
        raw.repair[span] |= Repair.missingId;
        continue;
      }
      const first = index.add(span);
      if (first >= 0) {
        this.meet(first, span);
      }
    }
  }

  /** Mostly there are none. */
  get exist(): boolean {
    return this.next !== undefined;
  }

  isDropped(span: number): boolean {
    return this.next !== undefined && this.next[span] === DROPPED;
  }

  /** Which of the spans with the id of `first` is meant by a child: its own service's, else the server's, else the first. */
  meantBy(child: number, first: number): number {
    if (this.next === undefined || this.next[first] < 0) {
      return first;
    }
    let best = -1;
    let bestScore = -1;
    for (let span = first; span >= 0; span = this.next[span]) {
      const sameService = this.serviceOf(span) === this.serviceOf(child) ? 2 : 0;
      const score = sameService + (isServing(this.raw.kind[span]) ? 1 : 0);
      if (span !== child && score > bestScore) {
        best = span;
        bestScore = score;
      }
    }
    return best;
  }

  /** The client that shares its id with this server, or -1. */
  clientOf(server: number, first: number): number {
    if (this.next === undefined || this.next[first] < 0 || !isServing(this.raw.kind[server])) {
      return -1;
    }
    const wanted = this.raw.kind[server] === SpanKind.server ? SpanKind.client : SpanKind.producer;
    for (let span = first; span >= 0; span = this.next[span]) {
      if (this.raw.kind[span] === wanted) {
        return span;
      }
    }
    return -1;
  }

  countDropped(traceCount: number): Uint32Array {
    const counts = new Uint32Array(traceCount);
    for (const span of this.dropped) {
      counts[this.raw.key[3 * span]]++;
    }
    return counts;
  }

  private meet(first: number, span: number): void {
    const { raw } = this;
    this.next ??= new Int32Array(raw.count).fill(-1);
    for (let other = first; other >= 0; other = this.next[other]) {
      if (this.identical(other, span)) {
        this.next[span] = DROPPED;
        this.dropped.push(span);
        return;
      }
    }
    // Kept in a chain of arrival behind the first; a pair of client and server is not a collision.
    const shared = isServing(raw.kind[first]) !== isServing(raw.kind[span]) && (isCalling(raw.kind[first]) || isCalling(raw.kind[span]));
    raw.repair[span] |= shared ? Repair.sharedId : Repair.duplicateId;
    this.next[span] = this.next[first];
    this.next[first] = span;
  }

  private identical(a: number, b: number): boolean {
    const { raw } = this;
    return (
      raw.kind[a] === raw.kind[b] &&
      Object.is(raw.startNs[a], raw.startNs[b]) &&
      raw.durationNs[a] === raw.durationNs[b] &&
      raw.operation[a] === raw.operation[b] &&
      raw.parentHigh[a] === raw.parentHigh[b] &&
      raw.parentLow[a] === raw.parentLow[b] &&
      this.serviceOf(a) === this.serviceOf(b)
    );
  }
}

function isServing(kind: number): boolean {
  return kind === SpanKind.server || kind === SpanKind.consumer;
}

function isCalling(kind: number): boolean {
  return kind === SpanKind.client || kind === SpanKind.producer;
}

/** Parent of each span as arrival index; NO_PARENT for roots, DROPPED for identical copies. */
function resolveParents(raw: RawSpans, index: IdIndex, twins: Twins): Int32Array {
  const { key, parentHigh, parentLow, repair } = raw;
  const parent = new Int32Array(raw.count);
  for (let span = 0; span < raw.count; span++) {
    if (twins.isDropped(span)) {
      parent[span] = DROPPED;
      continue;
    }
    if (twins.exist && (repair[span] & Repair.missingId) === 0) {
      const client = twins.clientOf(span, index.find(key[3 * span], key[3 * span + 1], key[3 * span + 2], 0));
      if (client >= 0) {
        parent[span] = client;
        continue;
      }
    }
    if (parentHigh[span] === 0 && parentLow[span] === 0) {
      parent[span] = NO_PARENT;
      continue;
    }
    const found = index.find(key[3 * span], parentHigh[span], parentLow[span], 0);
    const meant = found < 0 ? -1 : twins.meantBy(span, found);
    parent[span] = meant < 0 ? NO_PARENT : meant;
    if (meant < 0) {
      repair[span] |= Repair.missingParent;
    }
  }
  return parent;
}

function placeUnknownStarts(raw: RawSpans, parent: Int32Array): void {
  const { startNs, repair } = raw;
  for (let span = 0; span < raw.count; span++) {
    if ((repair[span] & Repair.missingStart) !== 0 && Number.isNaN(startNs[span])) {
      const start = parent[span] >= 0 ? startNs[parent[span]] : 0;
      startNs[span] = Number.isNaN(start) ? 0 : start;
    }
  }
}

/** What ordering looks at: `key` holds the trace at every third entry, see RawSpans. */
export type OrderedSpans = Pick<RawSpans, 'count' | 'key' | 'startNs' | 'repair'>;

export interface DepthFirst {
  readonly order: Uint32Array;
  /** Row of each arrival index. */
  readonly row: Int32Array;
  readonly traceFirstRow: Uint32Array;
}

/** Depth-first order of spans whose parents are known (NO_PARENT for roots); cuts cycles, in `parent` and `repair`. */
export function depthFirst(raw: OrderedSpans, parent: Int32Array, traceCount: number): DepthFirst {
  const row = new Int32Array(raw.count).fill(-1);
  let children = new Children(raw, parent, traceCount);
  let walk = walkRoots(children, row, traceCount);
  if (walk.order.length < children.size) {
    // Some spans hang below no root: their ancestors form cycles.
    cutCycles(raw, parent, row);
    children = new Children(raw, parent, traceCount);
    walk = walkRoots(children, row, traceCount);
  }
  return { ...walk, row };
}

/** Children of each span, and roots of each trace as children of a virtual span behind the last, ordered by start. */
class Children {
  readonly first: Uint32Array;
  readonly list: Uint32Array;
  readonly size: number;
  readonly spanCount: number;

  constructor(raw: OrderedSpans, parent: Int32Array, traceCount: number) {
    this.spanCount = raw.count;
    const slots = raw.count + traceCount;
    const first = new Uint32Array(slots + 1);
    for (let span = 0; span < raw.count; span++) {
      if (parent[span] !== DROPPED) {
        first[(parent[span] < 0 ? raw.count + raw.key[3 * span] : parent[span]) + 1]++;
      }
    }
    for (let slot = 0; slot < slots; slot++) {
      first[slot + 1] += first[slot];
    }
    const list = new Uint32Array(first[slots]);
    const fill = first.slice();
    for (let span = 0; span < raw.count; span++) {
      if (parent[span] !== DROPPED) {
        list[fill[parent[span] < 0 ? raw.count + raw.key[3 * span] : parent[span]]++] = span;
      }
    }
    for (let slot = 0; slot < slots; slot++) {
      if (first[slot + 1] - first[slot] > 1) {
        sortByStart(list, first[slot], first[slot + 1], raw.startNs);
      }
    }
    this.first = first;
    this.list = list;
    this.size = list.length;
  }
}

/** Few siblings, the usual case, are sorted in place; from here on the platform's merge sort wins. */
const INSERTION_SORT_UP_TO = 24;

/** Sorts list[from, to) by start; equal starts keep the order of arrival. */
function sortByStart(list: Uint32Array, from: number, to: number, startNs: Float64Array): void {
  let sorted = true;
  for (let at = from + 1; at < to && sorted; at++) {
    sorted = startNs[list[at - 1]] <= startNs[list[at]];
  }
  if (sorted) {
    return;
  }
  if (to - from > INSERTION_SORT_UP_TO) {
    list.subarray(from, to).sort((a, b) => startNs[a] - startNs[b] || a - b);
    return;
  }
  for (let at = from + 1; at < to; at++) {
    const span = list[at];
    let hole = at;
    for (; hole > from && startNs[list[hole - 1]] > startNs[span]; hole--) {
      list[hole] = list[hole - 1];
    }
    list[hole] = span;
  }
}

function walkRoots(children: Children, row: Int32Array, traceCount: number): Omit<DepthFirst, 'row'> {
  const { first, list, spanCount } = children;
  const order = new Uint32Array(children.size);
  const traceFirstRow = new Uint32Array(traceCount + 1);
  // Each span is pushed at most once, so a stack of all spans never overflows.
  const stack = new Uint32Array(children.size);
  let rows = 0;
  for (let trace = 0; trace < traceCount; trace++) {
    traceFirstRow[trace] = rows;
    let top = 0;
    for (let at = first[spanCount + trace + 1]; at > first[spanCount + trace]; at--) {
      stack[top++] = list[at - 1];
    }
    while (top > 0) {
      const span = stack[--top];
      row[span] = rows;
      order[rows++] = span;
      for (let at = first[span + 1]; at > first[span]; at--) {
        stack[top++] = list[at - 1];
      }
    }
  }
  traceFirstRow[traceCount] = rows;
  return { order: rows < order.length ? order.slice(0, rows) : order, traceFirstRow };
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
