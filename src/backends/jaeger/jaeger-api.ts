import type { RequestOptions, TimeRangeMs, TraceOptions } from '../backend';
import type { TraceId, TraceSet } from '../../trace';

/** What Jaeger is asked for traces of: always one service. */
export interface JaegerSearch {
  readonly service: string;
  readonly operation: string | undefined;
  readonly tags: ReadonlyMap<string, string>;
  readonly minDurationNs: number | undefined;
  readonly maxDurationNs: number | undefined;
  readonly range: TimeRangeMs;
  readonly limit: number;
}

/** One version of Jaeger's HTTP query API. */
export interface JaegerApi {
  /** As the screens name it: "query API v3". */
  readonly name: string;
  /** Whether `find` is asked for tags; if not, they are applied to what it gives. */
  readonly takesTags: boolean;
  /** Sorted. */
  services(options: RequestOptions): Promise<string[]>;
  /** Sorted. */
  operations(service: string, options: RequestOptions): Promise<string[]>;
  find(search: JaegerSearch, options: RequestOptions): Promise<FoundTraces>;
  /** Undefined where there is none. */
  trace(traceId: TraceId, options: TraceOptions): Promise<TraceSet | undefined>;
}

export interface FoundTraces {
  readonly traces: TraceSet;
  /** As it arrived. */
  readonly byteCount: number;
}

/** Durations as Jaeger reads them (Go's time.ParseDuration). */
export const goDuration = (durationNs: number | undefined): string | undefined => (durationNs === undefined ? undefined : `${durationNs}ns`);

/** Tags as both versions take them: a JSON object of texts. */
export const tagsJson = (tags: ReadonlyMap<string, string>): string | undefined => (tags.size === 0 ? undefined : JSON.stringify(Object.fromEntries(tags)));
