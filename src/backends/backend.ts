import type { TraceId, TraceSet } from '../trace';
import type { TraceFilter } from './filter/trace-filter';

/** Grafana's plugin ids of the data sources that hold traces. */
export const BACKEND_KINDS = ['tempo', 'jaeger', 'zipkin'] as const;
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
}

/** Many traces for a map or a comparison, with what the figures made of them rest on. */
export interface Sample {
  readonly traces: TraceSet;
  readonly isLimited: boolean;
  /** Traces of which only a part could be had. */
  readonly incompleteTraceCount: number;
}

export interface RequestOptions {
  readonly signal?: AbortSignal;
}

/** A store of traces. Every method rejects with a BackendError that can be shown as it is. */
export interface Backend {
  readonly kind: BackendKind;
  search(query: TraceQuery, options?: RequestOptions): Promise<SearchResult>;
  /** The whole trace; BackendError of kind `notFound` where there is none. */
  trace(traceId: TraceId, options?: RequestOptions): Promise<TraceSet>;
  /** The structure of many traces at once. */
  sample(query: TraceQuery, options?: RequestOptions): Promise<Sample>;
  /** Resolves with a sentence on what was reached; rejects when the backend does not answer as it should. */
  probe(options?: RequestOptions): Promise<string>;
}

/** Newest first, ties by id: the same answer gives the same list. */
export function byNewest(a: TraceSummary, b: TraceSummary): number {
  if (a.startUnixNs !== b.startUnixNs) {
    return a.startUnixNs > b.startUnixNs ? -1 : 1;
  }
  return a.traceId < b.traceId ? -1 : a.traceId > b.traceId ? 1 : 0;
}
