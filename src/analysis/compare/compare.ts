/** What differs between two traces, or between two cohorts of traces: structure and attributes. */
import { StatusCode, type TraceSet } from '../../trace';
import { DurationSketch } from '../duration-sketch';
import { ratioEstimate, type Estimate } from '../estimate';
import { mergedStructure } from '../structure';
import { attributeDifference, type AttributeComparison } from './attribute-difference';
import type { Cohort } from './cohort';
import { rankedPaths, structureDifference, type PathDifference } from './structure-difference';

export interface CohortSummary {
  /** The sample sizes. */
  readonly traceCount: number;
  readonly spanCount: number;
  /** Of whole traces. */
  readonly p50Ns: number;
  readonly p95Ns: number;
  /** Share of traces with a failed span, with its interval. */
  readonly errorShare: Estimate;
}

export interface Comparison {
  readonly left: CohortSummary;
  readonly right: CohortSummary;
  /** In depth-first order. */
  readonly paths: readonly PathDifference[];
  /** The hundred of them that differ most, most first. */
  readonly ranked: readonly PathDifference[];
  readonly attributes: AttributeComparison;
}

/** Two cohorts; undefined if one has no traces, for there is nothing to compare then. */
export function compareCohorts(left: Cohort, right: Cohort): Comparison | undefined {
  if (left.traces.length === 0 || right.traces.length === 0) {
    return undefined;
  }
  const paths = structureDifference(mergedStructure(left.set, left.traces), mergedStructure(right.set, right.traces));
  return { left: summary(left), right: summary(right), paths, ranked: rankedPaths(paths), attributes: attributeDifference(left, right) };
}

/** Two traces aligned by call path, in depth-first order. */
export function compareTraces(left: TraceSet, leftTrace: number, right: TraceSet, rightTrace: number): PathDifference[] {
  return structureDifference(mergedStructure(left, [leftTrace]), mergedStructure(right, [rightTrace]));
}

function summary({ set, traces }: Cohort): CohortSummary {
  const durations = new DurationSketch();
  const { status } = set.columns;
  let spanCount = 0;
  let failedCount = 0;
  for (const trace of traces) {
    durations.add(set.traceDurationNs(trace));
    spanCount += set.endRow(trace) - set.firstRow(trace);
    failedCount += status.subarray(set.firstRow(trace), set.endRow(trace)).includes(StatusCode.error) ? 1 : 0;
  }
  return {
    traceCount: traces.length, spanCount,
    p50Ns: durations.quantile(0.5), p95Ns: durations.quantile(0.95),
    errorShare: ratioEstimate(failedCount, traces.length),
  };
}
