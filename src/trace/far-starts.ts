/**
 * Spans that claim to start years away from the rest of their trace: a clock that was never set, a field filled wrongly. One
 * such span would shrink all others to nothing, and no Float64 holds both to the nanosecond. Their starts are forgotten, so
 * that they are placed as spans without one; what was received stays in their details.
 */
import { Repair } from './columns';
import type { RawSpans } from './raw-spans';

/** 104 days: beyond it Float64 does not hold every nanosecond, and no request takes that long. */
export const MAX_EXACT_NS = Number.MAX_SAFE_INTEGER;

/**
 * Forgets the starts that are farther than that from the median start of their trace.
 * @param leastNs the least start of each trace, Infinity where none is known; corrected
 */
export function forgetFarStarts(spans: RawSpans, leastNs: number[]): void {
  const { startNs, key, repair } = spans;
  const middle = medians(spans, leastNs.length);
  leastNs.fill(Infinity);
  for (let span = 0; span < spans.count; span++) {
    const trace = key[3 * span];
    if (Math.abs(startNs[span] - middle[trace]) > MAX_EXACT_NS) {
      startNs[span] = NaN;
      repair[span] |= Repair.missingStart;
      spans.hasUnknownStart = true;
    } else if (startNs[span] < leastNs[trace]) {
      leastNs[trace] = startNs[span];
    }
  }
}

/** The median known start of each trace; of an even number the later, because clocks that were never set are behind. */
function medians({ count, key, startNs }: RawSpans, traceCount: number): Float64Array {
  const middle = new Float64Array(traceCount);
  const known = Array.from({ length: count }, (_, span) => span).filter((span) => !Number.isNaN(startNs[span]));
  known.sort((a, b) => key[3 * a] - key[3 * b] || startNs[a] - startNs[b]);
  for (let first = 0; first < known.length; ) {
    const trace = key[3 * known[first]];
    let end = first + 1;
    while (end < known.length && key[3 * known[end]] === trace) {
      end++;
    }
    middle[trace] = startNs[known[(first + end) >> 1]];
    first = end;
  }
  return middle;
}
