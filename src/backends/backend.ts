import type { TraceId, TraceSet } from '../trace';
import type { TagScope, TraceFilter } from './filter/trace-filter';
import type { Coverage } from './sampling/coverage';

/** Grafana's plugin ids of the data sources whose HTTP API we speak. */
const BACKEND_KINDS = ['tempo', 'jaeger', 'zipkin'] as const;
export type BackendKind = (typeof BACKEND_KINDS)[number];

export const isBackendKind = (type: string): type is BackendKind => (BACKEND_KINDS as readonly string[]).includes(type);

/** Unix time in ms, start included, end excluded. */
export interface TimeRangeMs {
  readonly fromMs: number;
  readonly toMs: number;
}

export interface TraceQuery {
  readonly filter: TraceFilter;
  readonly range: TimeRangeMs;
  /** Most traces to return; a backend may return fewer because of a limit of its own. */
  readonly limit: number;
  /** Resource attributes that the spans of a sample must carry, beyond those that a service map needs. */
  readonly resourceAttributes?: readonly string[];
}

/** A trace as a list shows it. */
export interface TraceSummary {
  readonly traceId: TraceId;
  /** Undefined while the root has not arrived. */
  readonly rootService: string | undefined;
  readonly rootOperation: string | undefined;
  readonly startUnixNs: bigint;
  readonly durationNs: number;
  /** Undefined where the backend does not say. */
  readonly spanCount: number | undefined;
  readonly errorCount: number | undefined;
}

export interface SearchResult {
  /** Newest first, ties by id. */
  readonly traces: readonly TraceSummary[];
  /** More traces may match than the limit let through. */
  readonly isLimited: boolean;
  /** Sentences for the reader: what the backend could not do, and what was done instead. */
  readonly notes: readonly string[];
}

/** Many traces for a map or a comparison, with what the figures made of them rest on. */
export interface Sample {
  readonly traces: TraceSet;
  /** There are more traces than these; see `coverage` for how these were chosen. */
  readonly isLimited: boolean;
  /** Traces of which only a part could be had. */
  readonly incompleteTraceCount: number;
  readonly coverage: Coverage;
  /** Sentences for the reader, as in SearchResult. */
  readonly notes: readonly string[];
}

/** What a sample may cost; the sample ends, and says so, when the first of these is used up. */
export interface SampleBudget {
  /** Bytes of answers, as they arrive here. */
  readonly maxBytes: number;
  readonly maxMs: number;
}

export interface Progress {
  readonly doneCount: number;
  /** May grow while the work shows what it needs. */
  readonly totalCount: number;
}

export interface RequestOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** How far one trace is read. */
export type TraceProgress =
  | { readonly kind: 'receiving'; readonly receivedBytes: number; readonly totalBytes: number | undefined }
  | { readonly kind: 'decoding'; readonly spanCount: number };

export interface TraceOptions {
  readonly signal?: AbortSignal;
  /** Of a large trace, several times a second at most. */
  readonly onProgress?: (progress: TraceProgress) => void;
  /** Is shown the first spans of a large trace while the rest is on its way. */
  readonly onBeginning?: (set: TraceSet) => void;
}

export interface SampleOptions extends RequestOptions {
  /** Missing parts are the default's, see sampling/budget.ts. */
  readonly budget?: Partial<SampleBudget>;
  /** Attributes that spans should have with them, where a sample is of structure only. */
  readonly attributes?: readonly Tag[];
}

/** An attribute that spans of this backend carry. */
export interface Tag {
  readonly scope: TagScope;
  readonly key: string;
}

/** Where a tag's values are asked for: among the spans of a service, or all. */
export interface TagValuesQuery {
  readonly tag: Tag;
  readonly range: TimeRangeMs;
  readonly service?: string;
}

/** Whether something can be had here, with what to know of it; if not, `reason` is a sentence that says why and what instead. */
export type Support = { readonly isAvailable: true; readonly note?: string } | { readonly isAvailable: false; readonly reason: string };

export const AVAILABLE: Support = { isAvailable: true };
export const unavailable = (reason: string): Support => ({ isAvailable: false, reason });

/** Found out by asking, never from a version. */
export interface Capabilities {
  /** What answers: "Tempo", "Jaeger, query API v3". */
  readonly api: string;
  /** Whether traces can be found here by anything but their id. */
  readonly search: Support;
  /** Whether `filter.traceql` is understood. */
  readonly traceql: Support;
  /** One request gives the structure of many traces. */
  readonly structureSearch: Support;
  readonly metrics: Support;
  readonly dependencies: Support;
  readonly tags: Support;
}

/** One curve; `null` where there is no value. */
export interface MetricSeries {
  readonly labels: Readonly<Record<string, string>>;
  readonly timesMs: readonly number[];
  readonly values: ReadonlyArray<number | null>;
}

export interface MetricsQuery {
  readonly filter: TraceFilter;
  readonly range: TimeRangeMs;
  readonly stepMs: number;
  /** Per second, or seconds of the quantile. */
  readonly figure: { readonly kind: 'rate' } | { readonly kind: 'errorRate' } | { readonly kind: 'quantile'; readonly q: number };
  readonly by: 'service' | 'operation';
}

/** A call relation that the backend keeps itself, from all traces. */
export interface Dependency {
  readonly parent: string;
  readonly child: string;
  readonly callCount: number;
  /** Undefined where the backend does not count them. */
  readonly errorCount: number | undefined;
}

/** What a backend is, in the words of the screens; `file` and `frames` have no HTTP API of their own. */
export type SourceKind = BackendKind | 'file' | 'frames';

/** A store of traces. Every method rejects with a BackendError that can be shown as it is. */
export interface Backend {
  readonly kind: SourceKind;
  search(query: TraceQuery, options?: RequestOptions): Promise<SearchResult>;
  /** The whole trace; BackendError of kind `notFound` where there is none. */
  trace(traceId: TraceId, options?: TraceOptions): Promise<TraceSet>;
  /** The structure of many traces at once. */
  sample(query: TraceQuery, options?: SampleOptions): Promise<Sample>;
  /** Sorted by scope and key. */
  tags(range: TimeRangeMs, options?: RequestOptions): Promise<readonly Tag[]>;
  /** Sorted; of `resource.service.name` the services, of the intrinsic `name` the span names. */
  tagValues(query: TagValuesQuery, options?: RequestOptions): Promise<readonly string[]>;
  /** Resolves with a sentence on what was reached; rejects when the backend does not answer as it should. */
  probe(options?: RequestOptions): Promise<string>;
  /** Asks once and remembers what was answered. */
  capabilities(options?: RequestOptions): Promise<Capabilities>;
  /** Only where `capabilities().metrics` is available. */
  metrics?(query: MetricsQuery, options?: RequestOptions): Promise<readonly MetricSeries[]>;
  /** Only where `capabilities().dependencies` is available. */
  dependencies?(range: TimeRangeMs, options?: RequestOptions): Promise<readonly Dependency[]>;
}

/** The tag whose values are the services. */
export const SERVICE_TAG: Tag = { scope: 'resource', key: 'service.name' };
/** The tag whose values are the span names. */
export const OPERATION_TAG: Tag = { scope: 'intrinsic', key: 'name' };

/** Newest first, ties by id: the same answer gives the same list. */
export function byNewest(a: TraceSummary, b: TraceSummary): number {
  if (a.startUnixNs !== b.startUnixNs) {
    return a.startUnixNs > b.startUnixNs ? -1 : 1;
  }
  return a.traceId < b.traceId ? -1 : a.traceId > b.traceId ? 1 : 0;
}
