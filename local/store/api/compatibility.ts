/** Where Tempo's versions answer differently, and which of them this store answers as. */

import type { BlockColumns } from '../query/span-json';
import type { IntrinsicName } from '../traceql/ast';

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
  /** `!>` and its like find nothing in a trace without a span of their left side. */
  readonly negationNeedsLeft: boolean;
  /** A condition on events or links finds only spans that have some. */
  readonly needsEvents: boolean;
  readonly maxSearchLimit: number;
  /** `spss=0` asks for the default of a search, a `limit` above 32 bits is refused. */
  readonly hasUnsignedParameters: boolean;
  /** Values of events' attributes are cut at MAX_ATTRIBUTE_BYTES as those of spans are. */
  readonly cutsEventAttributes: boolean;
  /** Intrinsics that cannot be compared with a fraction. */
  readonly wholeIntrinsics: readonly IntrinsicName[];
  readonly negativeStepStatus: number;
  /** Steps in the range of a metrics request. */
  readonly maxPoints: number;
  /** `/api/metrics/summary`. */
  readonly hasMetricsSummary: boolean;
  /** Attributes with a column of their own in blocks. Narrowed tag names list those of text, whatever they are narrowed to. */
  readonly blockColumns: BlockColumns;
  /** Intrinsics that tag names list beyond those of 2.7. */
  readonly newIntrinsicTags: readonly string[];
  /** Requests for tags name both `start` and `end` or neither. */
  readonly needsWholeTagsRange: boolean;
  /** A tag in a path may have slashes in its name (`span.app.kubernetes.io/name`), percent-encoded or not. */
  readonly hasSlashInTags: boolean;
  /** The status for a tag without a scope. */
  readonly unknownTagStatus: number;
}

const WHOLE_INTRINSICS: readonly IntrinsicName[] = ['nestedSetLeft', 'nestedSetRight', 'nestedSetParent', 'event:timeSinceStart'];
const RESOURCE_COLUMNS = ['service.name', 'k8s.cluster.name', 'k8s.namespace.name', 'k8s.pod.name', 'k8s.container.name'];
const OLD_HTTP_COLUMNS = ['http.method', 'http.url', 'http.status_code'];

const COMPATIBILITY: Readonly<Record<TempoVersion, Compatibility>> = {
  '2.7': {
    version: '2.7.1',
    labelsBucketEnd: false,
    hasTraceMetrics: false,
    hasTraceQl3: false,
    negationNeedsLeft: true,
    needsEvents: false,
    maxSearchLimit: Infinity,
    hasUnsignedParameters: false,
    cutsEventAttributes: false,
    wholeIntrinsics: [...WHOLE_INTRINSICS, 'duration', 'traceDuration'],
    negativeStepStatus: 500,
    // Tempo has no limit but the size of the answer; more points help no picture.
    maxPoints: 20_000,
    hasMetricsSummary: true,
    blockColumns: { resource: [...RESOURCE_COLUMNS, 'cluster', 'namespace', 'pod', 'container'], span: OLD_HTTP_COLUMNS },
    newIntrinsicTags: [],
    needsWholeTagsRange: false,
    hasSlashInTags: false,
    unknownTagStatus: 500,
  },
  '3.0': {
    version: '3.0.3',
    labelsBucketEnd: true,
    hasTraceMetrics: true,
    hasTraceQl3: true,
    negationNeedsLeft: false,
    needsEvents: true,
    maxSearchLimit: 262_144,
    hasUnsignedParameters: true,
    cutsEventAttributes: true,
    wholeIntrinsics: WHOLE_INTRINSICS,
    negativeStepStatus: 400,
    maxPoints: 10_000,
    hasMetricsSummary: false,
    blockColumns: { resource: RESOURCE_COLUMNS, span: [...OLD_HTTP_COLUMNS, 'http.request.method', 'http.route', 'http.response.status_code', 'server.address', 'server.port', 'url.path', 'url.route'] },
    newIntrinsicTags: ['link:spanID', 'link:traceID', 'span:id', 'span:parentID', 'trace:id'],
    needsWholeTagsRange: true,
    hasSlashInTags: true,
    unknownTagStatus: 400,
  },
};

export function compatibilityOf(version: TempoVersion): Compatibility {
  return COMPATIBILITY[version];
}
