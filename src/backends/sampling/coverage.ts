/** How a sample's traces were chosen, and what may be concluded from them about all traces of the window. */
import type { TimeRangeMs } from '../backend';

/** A part of the window that was asked for on its own. Its traces are those that start in it. */
export interface Slice {
  readonly range: TimeRangeMs;
  readonly traceCount: number;
  /** Every trace of the slice was read. */
  readonly isComplete: boolean;
  /** Share of them that is in the sample; all where undefined. */
  readonly keptShare?: number;
}

/**
 * - `all`: every trace of the window.
 * - `slices`: every trace of slices spread over the window; counts over `coveredMs` estimate the rates of the window.
 * - `newest`: only the newest traces of a window that is too busy to slice; rates are lower bounds.
 */
export interface Coverage {
  readonly kind: 'all' | 'slices' | 'newest';
  /** Earliest first. */
  readonly slices: readonly Slice[];
  /** Counts over this time estimate the rates of the window: its length where all was read. */
  readonly coveredMs: number;
  readonly windowMs: number;
  /** Half of the 95 % interval of the trace rate over the rate; undefined where it is not known, 0 for `all`. */
  readonly rateErrorRatio: number | undefined;
  /** Spans of the window as the backend counted them, where `coveredMs` was found by them. */
  readonly countedSpans?: number;
}

/** Of every trace of the window. */
export function fullCoverage(range: TimeRangeMs, traceCount: number): Coverage {
  const windowMs = range.toMs - range.fromMs;
  return { kind: 'all', slices: [{ range, traceCount, isComplete: true }], coveredMs: windowMs, windowMs, rateErrorRatio: 0 };
}

/** Of the newest traces only, which a limit cut off. */
export function newestCoverage(range: TimeRangeMs, traceCount: number): Coverage {
  const windowMs = range.toMs - range.fromMs;
  return { kind: 'newest', slices: [{ range, traceCount, isComplete: false }], coveredMs: windowMs, windowMs, rateErrorRatio: undefined };
}

/** Of the slices that were read; as `newest` if one of them was cut off. */
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
export function coverageNote({ kind, slices, coveredMs, windowMs, rateErrorRatio: ratio, countedSpans }: Coverage): string | undefined {
  switch (kind) {
    case 'all':
      return undefined;
    case 'slices': {
      const margin = ratio === undefined ? '' : ` (± ${Math.ceil(100 * ratio)} %)`;
      const share = twoDigits((100 * coveredMs) / windowMs);
      return countedSpans === undefined
        ? `a sample: every trace of ${slices.length} slices, ${share} % of this range; rates are estimates${margin}, and a burst in the up to ${durationText(longestGapMs(slices))} between two slices is not in them`
        : `a sample: ${share} % of the ${Math.round(countedSpans).toLocaleString('en')} spans that were counted in this range, from ${slices.length} parts of it that hold as many each; rates are estimates${margin}`;
    }
    case 'newest':
      return 'a sample of the newest traces: there are more than could be read, so rates are lower bounds';
  }
}

function longestGapMs(slices: readonly Slice[]): number {
  return slices.slice(1).reduce((longest, { range }, at) => Math.max(longest, range.fromMs - slices[at].range.toMs), 0);
}

/** 90,000 → "1.5 min", 1,000 → "1 s". */
const durationText = (ms: number): string => (ms < 60_000 ? `${twoDigits(ms / 1000)} s` : `${twoDigits(ms / 60_000)} min`);

/** 99.7 → "100", not "1.0e+2". */
const twoDigits = (value: number): string => String(Number(value.toPrecision(2)));

function rateErrorRatio(slices: readonly Slice[]): number | undefined {
  return slices.some(({ isComplete }) => !isComplete) ? undefined : ratioErrorOf(slices.map(({ traceCount }) => traceCount), slices.map(({ range }) => lengthMs(range)));
}

/**
 * Half of the 95 % interval over the estimate, of the ratio estimator of cluster sampling, Σ counts / Σ sizes (Cochran,
 * Sampling Techniques, section 6.4). Undefined for fewer than two clusters, or where nothing was counted.
 */
export function ratioErrorOf(counts: readonly number[], sizes: readonly number[]): number | undefined {
  const clusters = counts.length;
  const total = counts.reduce((sum, count) => sum + count, 0);
  const size = sizes.reduce((sum, part) => sum + part, 0);
  if (clusters < 2 || total === 0) {
    return undefined;
  }
  const squares = counts.reduce((sum, count, at) => sum + (count - (total / size) * sizes[at]) ** 2, 0);
  const standardError = Math.sqrt((clusters / (clusters - 1)) * squares);
  return (T_95[Math.min(clusters, T_95.length) - 1] * standardError) / total;
}

/** Student's t for a two-sided 95 %, by the number of slices. */
const T_95 = [NaN, 12.71, 4.3, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.2];

export const lengthMs = ({ fromMs, toMs }: TimeRangeMs): number => toMs - fromMs;
