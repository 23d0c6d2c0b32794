import { decodeOtlpJson, decodeOtlpProtobuf, decodeTempoSearch, type TempoSearch } from '../../formats';
import type { TraceId, TraceSet } from '../../trace';
import { byNewest, type Backend, type RequestOptions, type Sample, type SearchResult, type TraceQuery, type TraceSummary } from '../backend';
import { toTraceql } from '../filter/traceql';
import { BackendError, type HttpResponse, type HttpTransport } from '../http/http-client';
import { DEFAULT_POLICY, request, type RequestPolicy } from '../http/request';
import { decoded, expectSuccess } from '../http/expect-success';

const PROTOBUF = 'application/protobuf';

/** Spans a span set Tempo returns at most by default; it refuses more with 400. */
const SPANS_PER_SPAN_SET = 100;

/** What the service map needs of each span. Absent attributes cost next to nothing. */
const STRUCTURE_FIELDS = [
  'nestedSetParent', 'nestedSetLeft', 'nestedSetRight', 'resource.service.name', 'name', 'kind', 'status',
  'span.peer.service', 'span.db.system', 'span.db.system.name', 'span.db.name', 'span.db.namespace', 'span.messaging.system',
  'span.messaging.destination.name', 'span.server.address', 'span.network.peer.address',
];

/** Grafana Tempo's HTTP API, 2.6 to 3.0. */
export class TempoBackend implements Backend {
  readonly kind = 'tempo';

  constructor(
    private readonly transport: HttpTransport,
    private readonly policy: RequestPolicy = DEFAULT_POLICY
  ) {}

  async search(query: TraceQuery, { signal }: RequestOptions = {}): Promise<SearchResult> {
    const answer = await this.ask('/api/search', { ...rangeAndLimit(query), q: toTraceql(query.filter), spss: 1 }, undefined, signal);
    const { traces } = decoded('/api/search', () => decodeTempoSearch(answer.body));
    return { traces: traces.map(summaryOf).sort(byNewest), isLimited: traces.length >= query.limit };
  }

  async trace(traceId: TraceId, { signal }: RequestOptions = {}): Promise<TraceSet> {
    const path = `/api/v2/traces/${traceId}`;
    let answer = await request(this.transport, { path, accept: PROTOBUF, signal }, this.policy);
    if (answer.status === 404) {
      // Tempo 2.6 knows only the first version of this path; where both answer 404 the trace is absent.
      answer = await request(this.transport, { path: `/api/traces/${traceId}`, accept: PROTOBUF, signal }, this.policy);
    }
    const set = answer.status === 404 ? undefined : this.decodeTrace(path, expectSuccess(answer, path));
    if (!set || set.spanCount === 0) {
      throw new BackendError('notFound', `Trace ${traceId} was not found: it may have expired, been sampled away, or not have arrived yet`, { path, status: 404 });
    }
    return set;
  }

  async sample(query: TraceQuery, { signal }: RequestOptions = {}): Promise<Sample> {
    const q = `${wholeTraces(toTraceql(query.filter))} | select(${STRUCTURE_FIELDS.join(', ')})`;
    const answer = await this.ask('/api/search', { ...rangeAndLimit(query), q, spss: SPANS_PER_SPAN_SET }, undefined, signal);
    const { set, traces } = decoded('/api/search', (): TempoSearch => decodeTempoSearch(answer.body));
    return {
      traces: set,
      isLimited: traces.length >= query.limit,
      incompleteTraceCount: traces.filter(({ complete }) => !complete).length,
    };
  }

  async probe({ signal }: RequestOptions = {}): Promise<string> {
    await this.ask('/api/echo', {}, undefined, signal);
    await this.ask('/api/search', { q: '{ }', limit: 1 }, undefined, signal);
    return 'Tempo answers; TraceQL search works';
  }

  private async ask(path: string, query: Record<string, string | number>, accept: string | undefined, signal: AbortSignal | undefined): Promise<HttpResponse> {
    return expectSuccess(await request(this.transport, { path, query, accept, signal }, this.policy), path);
  }

  private decodeTrace(path: string, answer: HttpResponse): TraceSet {
    // A proxy in between may have ignored what we accept; the first byte of JSON tells.
    const isJson = answer.mediaType === 'application/json' || answer.body[0] === 0x7b;
    const set = decoded(path, () => (isJson ? decodeOtlpJson(answer.body) : decodeOtlpProtobuf(answer.body)));
    if (set.spanCount === 0 && set.notices.length > 0) {
      throw new BackendError('format', `The answer to ${path} could not be read: ${set.notices.map(({ message }) => message).join('; ')}`, { path });
    }
    return set;
  }
}

/**
 * All spans of the traces in which a span meets the filter: both sides of `&&` contribute their spans. A pipeline cannot
 * stand there; of it we get the spans that it selects.
 */
const wholeTraces = (filter: string): string => (filter === '{ }' || filter.includes('|') ? filter : `(${filter}) && { }`);

const rangeAndLimit = ({ range, limit }: TraceQuery) => ({ start: Math.floor(range.fromMs / 1000), end: Math.ceil(range.toMs / 1000), limit });

function summaryOf(found: TempoSearch['traces'][number]): TraceSummary {
  return {
    traceId: found.traceId,
    rootService: found.rootServiceName,
    rootOperation: found.rootTraceName,
    startUnixNs: found.startUnixNs,
    durationNs: found.durationMs * 1e6,
    spanCount: undefined,
    errorCount: undefined,
  };
}
