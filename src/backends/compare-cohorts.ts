import { split, wholeSet, type Cohort } from '../analysis/compare/cohort';
import { compareCohorts, type Comparison } from '../analysis/compare/compare';
import { DurationSketch } from '../analysis/duration-sketch';
import { StatusCode, type TraceSet } from '../trace';
import type { Backend, RequestOptions, SampleOptions, Tag, TraceQuery } from './backend';
import { BackendError } from './http/http-client';

/** Against what: fine traces with failed ones, usual ones with the slowest tenth, the time before with this one. */
export type ComparedBy = 'errors' | 'duration' | 'before';

export interface SampledComparison {
  /** Undefined where one side has no traces. */
  readonly comparison: Comparison | undefined;
  /** What the two sides are, for headings. */
  readonly sides: readonly [string, string];
  readonly notes: readonly string[];
}

const SLOW_QUANTILE = 0.9;
/** A search that selects many more becomes slow, and the first of a vocabulary are those of the semantic conventions as well. */
const MOST_ATTRIBUTES = 60;

/** Compares the traces that a query finds with each other, or with those of the window before. */
export async function sampledComparison(backend: Backend, query: TraceQuery, by: ComparedBy, given: SampleOptions = {}): Promise<SampledComparison> {
  const options = { ...given, attributes: given.attributes ?? (await attributesOf(backend, query, given)) };
  if (by === 'before') {
    const { fromMs, toMs } = query.range;
    const earlier = { ...query, range: { fromMs: fromMs - (toMs - fromMs), toMs: fromMs } };
    const [before, now] = await Promise.all([backend.sample(earlier, options), backend.sample(query, options)]);
    return comparisonOf(wholeSet(before.traces), wholeSet(now.traces), ['before', 'now'], [...before.notes, ...now.notes]);
  }
  const { traces, notes } = await backend.sample(query, options);
  const { left, right } = split(traces, by === 'errors' ? hasError(traces) : isSlow(traces));
  return comparisonOf(left, right, by === 'errors' ? ['fine', 'failed'] : ['usual', 'slowest tenth'], notes);
}

/** What spans carry here; none where a backend's samples are whole traces, or it does not say. */
async function attributesOf(backend: Backend, { range }: TraceQuery, options: RequestOptions): Promise<readonly Tag[]> {
  const { structureSearch, tags } = await backend.capabilities(options);
  if (!structureSearch.isAvailable || !tags.isAvailable) {
    return [];
  }
  try {
    return (await backend.tags(range, options)).filter(({ scope }) => scope !== 'intrinsic').slice(0, MOST_ATTRIBUTES);
  } catch (error) {
    // The comparison of structure is worth having without.
    if (error instanceof BackendError && error.kind !== 'aborted') {
      return [];
    }
    throw error;
  }
}

function comparisonOf(left: Cohort, right: Cohort, sides: readonly [string, string], notes: readonly string[]): SampledComparison {
  const counts = sides.map((side, at) => `${[left, right][at].traces.length.toLocaleString('en')} traces ${side}`).join(', ');
  return { comparison: compareCohorts(left, right), sides, notes: [...new Set([counts, ...notes])] };
}

const hasError = (set: TraceSet) => (trace: number) => set.columns.status.subarray(set.firstRow(trace), set.endRow(trace)).includes(StatusCode.error);

function isSlow(set: TraceSet): (trace: number) => boolean {
  const durations = new DurationSketch();
  for (let trace = 0; trace < set.traceCount; trace++) {
    durations.add(set.traceDurationNs(trace));
  }
  const slowNs = set.traceCount > 0 ? durations.quantile(SLOW_QUANTILE) : Infinity;
  return (trace) => set.traceDurationNs(trace) > slowNs;
}
