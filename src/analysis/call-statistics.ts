/** Count, errors, durations and examples of calls (or of any spans), gathered span by span and mergeable. */
import { StatusCode, type SpanId, type TraceId, type TraceSet } from '../trace';
import { DurationSketch, type DurationSketchData } from './duration-sketch';

/** A span that shows what the figures say. */
export interface Exemplar {
  readonly traceId: TraceId;
  readonly spanId: SpanId;
  readonly durationNs: number;
  readonly error: boolean;
}

/** Durations are undefined where nothing was counted. Percentiles are nearest ranks within 1 %. */
export interface CallStatistics {
  readonly count: number;
  readonly errorCount: number;
  readonly meanNs: number | undefined;
  readonly p50Ns: number | undefined;
  readonly p95Ns: number | undefined;
  readonly p99Ns: number | undefined;
  /** All durations, within 1 %; undefined where they were not counted one by one. */
  readonly durations?: DurationSketchData;
  /** The slowest calls, failed ones first; the same ones in whatever order the spans came. */
  readonly exemplars: readonly Exemplar[];
}

const EXEMPLARS = 5;

export class CallCounter {
  errorCount = 0;
  readonly durations = new DurationSketch();
  /** Spans of a lower rank are none of the exemplars. */
  exemplarRank = -Infinity;
  private exemplars: Exemplar[] = [];

  get count(): number {
    return this.durations.count;
  }

  /** Counts the span at `row`. */
  add(set: TraceSet, row: number): void {
    this.durations.add(set.columns.durationNs[row]);
    this.judge(set, row);
  }

  /** The same but for its duration. */
  judge(set: TraceSet, row: number): void {
    const error = set.columns.status[row] === StatusCode.error;
    if (error) {
      this.errorCount++;
    }
    if (rankOf(set.columns.durationNs[row], error) >= this.exemplarRank) {
      this.keep(exemplarOf(set, row, error));
    }
  }

  /** Counts a call of which only the exemplar is left. */
  addExemplar(exemplar: Exemplar): void {
    this.durations.add(exemplar.durationNs);
    this.errorCount += exemplar.error ? 1 : 0;
    this.keep(exemplar);
  }

  merge(other: CallCounter): this {
    this.errorCount += other.errorCount;
    this.durations.merge(other.durations);
    other.exemplars.forEach((exemplar) => this.keep(exemplar));
    return this;
  }

  statistics(): CallStatistics {
    const { count, durations, errorCount, exemplars } = this;
    const known = count > 0;
    return {
      count,
      errorCount,
      meanNs: known ? durations.meanNs : undefined,
      p50Ns: known ? durations.quantile(0.5) : undefined,
      p95Ns: known ? durations.quantile(0.95) : undefined,
      p99Ns: known ? durations.quantile(0.99) : undefined,
      ...(known && { durations: durations.toData() }),
      exemplars: [...exemplars],
    };
  }

  /** Inserts where it belongs; the list is short and sorted. */
  keep(exemplar: Exemplar): void {
    const { exemplars } = this;
    let at = exemplars.length;
    while (at > 0 && compareExemplars(exemplar, exemplars[at - 1]) < 0) {
      at--;
    }
    if (at < EXEMPLARS) {
      exemplars.splice(at, 0, exemplar);
      exemplars.length = Math.min(exemplars.length, EXEMPLARS);
      const last = exemplars[EXEMPLARS - 1];
      this.exemplarRank = last === undefined ? -Infinity : rankOf(last.durationNs, last.error);
    }
  }
}

/** Failed before fine, slow before fast: durations are below 2^53 ns. */
export function rankOf(durationNs: number, error: boolean): number {
  return error ? durationNs : durationNs - Number.MAX_SAFE_INTEGER - 1;
}

export function exemplarOf(set: TraceSet, row: number, error: boolean): Exemplar {
  return { traceId: set.traceId(set.traceOf(row)), spanId: set.spanId(row), durationNs: set.columns.durationNs[row], error };
}

/** Failed before fine, slow before fast, then by id. */
function compareExemplars(a: Exemplar, b: Exemplar): number {
  return rankOf(b.durationNs, b.error) - rankOf(a.durationNs, a.error) || compareText(a.traceId, b.traceId) || compareText(a.spanId, b.spanId);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
