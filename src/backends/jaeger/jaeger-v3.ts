import { decodeOtlpJson } from '../../formats';
import { decodeUtf8, type TraceId, type TraceSet } from '../../trace';
import type { RequestOptions, TimeRangeMs } from '../backend';
import type { ApiClient } from '../http/api-client';
import { decoded, expectSuccess, refuseDamaged } from '../http/expect-success';
import type { HttpRequest, HttpResponse } from '../http/http-client';
import { asArray, asObject, asText, sortedTexts } from '../json';
import { emptySet } from '../sets/merge-sets';
import { goDuration, tagsJson, type FoundTraces, type JaegerApi, type JaegerSearch } from './jaeger-api';

/**
 * Jaeger's HTTP API v3 (jaeger-idl, api_v3/query_service.proto). Traces are OTLP, those of a search flattened into one
 * message, which the decoder groups by id again. 404 is its answer where nothing was found.
 */
export class JaegerV3 implements JaegerApi {
  readonly name = 'query API v3';

  constructor(private readonly client: ApiClient) {}

  async services({ signal }: RequestOptions): Promise<string[]> {
    const { services } = asObject(await this.client.json({ path: '/api/v3/services', signal }));
    return sortedTexts(asArray(services));
  }

  async operations(service: string, { signal }: RequestOptions): Promise<string[]> {
    const { operations } = asObject(await this.client.json({ path: '/api/v3/operations', query: { service }, signal }));
    return sortedTexts(asArray(operations).map((operation) => asText(asObject(operation).name)));
  }

  async find(search: JaegerSearch, { signal }: RequestOptions): Promise<FoundTraces> {
    const { start, end } = times(search.range);
    const query = {
      'query.serviceName': search.service,
      'query.operationName': search.operation,
      'query.attributes': tagsJson(search.tags),
      'query.startTimeMin': start,
      'query.startTimeMax': end,
      'query.durationMin': goDuration(search.minDurationNs),
      'query.durationMax': goDuration(search.maxDurationNs),
      'query.searchDepth': search.limit,
    };
    const answer = await this.read({ path: '/api/v3/traces', query, signal });
    return answer ?? { traces: emptySet(), byteCount: 0 };
  }

  async trace(traceId: TraceId, { signal }: RequestOptions): Promise<TraceSet | undefined> {
    return (await this.read({ path: `/api/v3/traces/${traceId}`, signal }))?.traces;
  }

  private async read(what: HttpRequest): Promise<FoundTraces | undefined> {
    const answer = await this.client.send(what);
    return answer.status === 404 ? undefined : { traces: decodeAnswer(expectSuccess(answer, what.path), what.path), byteCount: answer.body.length };
  }
}

function decodeAnswer({ body }: HttpResponse, path: string): TraceSet {
  const set = decoded(path, () => decodeOtlpJson(body));
  refuseDamaged(set, path);
  return set;
}

/**
 * An older Jaeger answers the paths of v3 with 404, or with the page of its UI, which it serves for every path it does not
 * know.
 *
 * @throws BackendError for any other answer that is not 2xx, or no JSON: that says nothing about versions
 */
export async function isV3There(client: ApiClient, { signal }: RequestOptions): Promise<boolean> {
  const path = '/api/v3/services';
  const answer = await client.send({ path, signal });
  const isMissing = answer.status === 404 || answer.status === 405 || answer.status === 501;
  const isPage = answer.mediaType === 'text/html' || answer.body[0] === '<'.charCodeAt(0);
  if (isMissing || (answer.status === 200 && isPage)) {
    return false;
  }
  const { body } = expectSuccess(answer, path);
  decoded(path, () => JSON.parse(decodeUtf8(body)));
  return true;
}

/** RFC 3339, as both ends are required. */
const times = ({ fromMs, toMs }: TimeRangeMs) => ({ start: new Date(fromMs).toISOString(), end: new Date(toMs).toISOString() });
