import { decodeZipkinJson } from '../../formats';
import type { TraceId, TraceSet } from '../../trace';
import { traceNotFound } from '../asked-trace';
import {
  AVAILABLE, unavailable,
  type Backend, type Capabilities, type Dependency, type RequestOptions, type Sample, type SampleOptions, type SearchResult,
  type Tag, type TagValuesQuery, type TimeRangeMs, type TraceOptions, type TraceQuery,
} from '../backend';
import { CapabilityMemory } from '../capability-memory';
import { dependenciesOf } from '../dependencies';
import { matchingTraces } from '../filter/matches';
import { appliedNotes, splitFilter } from '../filter/split-filter';
import { ApiClient, type DecodeLarge } from '../http/api-client';
import { expectSuccess } from '../http/expect-success';
import { BackendError, type HttpTransport } from '../http/http-client';
import { watched } from '../http/incoming-trace';
import type { RequestPolicy } from '../http/request';
import { asArray, sortedTexts } from '../json';
import { BudgetMeter, DEFAULT_BUDGET } from '../sampling/budget';
import { sampleWindow } from '../sampling/sample-window';
import type { SliceAnswer } from '../sampling/slice-answer';
import { selectTraces } from '../sets/merge-sets';
import { tagsOfSet, tagValuesOfSet } from '../sets/tags-of-set';
import { summariesOf } from '../summarise';

const TRACES_FOR_TAGS = 50;
const TRACES = '/api/v2/traces';

/** Zipkin's HTTP API v2 (zipkin-api, zipkin2-api.yaml). Names of services and spans are in lower case there. */
export class ZipkinBackend implements Backend {
  readonly kind = 'zipkin';
  private readonly client: ApiClient;
  private readonly memory = new CapabilityMemory((options) => this.askCapabilities(options));

  constructor(transport: HttpTransport, policy?: RequestPolicy, decodeLarge?: DecodeLarge) {
    this.client = new ApiClient(transport, policy, decodeLarge);
  }

  async search(query: TraceQuery, options: RequestOptions = {}): Promise<SearchResult> {
    const { traces, isLimited, notes } = await this.find(query, new BudgetMeter(DEFAULT_BUDGET), options);
    return { traces: summariesOf(traces), isLimited, notes };
  }

  async trace(traceId: TraceId, options: TraceOptions = {}): Promise<TraceSet> {
    const what = watched({ path: `/api/v2/trace/${traceId}`, signal: options.signal }, options);
    const { path } = what;
    const answer = await this.client.send(what);
    if (answer.status === 404) {
      throw traceNotFound(traceId, 'Zipkin, in all that its storage keeps, whatever the time range', { path });
    }
    return this.client.traces(what, expectSuccess(answer, path), decodeZipkinJson, options);
  }

  sample({ filter, range, limit }: TraceQuery, { signal, budget, onProgress }: SampleOptions = {}): Promise<Sample> {
    return sampleWindow((slice, sliceLimit, meter) => this.find({ filter, range: slice, limit: sliceLimit }, meter, { signal }), { range, limit, budget, onProgress });
  }

  /** The tags that Zipkin was told to complete, and those of recent traces. */
  async tags(range: TimeRangeMs, options: RequestOptions = {}): Promise<readonly Tag[]> {
    const keys = sortedTexts(asArray(await this.client.json({ path: '/api/v2/autocompleteKeys', signal: options.signal })));
    const seen = tagsOfSet((await this.sample({ filter: {}, range, limit: TRACES_FOR_TAGS }, options)).traces);
    const listed = keys.filter((key) => !seen.some((tag) => tag.scope === 'span' && tag.key === key)).map((key): Tag => ({ scope: 'span', key }));
    return [...seen, ...listed].sort((a, b) => compareText(a.scope, b.scope) || compareText(a.key, b.key));
  }

  async tagValues({ tag, range, service }: TagValuesQuery, options: RequestOptions = {}): Promise<readonly string[]> {
    if (tag.scope !== 'span' && tag.key === 'service.name') {
      return this.texts('/api/v2/services', {}, options);
    }
    if (tag.scope === 'intrinsic' && tag.key === 'name' && service) {
      return this.texts('/api/v2/spans', { serviceName: service.toLowerCase() }, options);
    }
    const listed = tag.scope === 'intrinsic' ? [] : await this.texts('/api/v2/autocompleteValues', { key: tag.key }, options);
    return listed.length > 0 ? listed : tagValuesOfSet((await this.sample({ filter: { service }, range, limit: TRACES_FOR_TAGS }, options)).traces, tag);
  }

  async dependencies({ fromMs, toMs }: TimeRangeMs, { signal }: RequestOptions = {}): Promise<readonly Dependency[]> {
    const query = { endTs: Math.ceil(toMs), lookback: Math.ceil(toMs - fromMs) };
    return dependenciesOf(asArray(await this.client.json({ path: '/api/v2/dependencies', query, signal })));
  }

  capabilities(options: RequestOptions = {}): Promise<Capabilities> {
    return this.memory.get(options);
  }

  async probe(options: RequestOptions = {}): Promise<string> {
    const services = await this.texts('/api/v2/services', {}, options);
    return `Zipkin answers; ${services.length} services`;
  }

  private async askCapabilities(options: RequestOptions): Promise<Capabilities> {
    await this.texts('/api/v2/services', {}, options);
    return {
      api: 'Zipkin, API v2',
      search: AVAILABLE,
      traceql: unavailable('Zipkin does not understand TraceQL: use the service, operation, duration and tag fields'),
      structureSearch: unavailable('Zipkin has no search for structure only: whole traces are read, which takes longer'),
      metrics: unavailable('Zipkin computes no figures over time: they come from a sample of traces'),
      dependencies: AVAILABLE,
      tags: unavailable('Zipkin lists only the tags it was configured to complete: those of recent traces are offered too'),
    };
  }

  private async texts(path: string, query: Readonly<Record<string, string>>, { signal }: RequestOptions): Promise<string[]> {
    return sortedTexts(asArray(await this.client.json({ path, query, signal })));
  }

  private async find({ filter, range, limit }: TraceQuery, meter: BudgetMeter, { signal }: RequestOptions): Promise<SliceAnswer> {
    const split = splitFilter(filter, 'Zipkin');
    const tags = [...split.tags].map(([key, value]) => (value === '' ? key : `${key}=${value}`));
    const query = {
      serviceName: filter.service?.toLowerCase(),
      spanName: filter.operation?.toLowerCase(),
      annotationQuery: (filter.errorsOnly ? ['error', ...tags] : tags).join(' and ') || undefined,
      minDuration: filter.minDurationNs === undefined ? undefined : Math.ceil(filter.minDurationNs / 1000),
      maxDuration: filter.maxDurationNs === undefined ? undefined : Math.floor(filter.maxDurationNs / 1000),
      endTs: Math.ceil(range.toMs),
      lookback: Math.ceil(range.toMs - range.fromMs),
      limit,
    };
    const what = { path: TRACES, query, signal };
    const answer = await this.client.get(what);
    meter.spend(answer.body.length);
    const found = await this.client.traces(what, answer, decodeZipkinJson);
    const traces = split.applied.length > 0 ? selectTraces(found, matchingTraces(found, filter, { ignoreCase: true })) : found;
    return { traces, isLimited: found.traceCount >= limit, incomplete: [], notes: appliedNotes(split, 'Zipkin') };
  }
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
