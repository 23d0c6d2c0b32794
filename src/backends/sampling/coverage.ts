/** How a sample's traces were chosen, and what may be concluded from them about all traces of the window. */
import type { TimeRangeMs } from '../backend';

/** A part of the window that was asked for on its own. Its traces are those that start in it. */
export interface Slice {
  readonly range: TimeRangeMs;
  readonly traceCount: number;
  /** Every trace of the slice is in the sample. */
  readonly isComplete: boolean;
}

/**
 * - `all`: every trace of the window.
 * - `slices`: every trace of slices spread over the window; counts over `coveredMs` estimate the rates of the window.
 * - `newest`: only the newest traces of a window that is too busy to slice; rates are lower bounds.
 */
export interface Coverage {
  readonly kind: 'all' | 'slices' | 'newest';
  readonly slices: readonly Slice[];
  /** Length of the time that the counts come from. */
  readonly coveredMs: number;
  readonly windowMs: number;
  /** Half of the 95 % interval of the trace rate over the rate; undefined where it is not known, 0 for `all`. */
  readonly rateErrorRatio: number | undefined;
}

export function fullCoverage(range: TimeRangeMs, traceCount: number): Coverage {
  const windowMs = range.toMs - range.fromMs;
  return { kind: 'all', slices: [{ range, traceCount, isComplete: true }], coveredMs: windowMs, windowMs, rateErrorRatio: 0 };
}

/** Of the newest traces only, which a limit cut off. */
export function newestCoverage(range: TimeRangeMs, traceCount: number): Coverage {
  const windowMs = range.toMs - range.fromMs;
  return { kind: 'newest', slices: [{ range, traceCount, isComplete: false }], coveredMs: windowMs, windowMs, rateErrorRatio: undefined };
}

export function slicedCoverage(range: TimeRangeMs, slices: readonly Slice[]): Coverage {
  return {
    kind: slices.every(({ isComplete }) => isComplete) ? 'slices' : 'newest',
    slices,
    coveredMs: slices.reduce((sum, slice) => sum + lengthMs(slice.range), 0),
    windowMs: range.toMs - range.fromMs,
    rateErrorRatio: rateErrorRatio(slices),
  };
}

/** What a reader must know about the figures; undefined where there is nothing to say. */
export function coverageNote({ kind, slices, coveredMs, windowMs, rateErrorRatio: ratio }: Coverage): string | undefined {
  switch (kind) {
    case 'all':
      return undefined;
    case 'slices': {
      const share = ((100 * coveredMs) / windowMs).toPrecision(2);
      const margin = ratio === undefined ? '' : ` (± ${Math.ceil(100 * ratio)} %)`;
      return `a sample: every trace of ${slices.length} slices, ${share} % of this range; rates are estimates${margin}`;
    }
    case 'newest':
      return 'a sample of the newest traces: there are more than could be read, so rates are lower bounds';
  }
}

/**
 * The ratio estimator of cluster sampling, Σ traces / Σ time, over the slices as clusters (Cochran, Sampling Techniques,
 * section 6.4).
 */
function rateErrorRatio(slices: readonly Slice[]): number | undefined {
  const count = slices.length;
  const traceCount = slices.reduce((sum, slice) => sum + slice.traceCount, 0);
  const coveredMs = slices.reduce((sum, { range }) => sum + lengthMs(range), 0);
  if (count < 2 || traceCount === 0 || slices.some(({ isComplete }) => !isComplete)) {
    return undefined;
  }
  const rate = traceCount / coveredMs;
  const squares = slices.reduce((sum, slice) => sum + (slice.traceCount - rate * lengthMs(slice.range)) ** 2, 0);
  const standardError = Math.sqrt((count / (count - 1)) * squares);
  return (T_95[Math.min(count, T_95.length) - 1] * standardError) / traceCount;
}

/** Student's t for a two-sided 95 %, by the number of slices. */
const T_95 = [NaN, 12.71, 4.3, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.2];

export const lengthMs = ({ fromMs, toMs }: TimeRangeMs): number => toMs - fromMs;
