/** The traces and the figures of one hot path, from one sample. */
import type { CallStatistics } from '../analysis/call-statistics';
import { hotPathStatus, type HotPath, type HotPathStatus } from '../analysis/hot-paths';
import { OperationsBuilder } from '../analysis/operations';
import { StatusCode, type TraceId, type TraceSet } from '../trace';
import type { Backend, SampleOptions, TraceQuery } from './backend';

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
  readonly calls: CallStatistics;
  /** Length of the time that the counts come from. */
  readonly windowS: number;
  readonly notes: readonly string[];
}

const PICKED_EACH = 5;

/** @param query must ask for the path's operation, so that the sample holds its traces */
export async function hotPathReport(backend: Backend, query: TraceQuery, path: HotPath, options: SampleOptions = {}): Promise<HotPathReport> {
  const { traces, coverage, notes } = await backend.sample(query, options);
  const status = hotPathStatus(new OperationsBuilder().add(traces), path);
  return { picked: pickCalls(callsOf(traces, path)), status, calls: status.calls, windowS: Math.max(1, coverage.coveredMs / 1000), notes };
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
