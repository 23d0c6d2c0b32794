import { decodeOtlpJson } from '../../formats';
import type { TraceId, TraceSet } from '../../trace';
import type { RequestOptions, TraceOptions } from '../backend';
import type { ApiClient } from '../http/api-client';
import { expectSuccess } from '../http/expect-success';
import type { HttpRequest } from '../http/http-client';
import { watched } from '../http/incoming-trace';
import { asArray, asObject, asText, sortedTexts } from '../json';
import { emptySet } from '../sets/merge-sets';
import { goDuration, tagsJson, type FoundTraces, type JaegerApi, type JaegerSearch } from './jaeger-api';

/**
 * Jaeger's HTTP API v3 (jaeger-idl, api_v3/query_service.proto). Traces are OTLP, those of a search flattened into one
 * message, which the decoder groups by id again. 404 is its answer where nothing was found. Parameters are given in both
 * spellings: until the spring of 2026 it knew snake case only.
 */
export class JaegerV3 implements JaegerApi {
  readonly name = 'query API v3';

  /** @param takesTags whether this Jaeger looks at `query.attributes`, see jaeger-version.ts */
  constructor(
    private readonly client: ApiClient,
    readonly takesTags: boolean
  ) {}

  async services({ signal }: RequestOptions): Promise<string[]> {
    const { services } = asObject(await this.client.json({ path: '/api/v3/services', signal }));
    return sortedTexts(asArray(services));
  }

  async operations(service: string, { signal }: RequestOptions): Promise<string[]> {
    const { operations } = asObject(await this.client.json({ path: '/api/v3/operations', query: { service }, signal }));
    return sortedTexts(asArray(operations).map((operation) => asText(asObject(operation).name)));
  }

  async find(search: JaegerSearch, { signal }: RequestOptions): Promise<FoundTraces> {
    const query = searchParameters({ ...search, tags: this.takesTags ? tagsJson(search.tags) : undefined });
    const answer = await this.read({ path: '/api/v3/traces', query, signal });
    return answer ?? { traces: emptySet(), byteCount: 0 };
  }

  async trace(traceId: TraceId, options: TraceOptions): Promise<TraceSet | undefined> {
    return (await this.read(watched({ path: `/api/v3/traces/${traceId}`, signal: options.signal }, options), options))?.traces;
  }

  private async read(what: HttpRequest, options?: TraceOptions): Promise<FoundTraces | undefined> {
    const answer = await this.client.send(what);
    return answer.status === 404 ? undefined : { traces: await this.client.traces(what, expectSuccess(answer, what.path), decodeOtlpJson, options), byteCount: answer.body.length };
  }
}

interface SearchParameters extends Omit<JaegerSearch, 'tags'> {
  /** JSON, or what a probe sends in its place. */
  readonly tags: string | undefined;
}

/** Times are RFC 3339, and both required. */
export function searchParameters({ service, operation, tags, range, limit, ...durations }: SearchParameters): Record<string, string | number | undefined> {
  const [start, end] = [range.fromMs, range.toMs].map((ms) => new Date(ms).toISOString());
  const [shortest, longest] = [durations.minDurationNs, durations.maxDurationNs].map(goDuration);
  return {
    'query.serviceName': service,
    'query.service_name': service,
    'query.operationName': operation,
    'query.operation_name': operation,
    'query.attributes': tags,
    'query.startTimeMin': start,
    'query.start_time_min': start,
    'query.startTimeMax': end,
    'query.start_time_max': end,
    'query.durationMin': shortest,
    'query.duration_min': shortest,
    'query.durationMax': longest,
    'query.duration_max': longest,
    'query.searchDepth': limit,
    'query.search_depth': limit,
    'query.num_traces': limit,
  };
}
