import { decodeJaegerJson } from '../../formats';
import type { TraceId, TraceSet } from '../../trace';
import type { RequestOptions, TraceOptions } from '../backend';
import type { ApiClient } from '../http/api-client';
import { expectSuccess } from '../http/expect-success';
import type { HttpRequest } from '../http/http-client';
import { watched } from '../http/incoming-trace';
import { asArray, asObject, sortedTexts } from '../json';
import { goDuration, tagsJson, type FoundTraces, type JaegerApi, type JaegerSearch } from './jaeger-api';

/** Jaeger's JSON API v2 ("legacy"), as its own UI used it until the middle of 2026. */
export class JaegerV2 implements JaegerApi {
  readonly name = 'query API v2';
  readonly takesTags = true;

  constructor(private readonly client: ApiClient) {}

  async services({ signal }: RequestOptions): Promise<string[]> {
    const { data } = asObject(await this.client.json({ path: '/api/services', signal }));
    return sortedTexts(asArray(data));
  }

  async operations(service: string, { signal }: RequestOptions): Promise<string[]> {
    const path = `/api/services/${encodeURIComponent(service)}/operations`;
    const { data } = asObject(await this.client.json({ path, signal }));
    return sortedTexts(asArray(data));
  }

  async find(search: JaegerSearch, { signal }: RequestOptions): Promise<FoundTraces> {
    const what: HttpRequest = {
      path: '/api/traces',
      signal,
      query: {
        service: search.service,
        operation: search.operation,
        tags: tagsJson(search.tags),
        minDuration: goDuration(search.minDurationNs),
        maxDuration: goDuration(search.maxDurationNs),
        start: Math.floor(search.range.fromMs * 1000),
        end: Math.ceil(search.range.toMs * 1000),
        limit: search.limit,
      },
    };
    const answer = await this.client.get(what);
    return { traces: await this.client.traces(what, answer, decodeJaegerJson), byteCount: answer.body.length };
  }

  async trace(traceId: TraceId, options: TraceOptions): Promise<TraceSet | undefined> {
    const what = watched({ path: `/api/traces/${traceId}`, signal: options.signal }, options);
    const answer = await this.client.send(what);
    return answer.status === 404 ? undefined : this.client.traces(what, expectSuccess(answer, what.path), decodeJaegerJson, options);
  }
}
