/** TraceQL metrics (`/api/metrics/query_range`). */
import { AVAILABLE, unavailable, type MetricSeries, type MetricsQuery, type RequestOptions, type Support, type TimeRangeMs } from '../backend';
import { toTraceql } from '../filter/traceql';
import type { ApiClient } from '../http/api-client';
import type { TraceFilter } from '../filter/trace-filter';
import { BackendError } from '../http/http-client';
import { asArray, asNumber, asObject, asText } from '../json';
import { SpanCounts } from '../sampling/span-counts';
import { secondsOf } from './tempo-range';

/** A step of 1 µs over an hour ends a Tempo 2.7 by lack of memory. */
const MOST_POINTS = 1000;
const PATH = '/api/metrics/query_range';
const GROUPS: Readonly<Record<MetricsQuery['by'], string>> = { service: 'resource.service.name', operation: 'resource.service.name, name' };

/** @throws BackendError, also of kind `unsupported` where this Tempo computes no metrics */
export async function tempoMetrics(client: ApiClient, query: MetricsQuery, { signal }: RequestOptions): Promise<MetricSeries[]> {
  const stepS = Math.max(1, Math.ceil(query.stepMs / 1000), Math.ceil((query.range.toMs - query.range.fromMs) / 1000 / MOST_POINTS));
  const parameters = { q: metricsTraceql(query), ...secondsOf(query.range), step: `${stepS}s` };
  const answer = asObject(await client.json({ path: PATH, query: parameters, signal }));
  return asArray(answer.series).map((series) => readSeries(series, stepS * 1000));
}

export function metricsTraceql({ filter, figure, by }: MetricsQuery): string {
  const spans = toTraceql(figure.kind === 'errorRate' ? { ...filter, errorsOnly: true } : filter);
  const value = figure.kind === 'quantile' ? `quantile_over_time(duration, ${figure.q})` : 'rate()';
  return `${spans} | ${value} by (${GROUPS[by]})`;
}

/** As many steps as show a burst; Tempo reads the same blocks for few and for many. */
const COUNT_STEPS = 400;

/**
 * How many spans a filter finds over time.
 *
 * @returns undefined where this Tempo does not count them for this range
 */
export async function tempoSpanCounts(client: ApiClient, filter: TraceFilter, range: TimeRangeMs, { signal }: RequestOptions): Promise<SpanCounts | undefined> {
  const window = secondsOf(range);
  const stepS = Math.max(1, Math.ceil((window.end - window.start) / COUNT_STEPS));
  // Tempo aligns steps to the epoch, whatever is asked for.
  const start = Math.floor(window.start / stepS) * stepS;
  const end = Math.ceil(window.end / stepS) * stepS;
  let answer: unknown;
  try {
    answer = await client.json({ path: PATH, query: { q: `${toTraceql(filter)} | count_over_time()`, start, end, step: `${stepS}s` }, signal });
  } catch (error) {
    if (error instanceof BackendError && error.kind !== 'aborted') {
      return undefined;
    }
    throw error;
  }
  const counts = new Float64Array((end - start) / stepS);
  for (const { timesMs, values } of asArray(asObject(answer).series).map((series) => readSeries(series, stepS * 1000))) {
    timesMs.forEach((timeMs, at) => {
      const step = (timeMs / 1000 - start) / stepS;
      counts[Math.min(counts.length - 1, Math.max(0, Math.round(step)))] += values[at] ?? 0;
    });
  }
  return new SpanCounts(range, counts, start * 1000, stepS * 1000);
}

/** Asks for a minute of metrics: some Tempos have the path and no processor behind it. */
export async function probeMetrics(client: ApiClient, nowMs: number, { signal }: RequestOptions): Promise<Support> {
  try {
    await client.json({ path: PATH, query: { q: '{ } | rate()', ...secondsOf({ fromMs: nowMs - 60_000, toMs: nowMs }), step: '60s' }, signal });
    return AVAILABLE;
  } catch (error) {
    if (error instanceof BackendError && error.kind === 'http') {
      return unavailable(`This Tempo computes no TraceQL metrics; figures over time come from a sample of traces. ${error.message}`);
    }
    throw error;
  }
}

/** Samples with the value 0 come without a value. */
function readSeries(series: unknown, stepMs: number): MetricSeries {
  const { labels, samples, promLabels } = asObject(series);
  // 2.7 stamps a step with its start and adds promLabels, 3.0 with its end: here it is always the start.
  const shiftMs = promLabels === undefined ? -stepMs : 0;
  const points = asArray(samples).map((sample) => {
    const { timestampMs, value } = asObject(sample);
    return { timeMs: (asNumber(timestampMs) ?? 0) + shiftMs, value: value === undefined ? 0 : (asNumber(value) ?? null) };
  });
  return {
    labels: Object.fromEntries(asArray(labels).map((label) => [asText(asObject(label).key) ?? '', labelText(asObject(label).value)])),
    timesMs: points.map(({ timeMs }) => timeMs),
    values: points.map(({ value }) => value),
  };
}

/** An OTLP value in JSON: the one member tells the type. */
const labelText = (value: unknown): string => String(Object.values(asObject(value))[0] ?? '');
