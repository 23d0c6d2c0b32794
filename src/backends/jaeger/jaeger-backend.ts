import { decodeJaegerJson } from '../../formats';
import type { TraceId, TraceSet } from '../../trace';
import type { Backend, RequestOptions, Sample, SearchResult, TraceQuery } from '../backend';
import { refuseTraceql } from '../filter/refuse-traceql';
import { decoded, expectSuccess } from '../http/expect-success';
import { BackendError, type HttpRequest, type HttpTransport } from '../http/http-client';
import { DEFAULT_POLICY, request, type RequestPolicy } from '../http/request';
import { searchResultOf } from '../summarise';
import { mergeEnvelopes } from './merge-envelopes';

/** Jaeger finds traces of one service at a time; without one named, this many are asked. */
const MAX_SERVICES_ASKED = 20;

/** Jaeger's HTTP JSON API, as its own UI uses it. */
export class JaegerBackend implements Backend {
  readonly kind = 'jaeger';

  constructor(
    private readonly transport: HttpTransport,
    private readonly policy: RequestPolicy = DEFAULT_POLICY
  ) {}

  async search(query: TraceQuery, options: RequestOptions = {}): Promise<SearchResult> {
    const { traces } = await this.find(query, options);
    return searchResultOf(traces, query.limit);
  }

  async trace(traceId: TraceId, { signal }: RequestOptions = {}): Promise<TraceSet> {
    const path = `/api/traces/${traceId}`;
    const answer = await request(this.transport, { path, signal }, this.policy);
    if (answer.status === 404) {
      throw new BackendError('notFound', `Trace ${traceId} was not found: it may have expired or not have arrived yet`, { path, status: 404 });
    }
    return decoded(path, () => decodeJaegerJson(expectSuccess(answer, path).body));
  }

  async sample(query: TraceQuery, options: RequestOptions = {}): Promise<Sample> {
    const { traces, isLimited } = await this.find(query, options);
    return { traces, isLimited, incompleteTraceCount: 0 };
  }

  async probe({ signal }: RequestOptions = {}): Promise<string> {
    const services = await this.services(signal);
    return `Jaeger answers; ${services.length} services`;
  }

  private async find({ filter, range, limit }: TraceQuery, { signal }: RequestOptions): Promise<{ traces: TraceSet; isLimited: boolean }> {
    refuseTraceql(filter, 'Jaeger');
    const services = filter.service ? [filter.service] : await this.services(signal);
    const asked = services.slice(0, MAX_SERVICES_ASKED);
    const answers = await Promise.all(
      asked.map((service) =>
        this.get({
          path: '/api/traces',
          signal,
          query: {
            service,
            operation: filter.operation,
            tags: filter.errorsOnly ? '{"error":"true"}' : undefined,
            minDuration: filter.minDurationNs === undefined ? undefined : `${filter.minDurationNs}ns`,
            maxDuration: filter.maxDurationNs === undefined ? undefined : `${filter.maxDurationNs}ns`,
            start: Math.floor(range.fromMs * 1000),
            end: Math.ceil(range.toMs * 1000),
            limit: Math.max(1, Math.ceil(limit / asked.length)),
          },
        })
      )
    );
    const merged = decoded('/api/traces', () => mergeEnvelopes(answers));
    const traces = decoded('/api/traces', () => decodeJaegerJson(merged));
    return { traces, isLimited: traces.traceCount >= limit || asked.length < services.length };
  }

  private async services(signal: AbortSignal | undefined): Promise<string[]> {
    const path = '/api/services';
    const body = await this.get({ path, signal });
    const { data } = decoded(path, (): { data?: unknown } => JSON.parse(new TextDecoder().decode(body)));
    return Array.isArray(data) ? data.filter((service): service is string => typeof service === 'string').sort() : [];
  }

  private async get(what: HttpRequest): Promise<Uint8Array> {
    return expectSuccess(await request(this.transport, what, this.policy), what.path).body;
  }
}
