/** What the servers and the engine's worker thread say to each other. */
import type { RetentionOptions } from '../retention/retention';
import type { SamplingOptions } from '../sampling/sampling-options';
import type { LogEntry } from '../log';

export interface ApiRequest {
  readonly method: string;
  readonly path: string;
  /** Without the question mark, as received. */
  readonly query: string;
  readonly accept: string;
  /** X-Scope-OrgID; undefined where the header is absent. */
  readonly orgId: string | undefined;
}

export interface ApiResponse {
  readonly status: number;
  readonly contentType: string;
  readonly body: Uint8Array | string;
  /** Where to ask instead. */
  readonly location?: string;
}

export interface IngestRequest {
  readonly format: 'protobuf' | 'json';
  readonly body: Uint8Array;
  readonly orgId: string | undefined;
}

/** How an export request ended; the servers turn it into HTTP or gRPC statuses. */
export type IngestOutcome =
  | { readonly kind: 'accepted'; readonly rejectedSpans: number; readonly reason: string | undefined }
  | { readonly kind: 'malformed'; readonly message: string }
  | { readonly kind: 'overloaded'; readonly message: string; readonly retryAfterMs: number }
  | { readonly kind: 'no-tenant'; readonly message: string }
  | { readonly kind: 'failed'; readonly message: string };

export type EngineCall =
  | { readonly kind: 'ingest'; readonly request: IngestRequest }
  | { readonly kind: 'api'; readonly request: ApiRequest }
  | { readonly kind: 'close' };

export type EngineReply = IngestOutcome | ApiResponse | undefined;

export type ClientMessage =
  | { readonly kind: 'call'; readonly id: number; readonly call: EngineCall }
  /** Nobody waits for the answer to this call any longer. */
  | { readonly kind: 'cancel'; readonly id: number };

export type WorkerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unusable'; readonly message: string }
  | { readonly kind: 'log'; readonly entry: LogEntry }
  | { readonly kind: 'reply'; readonly id: number; readonly reply: EngineReply }
  | { readonly kind: 'error'; readonly id: number; readonly message: string };

/** What a request may ask for, under the names of Tempo's settings. */
export interface Limits {
  /** `max_search_duration`. */
  readonly searchSeconds: number;
  /** `query_frontend.metrics.max_duration`. */
  readonly metricsSeconds: number;
  /** `max_query_expression_size_bytes`. */
  readonly queryBytes: number;
  /** `max_bytes_per_trace`, as received; 0 for none. Of a request that goes beyond, no span of the trace is taken. */
  readonly traceBytes: number;
  /** `max_bytes_per_tag_values_query`: values beyond it are left out. */
  readonly tagValuesBytes: number;
}

/** Tempo's own, but for the size of a trace: this store takes large ones. */
export const DEFAULT_LIMITS: Limits = { searchSeconds: 168 * 3600, metricsSeconds: 24 * 3600, queryBytes: 128 << 10, traceBytes: 0, tagValuesBytes: 10_000_000 };

/** Settings of an engine, from the command line or a test. */
export interface EngineOptions {
  readonly directory: string;
  /** Tempo's `multitenancy_enabled`: requests must name a tenant. */
  readonly multitenant: boolean;
  /** The version of Tempo to answer as. */
  readonly tempoVersion: '2.7' | '3.0';
  readonly limits: Limits;
  /** Whether TraceQL metrics are answered; Tempo 2.7 has none without its metrics generator. */
  readonly hasMetrics: boolean;
  /** DuckDB's memory limit. */
  readonly memoryLimitMb: number;
  /** Requests that may wait to be written, as received. */
  readonly maxWaitingBytes: number;
  /** Undefined: every trace is kept. */
  readonly sampling: SamplingOptions | undefined;
  readonly retention: RetentionOptions;
}
