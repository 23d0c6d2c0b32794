import type { TraceId, TraceSet } from '../../trace';
import { traceNotFound } from '../asked-trace';
import {
  AVAILABLE, unavailable,
  type Backend, type Capabilities, type Dependency, type MetricSeries, type MetricsQuery, type RequestOptions, type Sample, type SampleOptions, type SearchResult,
  type Support, type Tag, type TagValuesQuery, type TimeRangeMs, type TraceOptions, type TraceQuery,
} from '../backend';
import { CapabilityMemory } from '../capability-memory';
import { matchingTraces } from '../filter/matches';
import { appliedNotes, splitFilter, type SplitFilter } from '../filter/split-filter';
import { ApiClient, type DecodeLarge } from '../http/api-client';
import { BackendError, type HttpTransport } from '../http/http-client';
import type { RequestPolicy } from '../http/request';
import { BudgetMeter, DEFAULT_BUDGET } from '../sampling/budget';
import { mapLimited } from '../sampling/map-limited';
import { sampleWindow } from '../sampling/sample-window';
import type { SliceAnswer } from '../sampling/slice-answer';
import { mergeSets, selectTraces } from '../sets/merge-sets';
import { tagsOfSet, tagValuesOfSet } from '../sets/tags-of-set';
import { summariesOf } from '../summarise';
import type { JaegerApi } from './jaeger-api';
import { jaegerDependencies } from './jaeger-dependencies';
import { jaegerMetrics, probeJaegerMetrics } from './jaeger-metrics';
import { openJaegerApi } from './jaeger-version';

/** Jaeger finds traces of one service at a time; without one named, this many are asked. */
const MAX_SERVICES_ASKED = 20;
const CONCURRENT_SERVICES = 4;
/** Jaeger lists no tags: they are read off so many traces. */
const TRACES_FOR_TAGS = 50;

/** Jaeger's HTTP query API, v3 where it is there, else v2. */
export class JaegerBackend implements Backend {
  readonly kind = 'jaeger';
  private readonly client: ApiClient;
  private readonly memory = new CapabilityMemory((options) => this.askCapabilities(options));
  private version: JaegerApi | undefined;

  constructor(
    transport: HttpTransport,
    policy?: RequestPolicy,
    decodeLarge?: DecodeLarge,
    private readonly now: () => number = Date.now
  ) {
    this.client = new ApiClient(transport, policy, decodeLarge);
  }

  async search(query: TraceQuery, options: RequestOptions = {}): Promise<SearchResult> {
    const { traces, isLimited, notes } = await this.find(query, new BudgetMeter(DEFAULT_BUDGET, this.now), options);
    const summaries = summariesOf(traces);
    return { traces: summaries.slice(0, query.limit), isLimited, notes };
  }

  async trace(traceId: TraceId, options: TraceOptions = {}): Promise<TraceSet> {
    const set = await (await this.api({ signal: options.signal })).trace(traceId, options);
    if (set === undefined || set.spanCount === 0) {
      throw traceNotFound(traceId, 'Jaeger, in all that its storage keeps, whatever the time range');
    }
    return set;
  }

  sample({ filter, range, limit }: TraceQuery, { signal, budget, onProgress }: SampleOptions = {}): Promise<Sample> {
    return sampleWindow((slice, sliceLimit, meter) => this.find({ filter, range: slice, limit: sliceLimit }, meter, { signal }), { range, limit, budget, onProgress });
  }

  async tags(range: TimeRangeMs, options: RequestOptions = {}): Promise<readonly Tag[]> {
    return tagsOfSet((await this.sample({ filter: {}, range, limit: TRACES_FOR_TAGS }, options)).traces);
  }

  async tagValues({ tag, range, service }: TagValuesQuery, options: RequestOptions = {}): Promise<readonly string[]> {
    if (tag.scope !== 'span' && tag.key === 'service.name') {
      return (await this.api(options)).services(options);
    }
    if (tag.scope === 'intrinsic' && tag.key === 'name' && service) {
      return (await this.api(options)).operations(service, options);
    }
    return tagValuesOfSet((await this.sample({ filter: { service }, range, limit: TRACES_FOR_TAGS }, options)).traces, tag);
  }

  /** Of the service named in the filter, or of all of them. */
  async metrics(query: MetricsQuery, options: RequestOptions = {}): Promise<readonly MetricSeries[]> {
    const services = query.filter.service ? [query.filter.service] : await (await this.api(options)).services(options);
    const answers = await mapLimited(services.slice(0, MAX_SERVICES_ASKED), CONCURRENT_SERVICES, (service) => jaegerMetrics(this.client, service, query, options));
    return answers.flat();
  }

  dependencies(range: TimeRangeMs, options: RequestOptions = {}): Promise<readonly Dependency[]> {
    return jaegerDependencies(this.client, range, options);
  }

  capabilities(options: RequestOptions = {}): Promise<Capabilities> {
    return this.memory.get(options);
  }

  async probe(options: RequestOptions = {}): Promise<string> {
    const api = await this.api(options);
    const services = await api.services(options);
    const { dependencies, metrics } = await this.askCapabilities(options);
    const has = (name: string, { isAvailable }: Support) => `${isAvailable ? '' : 'no '}${name}`;
    return `Jaeger answers by its ${api.name}; ${services.length} services; ${has('dependencies', dependencies)}; ${has('monitor metrics', metrics)}`;
  }

  private async askCapabilities(options: RequestOptions): Promise<Capabilities> {
    const api = await this.api(options);
    return {
      api: `Jaeger, ${api.name}`,
      search: AVAILABLE,
      traceql: unavailable('Jaeger does not understand TraceQL: use the service, operation, duration and tag fields'),
      structureSearch: unavailable('Jaeger has no search for structure only: whole traces are read, which takes longer'),
      metrics: await probeJaegerMetrics(this.client, this.now(), options),
      dependencies: await this.probeDependencies(options),
      tags: unavailable('Jaeger lists no tags: those of recent traces are offered'),
    };
  }

  private async probeDependencies(options: RequestOptions) {
    try {
      await this.dependencies({ fromMs: this.now() - 3_600_000, toMs: this.now() }, options);
      return AVAILABLE;
    } catch (error) {
      if (error instanceof BackendError && error.kind === 'http') {
        return unavailable(`This Jaeger gives no dependencies. ${error.message}`);
      }
      throw error;
    }
  }

  private async api(options: RequestOptions): Promise<JaegerApi> {
    return (this.version ??= await openJaegerApi(this.client, this.now(), options));
  }

  private async find(query: TraceQuery, meter: BudgetMeter, options: RequestOptions): Promise<SliceAnswer> {
    const { filter, range, limit } = query;
    const api = await this.api(options);
    const split = splitFilter(filter, 'Jaeger', api.takesTags);
    const services = filter.service ? [filter.service] : await api.services(options);
    const asked = services.slice(0, MAX_SERVICES_ASKED);
    const { operation, minDurationNs, maxDurationNs } = filter;
    const tags = filter.errorsOnly && api.takesTags ? new Map([...split.tags, ['error', 'true']]) : split.tags;
    let isLimited = false;
    // Every service may have all the traces that are wanted: the newest of them are not known before all were asked.
    const found = await mapLimited(asked, CONCURRENT_SERVICES, async (service) => {
      if (meter.exhausted()) {
        isLimited = true;
        return undefined;
      }
      const { traces, byteCount } = await api.find({ service, operation, tags, minDurationNs, maxDurationNs, range, limit }, options);
      meter.spend(byteCount);
      isLimited ||= traces.traceCount >= limit;
      return traces;
    });
    const merged = mergeSets(found.filter((set) => set !== undefined));
    const traces = split.applied.length > 0 ? selectTraces(merged, matchingTraces(merged, filter)) : merged;
    return { traces, isLimited, incomplete: [], notes: this.notes(split, asked.length, services.length) };
  }

  private notes(split: SplitFilter, askedCount: number, serviceCount: number): string[] {
    const left = serviceCount - askedCount;
    return [...appliedNotes(split, 'Jaeger'), ...(left > 0 ? [`Jaeger is asked service by service: the first ${askedCount} were, ${left} were not`] : [])];
  }
}
