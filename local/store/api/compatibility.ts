/** Where Tempo's versions answer differently, and which of them this store answers as. */

export type TempoVersion = '2.7' | '3.0';

export interface Compatibility {
  /** As `/api/status/buildinfo` names it. */
  readonly version: string;
  /** A bucket of a series is named by its end, and series carry no `promLabels`. */
  readonly labelsBucketEnd: boolean;
  /** `GET /api/v2/traces` adds `metrics`. */
  readonly hasTraceMetrics: boolean;
  /** TraceQL of 3.0: `span:parentID`, `span:childCount`, `= nil`, `sum_over_time`, `topk`, `rate() > 1`. */
  readonly hasTraceQl3: boolean;
  readonly maxSearchLimit: number;
  /** Intrinsics that tag names list beyond those of 2.7. */
  readonly newIntrinsicTags: readonly string[];
  /** The status for a tag without a scope. */
  readonly unknownTagStatus: number;
}

const COMPATIBILITY: Readonly<Record<TempoVersion, Compatibility>> = {
  '2.7': { version: '2.7.1', labelsBucketEnd: false, hasTraceMetrics: false, hasTraceQl3: false, maxSearchLimit: Infinity, newIntrinsicTags: [], unknownTagStatus: 500 },
  '3.0': { version: '3.0.3', labelsBucketEnd: true, hasTraceMetrics: true, hasTraceQl3: true, maxSearchLimit: 262_144, newIntrinsicTags: ['link:spanID', 'link:traceID', 'span:id', 'span:parentID', 'trace:id'], unknownTagStatus: 400 },
};

export function compatibilityOf(version: TempoVersion): Compatibility {
  return COMPATIBILITY[version];
}
