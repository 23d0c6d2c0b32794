/** Rate, errors and duration of operations over time: from the backend's metrics where it has them, else from a sample. */
import { DurationSketch } from '../analysis/duration-sketch';
import { StatusCode, type TraceSet } from '../trace';
import type { Backend, MetricSeries, MetricsQuery, RequestOptions, Sample, TraceQuery } from './backend';
import { matchingRows } from './filter/matches';
import { BackendError } from './http/http-client';

/** `null` where nothing is known, as between the slices of a sample. */
export type Curve = ReadonlyArray<number | null>;

export interface OperationCurves {
  readonly service: string;
  readonly operation: string;
  readonly ratePerS: Curve;
  readonly errorsPerS: Curve;
  readonly p95Ns: Curve;
}

export interface OperationsOverTime {
  /** Start of each step, Unix ms. */
  readonly timesMs: readonly number[];
  /** The busiest first. */
  readonly operations: readonly OperationCurves[];
  readonly notes: readonly string[];
}

/** More curves than this cannot be told apart. */
const MOST_OPERATIONS = 20;

/**
 * The curves of the busiest operations in steps of `stepMs`.
 * @throws BackendError where the backend can be asked neither for metrics nor for a sample
 */
export async function operationsOverTime(backend: Backend, query: TraceQuery, stepMs: number, options: RequestOptions = {}): Promise<OperationsOverTime> {
  const { metrics } = await backend.capabilities(options);
  if (!metrics.isAvailable || !backend.metrics) {
    return ofSample(await backend.sample(query, options), query, stepMs);
  }
  const ask = (figure: MetricsQuery['figure']) => backend.metrics!({ filter: query.filter, range: query.range, stepMs, figure, by: 'operation' }, options);
  try {
    const [rates, errors, p95s] = await Promise.all([ask({ kind: 'rate' }), ask({ kind: 'errorRate' }), ask({ kind: 'quantile', q: 0.95 })]);
    return { ...ofMetrics(rates, errors, p95s), notes: metrics.note ? [metrics.note] : [] };
  } catch (error) {
    // A range that is longer than the backend allows for metrics, or a filter that its metrics do not know.
    if (!(error instanceof BackendError && (error.kind === 'http' || error.kind === 'unsupported'))) {
      throw error;
    }
    const { notes, ...sampled } = ofSample(await backend.sample(query, options), query, stepMs);
    return { ...sampled, notes: [`From a sample of traces, because ${error.message}`, ...notes] };
  }
}

function ofMetrics(rates: readonly MetricSeries[], errors: readonly MetricSeries[], p95s: readonly MetricSeries[]): OperationsOverTime {
  const timesMs = [...new Set(rates.flatMap((series) => series.timesMs))].sort((a, b) => a - b);
  const curveOf = (list: readonly MetricSeries[], wanted: MetricSeries, absent: number | null, factor = 1): Curve => {
    const found = list.find((series) => keyOf(series) === keyOf(wanted));
    const valueAt = new Map(found?.timesMs.map((timeMs, at) => [timeMs, found.values[at]]));
    return timesMs.map((timeMs) => {
      const value = valueAt.get(timeMs);
      return value === undefined || value === null ? absent : value * factor;
    });
  };
  const operations = rates.map((series): OperationCurves => {
    const ratePerS = curveOf(rates, series, 0);
    return {
      ...nameOf(series),
      ratePerS,
      errorsPerS: curveOf(errors, series, 0),
      // Without a call there is no duration, whatever the quantile of nothing is said to be.
      p95Ns: curveOf(p95s, series, null, 1e9).map((value, at) => (ratePerS[at] ? value : null)),
    };
  });
  return { timesMs, operations: busiest(operations), notes: [] };
}

const nameOf = ({ labels }: MetricSeries) => ({ service: labels['resource.service.name'] ?? '', operation: labels.name ?? '' });
const keyOf = (series: MetricSeries): string => JSON.stringify(nameOf(series));

interface Counts {
  readonly service: string;
  readonly operation: string;
  readonly durations: DurationSketch[];
  readonly errors: Uint32Array;
}

function ofSample({ traces, coverage, notes }: Sample, { filter, range }: TraceQuery, stepMs: number): OperationsOverTime {
  const firstMs = Math.floor(range.fromMs / stepMs) * stepMs;
  const timesMs = Array.from({ length: Math.max(1, Math.ceil((range.toMs - firstMs) / stepMs)) }, (_, at) => firstMs + at * stepMs);
  const coveredS = timesMs.map(
    (timeMs) => coverage.slices.reduce((sum, { range: { fromMs, toMs }, keptShare = 1 }) => sum + keptShare * Math.max(0, Math.min(toMs, timeMs + stepMs) - Math.max(fromMs, timeMs)), 0) / 1000
  );
  const rated = (counts: ArrayLike<number>): Curve => coveredS.map((seconds, at) => (seconds > 0 ? counts[at] / seconds : null));
  // A structure holds no attributes but a few: that a span of the trace has those asked for is what the search saw to.
  const rows = matchingRows(traces, { ...filter, conditions: undefined });
  const operations = [...count(traces, rows, timesMs, stepMs).values()].map(
    ({ service, operation, durations, errors }): OperationCurves => ({
      service,
      operation,
      ratePerS: rated(durations.map((sketch) => sketch.count)),
      errorsPerS: rated(errors),
      p95Ns: durations.map((sketch) => (sketch.count > 0 ? sketch.quantile(0.95) : null)),
    })
  );
  return { timesMs, operations: busiest(operations), notes };
}

function count(set: TraceSet, rows: readonly number[], timesMs: readonly number[], stepMs: number): Map<string, Counts> {
  const byKey = new Map<string, Counts>();
  for (const row of rows) {
    const [service, operation] = [set.service(row), set.operation(row)];
    const key = JSON.stringify([service, operation]);
    let counts = byKey.get(key);
    if (counts === undefined) {
      byKey.set(key, (counts = { service, operation, durations: timesMs.map(() => new DurationSketch()), errors: new Uint32Array(timesMs.length) }));
    }
    const at = Math.floor((Number(set.startUnixNs(row)) / 1e6 - timesMs[0]) / stepMs);
    if (at >= 0 && at < timesMs.length) {
      counts.durations[at].add(set.columns.durationNs[row]);
      counts.errors[at] += set.columns.status[row] === StatusCode.error ? 1 : 0;
    }
  }
  return byKey;
}

function busiest(operations: readonly OperationCurves[]): OperationCurves[] {
  const total = ({ ratePerS }: OperationCurves) => ratePerS.reduce((sum: number, rate) => sum + (rate ?? 0), 0);
  return [...operations].sort((a, b) => total(b) - total(a)).slice(0, MOST_OPERATIONS);
}
