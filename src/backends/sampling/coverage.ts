/** How a sample's traces were chosen, and what may be concluded from them about all traces of the window. */
import { ClusterSample } from '../../analysis/cluster-sample';
import type { TimeRangeMs } from '../backend';

/** A part of the window that was asked for on its own. Its traces are those that start in it. */
export interface Slice {
  readonly range: TimeRangeMs;
  readonly traceCount: number;
  /** Every trace of the slice was read. */
  readonly isComplete: boolean;
  /** Share of them that is in the sample; all where undefined. */
  readonly keptShare?: number;
  /** Spans in the sample of those that the backend counts, where slices were chosen by its counts. */
  readonly countedSpans?: number;
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

/** Of the slices that were read, none of which overlaps another; as `newest` if one of them was cut off, as `all` if nothing is between them. */
export function slicedCoverage(range: TimeRangeMs, slices: readonly Slice[]): Coverage {
  const windowMs = lengthMs(range);
  const coveredMs = slices.reduce((sum, slice) => sum + lengthMs(slice.range), 0);
  if (!slices.every(({ isComplete }) => isComplete)) {
    return { kind: 'newest', slices, coveredMs, windowMs, rateErrorRatio: undefined };
  }
  return coveredMs >= windowMs ? { kind: 'all', slices, coveredMs: windowMs, windowMs, rateErrorRatio: 0 } : sampledCoverage({ slices, coveredMs, windowMs });
}

/** What a reader must know about the figures; undefined where there is nothing to say. */
export function coverageNote({ kind, slices, coveredMs, windowMs, rateErrorRatio: ratio, countedSpans }: Coverage): string | undefined {
  switch (kind) {
    case 'all':
      return slices.length > 1 ? `every trace of this range was read, in ${slices.length} parts` : undefined;
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

/** What may be concluded from the slices; undefined where they are no sample of the window, or too few. */
export function clusterSampleOf({ kind, slices, coveredMs, windowMs }: Pick<Coverage, 'kind' | 'slices' | 'coveredMs' | 'windowMs'>): ClusterSample | undefined {
  return kind === 'slices' && slices.length >= 2 ? new ClusterSample(slices.map((slice) => slice.countedSpans ?? lengthMs(slice.range)), coveredMs / windowMs) : undefined;
}

/** Of a sample in slices, with the margin of its rate. */
export function sampledCoverage(coverage: Omit<Coverage, 'kind' | 'rateErrorRatio'>): Coverage {
  const counts = coverage.slices.map(({ traceCount }) => traceCount);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const rate = total > 0 ? clusterSampleOf({ ...coverage, kind: 'slices' })?.count(counts, total) : undefined;
  return { ...coverage, kind: 'slices', rateErrorRatio: rate && (rate.high - rate.low) / 2 / total };
}

export const lengthMs = ({ fromMs, toMs }: TimeRangeMs): number => toMs - fromMs;
