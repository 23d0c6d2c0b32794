/** What a backend is asked for, and answers, for a part of a window. */
import type { TraceId, TraceSet } from '../../trace';
import type { TimeRangeMs } from '../backend';
import type { BudgetMeter } from './budget';

/** What a backend answered for one range. */
export interface SliceAnswer {
  readonly traces: TraceSet;
  /** There are more traces in the range. */
  readonly isLimited: boolean;
  /** Traces that the answer does not hold in full. */
  readonly incomplete: readonly TraceId[];
  readonly notes: readonly string[];
}

/** Asks the backend for at most `limit` traces; spends what it reads, and stops reading when the budget is used up. */
export type AskSlice = (range: TimeRangeMs, limit: number, meter: BudgetMeter) => Promise<SliceAnswer>;

/** A trace is of the slice in which it starts, so that none is counted twice. */
export const startsIn = ({ fromMs, toMs }: TimeRangeMs) => (set: TraceSet, trace: number) => {
  const ms = startMs(set, trace);
  return ms >= fromMs && ms < toMs;
};

export const startMs = (set: TraceSet, trace: number): number => Number(set.baseUnixNs(trace)) / 1e6;
export const wholeSecond = (ms: number): number => Math.floor(ms / 1000) * 1000;
