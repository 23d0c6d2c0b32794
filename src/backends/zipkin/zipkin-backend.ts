import { decodeZipkinJson } from '../../formats';
import type { TraceId, TraceSet } from '../../trace';
import type { Backend, RequestOptions, Sample, SearchResult, TraceQuery } from '../backend';
import { refuseTraceql } from '../filter/refuse-traceql';
import { decoded, expectSuccess } from '../http/expect-success';
import { BackendError, type HttpTransport } from '../http/http-client';
import { DEFAULT_POLICY, request, type RequestPolicy } from '../http/request';
import { searchResultOf } from '../summarise';

/** Zipkin's HTTP API v2 (zipkin-api, zipkin2-api.yaml). */
export class ZipkinBackend implements Backend {
  readonly kind = 'zipkin';

  constructor(
    private readonly transport: HttpTransport,
    private readonly policy: RequestPolicy = DEFAULT_POLICY
  ) {}

  async search(query: TraceQuery, options: RequestOptions = {}): Promise<SearchResult> {
    return searchResultOf(await this.find(query, options), query.limit);
  }

  async trace(traceId: TraceId, { signal }: RequestOptions = {}): Promise<TraceSet> {
    const path = `/api/v2/trace/${traceId}`;
    const answer = await request(this.transport, { path, signal }, this.policy);
    if (answer.status === 404) {
      throw new BackendError('notFound', `Trace ${traceId} was not found: it may have expired or not have arrived yet`, { path, status: 404 });
    }
    return decoded(path, () => decodeZipkinJson(expectSuccess(answer, path).body));
  }

  async sample(query: TraceQuery, options: RequestOptions = {}): Promise<Sample> {
    const traces = await this.find(query, options);
    return { traces, isLimited: traces.traceCount >= query.limit, incompleteTraceCount: 0 };
  }

  async probe({ signal }: RequestOptions = {}): Promise<string> {
    expectSuccess(await request(this.transport, { path: '/api/v2/services', signal }, this.policy), '/api/v2/services');
    return 'Zipkin answers';
  }

  private async find({ filter, range, limit }: TraceQuery, { signal }: RequestOptions): Promise<TraceSet> {
    refuseTraceql(filter, 'Zipkin');
    const path = '/api/v2/traces';
    const query = {
      serviceName: filter.service?.toLowerCase(),
      spanName: filter.operation?.toLowerCase(),
      annotationQuery: filter.errorsOnly ? 'error' : undefined,
      minDuration: filter.minDurationNs === undefined ? undefined : Math.ceil(filter.minDurationNs / 1000),
      maxDuration: filter.maxDurationNs === undefined ? undefined : Math.floor(filter.maxDurationNs / 1000),
      endTs: Math.ceil(range.toMs),
      lookback: Math.ceil(range.toMs - range.fromMs),
      limit,
    };
    const answer = expectSuccess(await request(this.transport, { path, query, signal }, this.policy), path);
    return decoded(path, () => decodeZipkinJson(answer.body));
  }
}
