import type { TraceId, TraceSet } from '../../trace';
import { BackendError } from '../http/http-client';
import type { BudgetMeter } from './budget';
import { mapLimited } from './map-limited';

/** More would take longer than anybody waits; the rest stays as the search gave it. */
const MOST_TRACES = 60;
const CONCURRENT_TRACES = 4;

export interface WholeTraces {
  readonly sets: readonly TraceSet[];
  /** Traces of which the search's part is all there is; those of `expiredCount` among them. */
  readonly missingCount: number;
  /** Traces that the search found and that the backend no longer has. */
  readonly expiredCount: number;
  /** Why the first of them could not be had. */
  readonly failure: BackendError | undefined;
  readonly notes: readonly string[];
}

/**
 * Fetches traces by id while the budget lasts. One that cannot be had is counted, not fatal.
 *
 * @throws BackendError of kind `aborted`
 */
export async function fetchWhole(traceIds: readonly TraceId[], fetch: (traceId: TraceId) => Promise<TraceSet>, meter: BudgetMeter): Promise<WholeTraces> {
  let failure: BackendError | undefined;
  let expiredCount = 0;
  const fetched = await mapLimited(traceIds.slice(0, MOST_TRACES), CONCURRENT_TRACES, async (traceId) => {
    if (meter.exhausted()) {
      return undefined;
    }
    try {
      const set = await fetch(traceId);
      meter.spend(set.columns.chunks.reduce((sum, { length }) => sum + length, 0));
      return set;
    } catch (error) {
      if (error instanceof BackendError && error.kind !== 'aborted') {
        failure ??= error;
        expiredCount += error.kind === 'notFound' ? 1 : 0;
        return undefined;
      }
      throw error;
    }
  });
  const sets = fetched.filter((set) => set !== undefined);
  return {
    sets,
    missingCount: traceIds.length - sets.length,
    expiredCount,
    failure,
    notes: [
      ...(sets.length > 0 ? [`${counted(sets.length, 'trace was', 'traces were')} read whole: too large or too fresh for the search, or in parts that it does not join`] : []),
      ...expiredNotes(expiredCount),
    ],
  };
}

/** What a reader must know of traces that a search found and that are no longer there. */
export const expiredNotes = (expiredCount: number): readonly string[] =>
  expiredCount > 0 ? [`${counted(expiredCount, 'trace', 'traces')} that the search found can no longer be read: expired since`] : [];

const counted = (count: number, one: string, more: string) => `${count.toLocaleString('en')} ${count === 1 ? one : more}`;
