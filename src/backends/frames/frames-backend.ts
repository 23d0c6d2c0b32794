/**
 * Any data source of Grafana that returns traces as frames: it is asked in its own query model, and what its frames allow is
 * what can be done. Trace frames are traces; tables with trace ids are lists of traces that are then asked for one by one.
 */
import { decodeTraceFrame, FormatError } from '../../formats';
import type { TraceId, TraceSet } from '../../trace';
import { traceNotFound } from '../asked-trace';
import {
  AVAILABLE, byNewest, unavailable,
  type Backend, type Capabilities, type RequestOptions, type Sample, type SampleOptions, type SearchResult, type Support, type Tag,
  type TagValuesQuery, type TimeRangeMs, type TraceOptions, type TraceQuery, type TraceSummary,
} from '../backend';
import { CapabilityMemory } from '../capability-memory';
import { matchingTraces } from '../filter/matches';
import { isEmptyFilter } from '../filter/trace-filter';
import { BackendError } from '../http/http-client';
import type { BudgetMeter } from '../sampling/budget';
import { expiredNotes, fetchWhole } from '../sampling/fetch-whole';
import { sampleWindow } from '../sampling/sample-window';
import type { SliceAnswer } from '../sampling/slice-answer';
import { emptySet, mergeSets, selectTraces } from '../sets/merge-sets';
import { tagsOfSet, tagValuesOfSet } from '../sets/tags-of-set';
import { summariesOf } from '../summarise';
import { filledIn, type FrameQueries, type QueryModel } from './frame-queries';
import { isTraceFrame, listedTraces, type ListedTrace } from './trace-table';

/** Sends a query to the data source; resolves with its frames, rejects with a BackendError. See data-source-frames.ts. */
export type AskFrames = (query: QueryModel, range: TimeRangeMs, signal: AbortSignal | undefined) => Promise<readonly unknown[]>;

/** Tags and services are read off so many traces. */
const TRACES_FOR_TAGS = 20;
const HOUR_MS = 3_600_000;
/** A trace is asked for by its id alone; data sources that want a range are given one that holds all they keep. */
const LOOK_BACK_DAYS = 30;
const LOOK_BACK_MS = LOOK_BACK_DAYS * 24 * HOUR_MS;

/** What a search was answered with. */
interface Found {
  /** Traces that are in the answer. */
  readonly traces: TraceSet;
  /** Traces that it only names. */
  readonly listed: readonly ListedTrace[];
  readonly isLimited: boolean;
}

export class FramesBackend implements Backend {
  readonly kind = 'frames';
  private readonly memory = new CapabilityMemory((options) => this.askCapabilities(options));
  /** Ids as the data source wrote them, which it may not know in our form. */
  private readonly idTexts = new Map<TraceId, string>();

  /** @param name of the data source, for messages */
  constructor(
    private readonly name: string,
    private readonly queries: FrameQueries,
    private readonly ask: AskFrames,
    private readonly now: () => number = Date.now
  ) {}

  async search(query: TraceQuery, { signal }: RequestOptions = {}): Promise<SearchResult> {
    const { traces, listed, isLimited } = await this.find(query, signal);
    const kept = this.matching(traces, query);
    const wanted = listed.filter((trace) => isWanted(trace, query));
    const summaries: TraceSummary[] = [...summariesOf(kept), ...wanted].sort(byNewest);
    return {
      traces: summaries.slice(0, query.limit),
      isLimited: isLimited || summaries.length > query.limit,
      notes: [...this.filterNotes(query, traces.traceCount > 0), ...(listed.length > 0 ? listedFilterNotes(query) : [])],
    };
  }

  async trace(traceId: TraceId, { signal }: TraceOptions = {}): Promise<TraceSet> {
    const idText = this.idTexts.get(traceId) ?? traceId;
    const range = { fromMs: this.now() - LOOK_BACK_MS, toMs: this.now() + HOUR_MS };
    const frames = await this.ask(filledIn(this.queries.trace, { traceId: idText }), range, signal);
    const set = this.decoded(frames.filter(isTraceFrame));
    const index = set.traceIndex(traceId);
    if (index !== undefined) {
      return selectTraces(set, [index]);
    }
    if (frames.length > 0 && !frames.some(isTraceFrame)) {
      throw new BackendError('format', `${this.name} answered with frames that hold no spans: expected fields traceID, spanID, startTime, duration; check the trace query in the settings`);
    }
    throw traceNotFound(idText, `${this.name}, for the last ${LOOK_BACK_DAYS} days`);
  }

  sample({ filter, range, limit }: TraceQuery, { signal, budget, onProgress }: SampleOptions = {}): Promise<Sample> {
    return sampleWindow((slice, sliceLimit, meter) => this.slice({ filter, range: slice, limit: sliceLimit }, meter, signal), { range, limit, budget, onProgress });
  }

  async tags(range: TimeRangeMs, options: RequestOptions = {}): Promise<readonly Tag[]> {
    return tagsOfSet((await this.sample({ filter: {}, range, limit: TRACES_FOR_TAGS }, options)).traces);
  }

  async tagValues({ tag, range, service }: TagValuesQuery, options: RequestOptions = {}): Promise<readonly string[]> {
    const { traces } = await this.sample({ filter: { service }, range, limit: TRACES_FOR_TAGS }, options);
    return tag.scope !== 'span' && tag.key === 'service.name' ? [...traces.columns.services].sort() : tagValuesOfSet(traces, tag);
  }

  capabilities(options: RequestOptions = {}): Promise<Capabilities> {
    return this.memory.get(options);
  }

  async probe(options: RequestOptions = {}): Promise<string> {
    const { search } = await this.askCapabilities(options);
    return search.isAvailable ? `${this.name} answers; its frames give traces and searches` : `${this.name} can be asked for traces by id. ${search.reason}`;
  }

  private async askCapabilities({ signal }: RequestOptions): Promise<Capabilities> {
    const none = (what: string) => unavailable(`${this.name} is read through its frames, which ${what}`);
    return {
      api: `${this.name}, as Grafana's frames`,
      search: await this.probeSearch(signal),
      traceql: none('TraceQL cannot ask for: use the service, operation, duration and tag fields'),
      structureSearch: none('are of whole traces: maps take longer'),
      metrics: none('hold no figures over time: they come from a sample of traces'),
      dependencies: none('hold no dependencies: the map is drawn from traces'),
      tags: none('list no tags: those of recent traces are offered'),
    };
  }

  private async probeSearch(signal: AbortSignal | undefined): Promise<Support> {
    if (!this.queries.search) {
      return this.noSearch();
    }
    const frames = await this.ask(filledIn(this.queries.search, { limit: '1' }), { fromMs: this.now() - HOUR_MS, toMs: this.now() }, signal);
    const isUsable = frames.length === 0 || frames.some((frame) => isTraceFrame(frame) || listedTraces(frame) !== undefined);
    return isUsable ? AVAILABLE : unavailable(this.noTraces());
  }

  private noSearch(): { isAvailable: false; reason: string } {
    const reason = `How ${this.name} is searched is not known: write its search query in the settings of a Veza Traces data source that stands on it`;
    return { isAvailable: false, reason };
  }

  private noTraces(): string {
    return `${this.name} answers the search with frames that name no traces: expected trace frames, or a table with a column traceID`;
  }

  private async slice(query: TraceQuery, meter: BudgetMeter, signal: AbortSignal | undefined): Promise<SliceAnswer> {
    const { traces, listed, isLimited } = await this.find(query, signal);
    spend(meter, traces);
    const wanted = listed.slice(0, query.limit).map(({ traceId }) => traceId);
    const whole = await fetchWhole(wanted, (traceId) => this.trace(traceId, { signal }), meter);
    if (whole.failure && whole.sets.length === 0 && traces.traceCount === 0) {
      throw whole.failure;
    }
    const all = mergeSets([traces, ...whole.sets]);
    return {
      traces: this.matching(all, query),
      isLimited: isLimited || whole.missingCount > whole.expiredCount,
      incomplete: [],
      notes: [...this.filterNotes(query, true), ...expiredNotes(whole.expiredCount)],
    };
  }

  private async find({ range, limit }: TraceQuery, signal: AbortSignal | undefined): Promise<Found> {
    if (!this.queries.search) {
      throw new BackendError('unsupported', this.noSearch().reason);
    }
    const frames = await this.ask(filledIn(this.queries.search, { limit: String(limit) }), range, signal);
    const traceFrames = frames.filter(isTraceFrame);
    const tables = frames.filter((frame) => !isTraceFrame(frame)).map(listedTraces);
    if (frames.length > 0 && traceFrames.length === 0 && tables.every((table) => table === undefined)) {
      throw new BackendError('format', this.noTraces());
    }
    const traces = this.decoded(traceFrames);
    const listed = tables.flatMap((table) => table ?? []).filter(({ traceId }) => traces.traceIndex(traceId) === undefined);
    listed.forEach(({ traceId, idText }) => this.idTexts.set(traceId, idText));
    return { traces, listed, isLimited: traces.traceCount + listed.length >= limit };
  }

  private decoded(frames: readonly unknown[]): TraceSet {
    try {
      return frames.length === 0 ? emptySet() : mergeSets(frames.map(decodeTraceFrame));
    } catch (cause) {
      throw cause instanceof FormatError ? new BackendError('format', `The frames of ${this.name} could not be read: ${cause.message}`, { cause }) : cause;
    }
  }

  private matching(set: TraceSet, { filter }: TraceQuery): TraceSet {
    if (filter.traceql?.trim()) {
      throw new BackendError('unsupported', `${this.name} does not understand TraceQL: use the service, operation, duration and tag fields`);
    }
    return isEmptyFilter(filter) ? set : selectTraces(set, matchingTraces(set, filter));
  }

  private filterNotes({ filter }: TraceQuery, hasTraces: boolean): string[] {
    return hasTraces && !isEmptyFilter(filter) ? [`${this.name} is asked without the filter: applied here, to the traces that it found`] : [];
  }
}

/** What a table tells of a trace must fit; what it does not tell is not held against it. */
function isWanted({ rootService, rootOperation, durationNs }: ListedTrace, { filter }: TraceQuery): boolean {
  return (
    (!filter.service || !rootService || rootService === filter.service) &&
    (!filter.operation || !rootOperation || rootOperation === filter.operation) &&
    (filter.minDurationNs === undefined || durationNs === 0 || durationNs >= filter.minDurationNs)
  );
}

function listedFilterNotes({ filter }: TraceQuery): string[] {
  return isEmptyFilter(filter) ? [] : ['Of traces that are only listed, the filter was applied to the service, name and duration in the list: other conditions were not'];
}

const spend = (meter: BudgetMeter, set: TraceSet): void => meter.spend(set.columns.chunks.reduce((sum, { length }) => sum + length, 0));
