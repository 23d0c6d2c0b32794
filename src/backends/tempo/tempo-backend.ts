import { decodeOtlpJson, decodeOtlpProtobuf, decodeTempoSearch, type TempoSearch } from '../../formats';
import type { TraceId, TraceSet } from '../../trace';
import { traceNotFound } from '../asked-trace';
import {
  AVAILABLE,
  type Backend, type Capabilities, type MetricSeries, type MetricsQuery, type RequestOptions, type Sample, type SampleOptions,
  type SearchResult, type Tag, type TagValuesQuery, type TimeRangeMs, type TraceOptions, type TraceQuery, type TraceSummary,
} from '../backend';
import { CapabilityMemory } from '../capability-memory';
import { matchingRows } from '../filter/matches';
import type { TraceFilter } from '../filter/trace-filter';
import { toTraceql } from '../filter/traceql';
import { ApiClient, type DecodeLarge } from '../http/api-client';
import { decoded, expectSuccess } from '../http/expect-success';
import { BackendError, type HttpRequest, type HttpResponse, type HttpTransport } from '../http/http-client';
import { watched } from '../http/incoming-trace';
import type { RequestPolicy } from '../http/request';
import { withNotice } from '../sets/with-notice';
import type { BudgetMeter } from '../sampling/budget';
import { sampleWindow, type SpanCounting } from '../sampling/sample-window';
import type { SliceAnswer } from '../sampling/slice-answer';
import { SettledTraces } from '../share/settled-traces';
import { newestTraces } from './newest-traces';
import { partialStatus } from './partial-status';
import { probeMetrics, tempoMetrics, tempoSpanCounts } from './tempo-metrics';
import { secondsOf } from './tempo-range';
import { structureTraceql, tracesToFetchWhole } from './tempo-structure';
import { tempoTags, tempoTagValues } from './tempo-tags';

const PROTOBUF = 'application/protobuf';
const SEARCH = '/api/search';

/** Spans a span set Tempo returns at most by default. A Tempo with a lower limit names it when it refuses. */
const SPANS_PER_SPAN_SET = 100;

/** Of structure that is more than Tempo passes on at once, so much less is asked for, down to so few traces. */
const SHRINK = 4;
const SMALLEST_LIMIT = 5;

const NOT_THE_NEWEST = 'So many traces start at about the same time that these may not be the newest; narrow the time range or the search';

/** Grafana Tempo's HTTP API, 2.6 to 3.0. */
export class TempoBackend implements Backend {
  readonly kind = 'tempo';
  private readonly client: ApiClient;
  private readonly memory = new CapabilityMemory((options) => this.askCapabilities(options));
  private readonly settled = new SettledTraces();
  private spansPerSpanSet = SPANS_PER_SPAN_SET;

  constructor(transport: HttpTransport, policy?: RequestPolicy, decodeLarge?: DecodeLarge) {
    this.client = new ApiClient(transport, policy, decodeLarge);
  }

  async search(query: TraceQuery, { signal }: RequestOptions = {}): Promise<SearchResult> {
    const find = async (range: TimeRangeMs) => {
      const answer = await this.ask(range, query.limit, toTraceql(query.filter), 1, signal);
      return decoded(SEARCH, () => decodeTempoSearch(answer.body)).traces.map(summaryOf);
    };
    const { isExact, ...found } = await newestTraces(find, query.range, query.limit);
    return { ...found, notes: isExact ? [] : [NOT_THE_NEWEST] };
  }

  async trace(traceId: TraceId, options: TraceOptions = {}): Promise<TraceSet> {
    let what = watched({ path: `/api/v2/traces/${traceId}`, accept: PROTOBUF, signal: options.signal }, options);
    let answer = await this.client.send(what);
    if (answer.status === 404) {
      // Before 2.7 only the first version of this path is known; where both answer 404 the trace is absent.
      what = { ...what, path: `/api/traces/${traceId}` };
      answer = await this.client.send(what);
    }
    const { path } = what;
    const set = answer.status === 404 ? undefined : await this.decodeTrace(what, expectWhole(answer, path), options);
    if (!set || set.spanCount === 0) {
      throw traceNotFound(traceId, 'Tempo, in all that its retention keeps, whatever the time range', { path }, 'been sampled away, ');
    }
    return set;
  }

  sample({ filter, range, limit, resourceAttributes }: TraceQuery, { signal, budget, onProgress }: SampleOptions = {}): Promise<Sample> {
    const q = structureTraceql(toTraceql(filter), resourceAttributes);
    const fetchTrace = (traceId: TraceId) => this.settled.get(traceId, (shared) => this.trace(traceId, { signal: shared }), signal);
    return sampleWindow((slice, sliceLimit, meter) => this.structure(q, slice, sliceLimit, meter, signal), { range, limit, budget, onProgress, fetchTrace, counting: this.counting(filter, signal) });
  }

  /** Undefined for filters that cannot be applied here to what a structural search gives. */
  private counting(filter: TraceFilter, signal: AbortSignal | undefined): SpanCounting | undefined {
    if (filter.traceql?.trim() || filter.conditions?.length) {
      return undefined;
    }
    return {
      count: (range) => tempoSpanCounts(this.client, filter, range, { signal }),
      countedIn: (set) => matchingRows(set, filter).length,
    };
  }

  tags(range: TimeRangeMs, options: RequestOptions = {}): Promise<readonly Tag[]> {
    return tempoTags(this.client, range, options);
  }

  tagValues(query: TagValuesQuery, options: RequestOptions = {}): Promise<readonly string[]> {
    return tempoTagValues(this.client, query, options);
  }

  metrics(query: MetricsQuery, options: RequestOptions = {}): Promise<readonly MetricSeries[]> {
    return tempoMetrics(this.client, query, options);
  }

  capabilities(options: RequestOptions = {}): Promise<Capabilities> {
    return this.memory.get(options);
  }

  async probe(options: RequestOptions = {}): Promise<string> {
    const { metrics } = await this.askCapabilities(options);
    return `Tempo answers; TraceQL search works${metrics.isAvailable ? ', TraceQL metrics too' : '; no TraceQL metrics, figures come from samples'}`;
  }

  private async askCapabilities({ signal }: RequestOptions): Promise<Capabilities> {
    await this.client.json({ path: SEARCH, query: { q: '{ }', limit: 1 }, signal });
    return {
      api: 'Tempo',
      search: AVAILABLE,
      traceql: AVAILABLE,
      structureSearch: AVAILABLE,
      metrics: await probeMetrics(this.client, Date.now(), { signal }),
      dependencies: { isAvailable: false, reason: 'Tempo keeps no list of dependencies; the service map is drawn from traces' },
      tags: AVAILABLE,
    };
  }

  private async decodeTrace(what: HttpRequest, answer: HttpResponse, options: TraceOptions): Promise<TraceSet> {
    // A proxy in between may have ignored what we accept; the first byte of JSON tells.
    const isJson = answer.mediaType === 'application/json' || answer.body[0] === 0x7b;
    const set = await this.client.traces(what, answer, isJson ? decodeOtlpJson : decodeOtlpProtobuf, options);
    const partial = decoded(what.path, () => partialStatus(answer.body, isJson));
    return partial === undefined ? set : withNotice(set, 'partial', `This is not the whole trace. Tempo: ${partial}`);
  }

  private async structure(q: string, range: TimeRangeMs, limit: number, meter: BudgetMeter, signal: AbortSignal | undefined): Promise<SliceAnswer> {
    let answer: HttpResponse;
    try {
      answer = await this.ask(range, limit, q, this.spansPerSpanSet, signal);
    } catch (error) {
      if (isTooLarge(error) && limit >= SMALLEST_LIMIT * SHRINK && !meter.exhausted()) {
        return { ...(await this.structure(q, range, Math.floor(limit / SHRINK), meter, signal)), isLimited: true };
      }
      throw error;
    }
    meter.spend(answer.body.length);
    const found = decoded(SEARCH, () => decodeTempoSearch(answer.body));
    return { traces: found.set, isLimited: found.traces.length >= limit, incomplete: tracesToFetchWhole(found), notes: [] };
  }

  private async ask(range: TimeRangeMs, limit: number, q: string, spss: number, signal: AbortSignal | undefined): Promise<HttpResponse> {
    const what = (spansPerSpanSet: number) => ({ path: SEARCH, query: { q, ...secondsOf(range), limit, spss: spansPerSpanSet }, signal });
    const answer = await this.client.send(what(spss));
    const allowed = answer.status === 400 && /spans per span set exceeds (\d+)/.exec(new TextDecoder().decode(answer.body))?.[1];
    if (allowed && Number(allowed) < spss) {
      this.spansPerSpanSet = Number(allowed);
      return this.client.get(what(Number(allowed)));
    }
    return expectSuccess(answer, SEARCH);
  }
}

/** The query frontend refuses to pass on more than its gRPC limit, 16 MB by default. */
const isTooLarge = (error: unknown): error is BackendError => error instanceof BackendError && error.kind === 'http' && /larger than (the )?max/.test(error.message);

/** @throws BackendError of kind `http`, also where a trace is more than Tempo passes on: such a one is only had with other limits. */
function expectWhole(answer: HttpResponse, path: string): HttpResponse {
  try {
    return expectSuccess(answer, path);
  } catch (error) {
    if (!isTooLarge(error)) {
      throw error;
    }
    const limits = 'server.grpc_server_max_recv_msg_size and querier.frontend_worker.grpc_client_config.max_send_msg_size';
    throw new BackendError('http', `The trace is too large for this Tempo to pass on: raise ${limits} in its configuration. ${error.message}`, { path, status: answer.status, cause: error });
  }
}

function summaryOf(found: TempoSearch['traces'][number]): TraceSummary {
  return {
    traceId: found.traceId,
    rootService: found.rootServiceName,
    rootOperation: found.rootTraceName,
    startUnixNs: found.startUnixNs,
    durationNs: found.durationMs * 1e6,
    spanCount: found.spanCount,
    errorCount: found.errorCount,
  };
}
