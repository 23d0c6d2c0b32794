/**
 * The children of each span as linked lists in order of start, equal starts in order of arrival. The roots of each trace are
 * the children of a virtual span behind the last.
 *
 * Spans are put in front of their list from the last that arrived to the first, so that each finds its place after a few steps:
 * exporters send children mostly in order. A list in which one does not is sorted at the end.
 */
import type { OrderedSpans } from './span-tree';

/** The parent of a span that is in no list. */
export const DROPPED = -2;
const NONE = -1;
/** Then the list is sorted instead, so that 50,000 children in any order take no 50,000² steps. */
const MOST_STEPS = 16;

export class SiblingLists {
  /** First child of each span, then the first root of each trace; NONE where there is none. */
  readonly first: Int32Array;
  /** The sibling behind each span, or NONE. */
  readonly next: Int32Array;
  /** How many spans are in a list. */
  readonly size: number;

  constructor({ count, key, startNs }: OrderedSpans, parent: Int32Array, traceCount: number) {
    const first = new Int32Array(count + traceCount).fill(NONE);
    const next = new Int32Array(count).fill(NONE);
    const unsorted = new Set<number>();
    let size = 0;
    for (let span = count - 1; span >= 0; span--) {
      const up = parent[span];
      if (up === DROPPED) {
        continue;
      }
      size++;
      const list = up >= 0 ? up : count + key[3 * span];
      const head = first[list];
      if (head < 0 || startNs[span] <= startNs[head]) {
        next[span] = head;
        first[list] = span;
      } else if (!putBehind(span, head, startNs, next)) {
        next[span] = head;
        first[list] = span;
        unsorted.add(list);
      }
    }
    for (const list of unsorted) {
      first[list] = sorted(first[list], next, startNs);
    }
    this.first = first;
    this.next = next;
    this.size = size;
  }
}

/** Puts a span behind the last of a list that starts before it; false if that is too far away. */
function putBehind(span: number, head: number, startNs: Float64Array, next: Int32Array): boolean {
  let before = head;
  for (let steps = 0; next[before] >= 0 && startNs[next[before]] < startNs[span]; steps++) {
    if (steps === MOST_STEPS) {
      return false;
    }
    before = next[before];
  }
  next[span] = next[before];
  next[before] = span;
  return true;
}

/** Sorts the list that begins with `first`; answers its new first. */
function sorted(first: number, next: Int32Array, startNs: Float64Array): number {
  const spans: number[] = [];
  for (let span = first; span >= 0; span = next[span]) {
    spans.push(span);
  }
  const order = Uint32Array.from(spans).sort((a, b) => startNs[a] - startNs[b] || a - b);
  for (let at = 0; at < order.length; at++) {
    next[order[at]] = at + 1 < order.length ? order[at + 1] : NONE;
  }
  return order[0];
}
