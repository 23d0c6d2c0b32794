/** The traces and the figures of one hot path, from one sample. */
import { hotPathStatus, type HotPath, type HotPathStatus } from '../analysis/hot-paths';
import { OperationsBuilder } from '../analysis/operations';
import { StatusCode, type TraceId, type TraceSet } from '../trace';
import type { Backend, SampleOptions, TraceQuery } from './backend';
import { operationsOverTime } from './operations-over-time';

/** Why a trace is in the list. */
export type PickedAs = 'newest' | 'slowest' | 'failed';

/** A call of the hot path; the trace's slowest where it has several. */
export interface PickedCall {
  readonly traceId: TraceId;
  readonly pickedAs: PickedAs;
  readonly service: string;
  readonly startUnixNs: bigint;
  readonly durationNs: number;
  readonly isFailed: boolean;
}

export interface HotPathReport {
  /** Newest, then slowest, then failed; a trace once in each. */
  readonly picked: readonly PickedCall[];
  readonly status: HotPathStatus;
  /** Calls a second; undefined where nothing tells it. */
  readonly ratePerS: number | undefined;
  readonly notes: readonly string[];
}

const PICKED_EACH = 5;

/** @param query must ask for the path's operation, so that the sample holds its traces */
export async function hotPathReport(backend: Backend, query: TraceQuery, path: HotPath, options: SampleOptions = {}): Promise<HotPathReport> {
  const { traces, coverage, notes } = await backend.sample(query, options);
  const status = hotPathStatus(new OperationsBuilder().add(traces), path);
  // The newest traces alone say nothing of the rate, only that it is no lower.
  const ratePerS = coverage.kind === 'newest' ? await meanRate(backend, query, path, options) : status.calls.count / Math.max(1, coverage.coveredMs / 1000);
  return { picked: pickCalls(callsOf(traces, path)), status, ratePerS, notes };
}

const RATE_STEP_MS = 60_000;

/** From the backend's own metrics, where it has them. */
async function meanRate(backend: Backend, query: TraceQuery, { operation, service }: HotPath, { signal }: SampleOptions): Promise<number | undefined> {
  const { operations } = await operationsOverTime(backend, query, RATE_STEP_MS, { signal });
  const counted = operations.filter((curves) => curves.operation === operation && (service === undefined || curves.service === service));
  const means = counted.map(({ ratePerS }) => ratePerS.reduce<number>((sum, rate) => sum + (rate ?? 0), 0) / Math.max(1, ratePerS.length));
  return means.length > 0 ? means.reduce((sum, mean) => sum + mean, 0) : undefined;
}

/** One call a trace. */
function callsOf(set: TraceSet, { operation, service }: HotPath): Array<Omit<PickedCall, 'pickedAs'>> {
  const { durationNs, startNs, status } = set.columns;
  return Array.from({ length: set.traceCount }, (_, trace) => trace).flatMap((trace) => {
    let slowest: number | undefined;
    for (let row = set.firstRow(trace); row < set.endRow(trace); row++) {
      const isCall = set.operation(row) === operation && (service === undefined || set.service(row) === service);
      if (isCall && (slowest === undefined || durationNs[row] > durationNs[slowest])) {
        slowest = row;
      }
    }
    return slowest === undefined
      ? []
      : [
          {
            traceId: set.traceId(trace),
            service: set.service(slowest),
            startUnixNs: set.baseUnixNs(trace) + BigInt(Math.round(startNs[slowest])),
            durationNs: durationNs[slowest],
            isFailed: status[slowest] === StatusCode.error,
          },
        ];
  });
}

function pickCalls(calls: ReadonlyArray<Omit<PickedCall, 'pickedAs'>>): PickedCall[] {
  const newest = [...calls].sort((a, b) => (a.startUnixNs > b.startUnixNs ? -1 : a.startUnixNs < b.startUnixNs ? 1 : 0));
  const slowest = [...newest].sort((a, b) => b.durationNs - a.durationNs);
  const failed = newest.filter(({ isFailed }) => isFailed);
  const pick = (from: typeof newest, pickedAs: PickedAs) => from.slice(0, PICKED_EACH).map((call) => ({ ...call, pickedAs }));
  return [...pick(newest, 'newest'), ...pick(slowest, 'slowest'), ...pick(failed, 'failed')];
}
