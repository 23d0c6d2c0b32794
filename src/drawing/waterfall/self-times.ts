/** When a span itself works: the times in which no child of it runs. */
import type { SpanTreeColumns } from './waterfall-scene';

/** Self times of spans with more children are kept: finding them again for each frame would cost what the children cost. */
const KEPT_FROM_CHILDREN = 1_000;
/** Start, end, start, end, … by span; gone with the columns. */
const kept = new WeakMap<SpanTreeColumns, Map<number, Float64Array>>();

/** The self times of a span: start, end, start, end, … in order, apart from one another. */
export function selfTimesOf(columns: SpanTreeColumns, span: number): ArrayLike<number> {
  const known = kept.get(columns)?.get(span);
  if (known) {
    return known;
  }
  const { startNs, durationNs, subtreeSize } = columns;
  const endNs = startNs[span] + durationNs[span];
  const times: number[] = [];
  let cursorNs = startNs[span];
  let childCount = 0;
  for (let child = span + 1; child < span + subtreeSize[span] && cursorNs < endNs; child += subtreeSize[child]) {
    if (startNs[child] > cursorNs) {
      times.push(cursorNs, Math.min(endNs, startNs[child]));
    }
    cursorNs = Math.max(cursorNs, startNs[child] + durationNs[child]);
    childCount++;
  }
  if (cursorNs < endNs) {
    times.push(cursorNs, endNs);
  }
  return childCount < KEPT_FROM_CHILDREN ? times : keep(columns, span, Float64Array.from(times));
}

function keep(columns: SpanTreeColumns, span: number, times: Float64Array): Float64Array {
  const ofSpans = kept.get(columns) ?? new Map<number, Float64Array>();
  kept.set(columns, ofSpans.set(span, times));
  return times;
}

/**
 * Visits the self times of a span between two times. Of those that are shorter than `resolutionNs` one is visited for each such
 * length: the cost is that of the pixels.
 */
export function eachSelfTime(columns: SpanTreeColumns, span: number, fromNs: number, toNs: number, resolutionNs: number, visit: (fromNs: number, toNs: number) => void): void {
  const times = selfTimesOf(columns, span);
  for (let at = endingAfter(times, 0, fromNs); at < times.length && times[at] < toNs; ) {
    visit(times[at], times[at + 1]);
    at = times[at + 1] - times[at] < resolutionNs ? endingAfter(times, at + 2, times[at] + resolutionNs) : at + 2;
  }
}

/** The place of the first that ends after a time, from an even place on. */
function endingAfter(times: ArrayLike<number>, from: number, timeNs: number): number {
  let [low, high] = [from / 2, times.length / 2];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[2 * middle + 1] > timeNs) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return 2 * low;
}
