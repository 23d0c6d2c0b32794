/** The operations that a team watches, against their objectives. */
import type { CallStatistics } from './call-statistics';
import { ratioEstimate, type Estimate } from './estimate';
import type { OperationsBuilder } from './operations';

export interface HotPath {
  /** Span name. */
  readonly operation: string;
  /** All services that have the name unless given. */
  readonly service?: string;
  /** A call is good if it does not fail and takes no longer than this. */
  readonly objectiveNs: number;
  /** The share of calls that must be good, in (0, 1]. */
  readonly target: number;
}

/** The hot paths of the reference deployment. */
export const REFERENCE_HOT_PATHS: readonly HotPath[] = [
  { operation: 'auth.login', objectiveNs: 500e6, target: 0.99 },
  { operation: 'track.upload.initiate', objectiveNs: 1000e6, target: 0.99 },
  { operation: 'payment.webhook', objectiveNs: 1000e6, target: 0.995 },
  { operation: 'search.query', objectiveNs: 500e6, target: 0.99 },
];

export interface HotPathStatus {
  readonly path: HotPath;
  readonly calls: CallStatistics;
  /** Share of calls within the objective's duration, failed or not. */
  readonly fastShare: Estimate;
  readonly errorShare: Estimate;
  /**
   * `met` or `missed` where even the other end of the interval says so; `close` where the sample does not tell; `unseen`
   * without calls. Fast and failed calls are not told apart, so bad calls are at most the slow plus the failed ones.
   */
  readonly verdict: 'met' | 'missed' | 'close' | 'unseen';
}

/** How a hot path does in the spans that were counted; shares with their 95 % intervals. */
export function hotPathStatus(operations: OperationsBuilder, path: HotPath): HotPathStatus {
  const counter = operations.named(path.operation, path.service);
  const { count, durations, errorCount } = counter;
  const fastCount = count > 0 ? Math.round(durations.shareUpTo(path.objectiveNs) * count) : 0;
  const status = { path, calls: counter.statistics(), fastShare: ratioEstimate(fastCount, count), errorShare: ratioEstimate(errorCount, count) };
  if (count === 0) {
    return { ...status, verdict: 'unseen' };
  }
  const leastGood = ratioEstimate(Math.max(0, fastCount - errorCount), count);
  const mostGood = ratioEstimate(Math.min(fastCount, count - errorCount), count);
  return { ...status, verdict: leastGood.low >= path.target ? 'met' : mostGood.high < path.target ? 'missed' : 'close' };
}
