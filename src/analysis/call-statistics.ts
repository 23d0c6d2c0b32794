import type { SpanId, TraceId, TraceSet } from '../trace';
import { StatusCode } from '../trace';
import { DurationSketch } from './duration-sketch';

export interface Exemplar {
  readonly traceId: TraceId;
  readonly spanId: SpanId;
  readonly durationNs: number;
  readonly error: boolean;
}

/** Count, errors and duration of some calls. Percentiles within 1 %; undefined without calls. */
export interface CallStatistics {
  readonly count: number;
  readonly errorCount: number;
  readonly meanNs: number | undefined;
  readonly p50Ns: number | undefined;
  readonly p95Ns: number | undefined;
  readonly p99Ns: number | undefined;
  /** The slowest calls, failed ones first. */
  readonly exemplars: readonly Exemplar[];
}

const EXEMPLARS = 5;

/** Gathers CallStatistics; mergeable. */
export class CallCounter {
  errorCount = 0;
  readonly durations = new DurationSketch();
  private exemplars: Exemplar[] = [];

  /** Counts the span at `row`; `failed` where another side of the call failed. */
  add(set: TraceSet, row: number, failed = false): void {
    const durationNs = set.columns.durationNs[row];
    const error = failed || set.columns.status[row] === StatusCode.error;
    this.durations.add(durationNs);
    this.errorCount += error ? 1 : 0;
    const last = this.exemplars.at(-1);
    if (this.exemplars.length < EXEMPLARS || last === undefined || ranksBefore(error, durationNs, last)) {
      this.keep([{ traceId: set.traceId(set.traceOf(row)), spanId: set.spanId(row), durationNs, error }]);
    }
  }

  merge(other: CallCounter): void {
    this.errorCount += other.errorCount;
    this.durations.merge(other.durations);
    this.keep(other.exemplars);
  }

  statistics(): CallStatistics {
    const { durations, errorCount } = this;
    return {
      count: durations.count, errorCount, meanNs: durations.meanNs,
      p50Ns: durations.quantile(0.5), p95Ns: durations.quantile(0.95), p99Ns: durations.quantile(0.99), exemplars: this.exemplars,
    };
  }

  private keep(more: readonly Exemplar[]): void {
    this.exemplars = [...this.exemplars, ...more].sort((a, b) => Number(b.error) - Number(a.error) || b.durationNs - a.durationNs).slice(0, EXEMPLARS);
  }
}

function ranksBefore(error: boolean, durationNs: number, other: Exemplar): boolean {
  return error === other.error ? durationNs > other.durationNs : error;
}
