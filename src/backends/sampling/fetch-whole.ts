import type { TraceId, TraceSet } from '../../trace';
import { BackendError } from '../http/http-client';
import type { BudgetMeter } from './budget';
import { mapLimited } from './map-limited';

/** More would take longer than anybody waits; the rest stays as the search gave it. */
const MOST_TRACES = 60;
const CONCURRENT_TRACES = 4;

export interface WholeTraces {
  readonly sets: readonly TraceSet[];
  /** Traces of which the search's part is all there is. */
  readonly missingCount: number;
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
        return undefined;
      }
      throw error;
    }
  });
  const sets = fetched.filter((set) => set !== undefined);
  return {
    sets,
    missingCount: traceIds.length - sets.length,
    failure,
    notes: sets.length > 0 ? [`${sets.length.toLocaleString('en')} ${sets.length === 1 ? 'trace was' : 'traces were'} read whole: too large or too fresh for the search, or in parts that it does not join`] : [],
  };
}
