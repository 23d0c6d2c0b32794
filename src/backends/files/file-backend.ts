/** Traces of files that a user opened, as a backend: kept in memory, never sent anywhere. */
import type { TraceId, TraceSet } from '../../trace';
import {
  AVAILABLE, unavailable,
  type Backend, type Capabilities, type Sample, type SearchResult, type Tag, type TagValuesQuery, type TimeRangeMs, type TraceQuery,
} from '../backend';
import { matchingTraces } from '../filter/matches';
import { isEmptyFilter } from '../filter/trace-filter';
import { BackendError } from '../http/http-client';
import { fullCoverage } from '../sampling/coverage';
import { selectTraces } from '../sets/merge-sets';
import { tagsOfSet, tagValuesOfSet } from '../sets/tags-of-set';
import { summariesOf } from '../summarise';

export class FileBackend implements Backend {
  readonly kind = 'file';

  /** @param name for messages: the file's, or "3 files" */
  constructor(
    private readonly name: string,
    private readonly set: TraceSet
  ) {}

  async search(query: TraceQuery): Promise<SearchResult> {
    const { found, notes } = this.find(query);
    const traces = summariesOf(found);
    return { traces: traces.slice(0, query.limit), isLimited: traces.length > query.limit, notes };
  }

  async trace(traceId: TraceId): Promise<TraceSet> {
    const index = this.set.traceIndex(traceId);
    if (index === undefined) {
      throw new BackendError('notFound', `Trace ${traceId} is not in ${this.name}`, { status: 404 });
    }
    return selectTraces(this.set, [index]);
  }

  /** All of them: nothing has to be downloaded, so neither the limit nor a budget matters. */
  async sample(query: TraceQuery): Promise<Sample> {
    const { found, notes } = this.find(query);
    return { traces: found, isLimited: false, incompleteTraceCount: 0, coverage: fullCoverage(query.range, found.traceCount), notes };
  }

  async tags(): Promise<readonly Tag[]> {
    return tagsOfSet(this.set);
  }

  async tagValues({ tag }: TagValuesQuery): Promise<readonly string[]> {
    return tag.scope !== 'span' && tag.key === 'service.name' ? [...this.set.columns.services].sort() : tagValuesOfSet(this.set, tag);
  }

  async probe(): Promise<string> {
    return `${this.name}: ${this.set.traceCount.toLocaleString('en')} traces`;
  }

  async capabilities(): Promise<Capabilities> {
    return {
      api: this.name,
      search: AVAILABLE,
      traceql: unavailable('TraceQL needs a Tempo: use the service, operation, duration and tag fields'),
      structureSearch: AVAILABLE,
      metrics: unavailable('Figures over time are counted from the traces of the file'),
      dependencies: unavailable('Files hold no list of dependencies; the service map is drawn from their traces'),
      tags: AVAILABLE,
    };
  }

  private find({ filter, range }: TraceQuery): { found: TraceSet; notes: string[] } {
    if (filter.traceql?.trim()) {
      throw new BackendError('unsupported', 'Files cannot be asked in TraceQL: use the service, operation, duration and tag fields');
    }
    const startsIn = (trace: number) => {
      const startMs = Number(this.set.baseUnixNs(trace)) / 1e6;
      return startMs >= range.fromMs && startMs < range.toMs;
    };
    const matching = isEmptyFilter(filter) ? Array.from({ length: this.set.traceCount }, (_, trace) => trace) : matchingTraces(this.set, filter);
    const found = matching.filter(startsIn);
    const outside = matching.length - found.length;
    return {
      found: selectTraces(this.set, found),
      notes: outside > 0 ? [`${outside.toLocaleString('en')} more traces of ${this.name} start outside this time range: it holds ${rangeText(timeRangeOf(this.set))}`] : [],
    };
  }
}

/** From the first start to the last end of a set's traces, in whole ms; empty at 0 where it has none. */
export function timeRangeOf(set: TraceSet): TimeRangeMs {
  let [fromMs, toMs] = [Infinity, -Infinity];
  for (let trace = 0; trace < set.traceCount; trace++) {
    const startMs = Number(set.baseUnixNs(trace)) / 1e6;
    fromMs = Math.min(fromMs, startMs);
    toMs = Math.max(toMs, startMs + set.traceDurationNs(trace) / 1e6);
  }
  return set.traceCount === 0 ? { fromMs: 0, toMs: 0 } : { fromMs: Math.floor(fromMs), toMs: Math.ceil(toMs) + 1 };
}

const rangeText = ({ fromMs, toMs }: TimeRangeMs): string => `${textOf(fromMs)} to ${textOf(toMs)}`;

/** Times in files may be anything. */
function textOf(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? `${ms} ms` : date.toISOString();
}
