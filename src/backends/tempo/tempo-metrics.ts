/** TraceQL metrics (`/api/metrics/query_range`). */
import { AVAILABLE, unavailable, type MetricSeries, type MetricsQuery, type RequestOptions, type Support, type TimeRangeMs } from '../backend';
import { toTraceql } from '../filter/traceql';
import type { ApiClient } from '../http/api-client';
import type { TraceFilter } from '../filter/trace-filter';
import { BackendError } from '../http/http-client';
import { asArray, asNumber, asObject, asText } from '../json';
import { mapLimited } from '../sampling/map-limited';
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

function metricsTraceql({ filter, figure, by }: MetricsQuery): string {
  const spans = toTraceql(figure.kind === 'errorRate' ? { ...filter, errorsOnly: true } : filter);
  const value = figure.kind === 'quantile' ? `quantile_over_time(duration, ${figure.q})` : 'rate()';
  return `${spans} | ${value} by (${GROUPS[by]})`;
}

/** A week of a Tempo that counts three hours at a time. */
const MOST_PARTS = 56;
const CONCURRENT_PARTS = 4;
/** As many steps as show a burst; Tempo reads the same blocks for few and for many. */
const COUNT_STEPS = 400;

/** A search that waits longer for its counts is quicker without. */
const COUNT_PATIENCE_MS = 3000;

/**
 * How many spans a filter finds over time. A longer range than this Tempo allows in one query is asked for in parts.
 *
 * @returns undefined where this Tempo does not count them for this range, or not soon
 */
export async function tempoSpanCounts(client: ApiClient, filter: TraceFilter, range: TimeRangeMs, { signal }: RequestOptions): Promise<SpanCounts | undefined> {
  const patience = AbortSignal.timeout(COUNT_PATIENCE_MS);
  try {
    return await spanCounts(client, filter, range, signal ? AbortSignal.any([signal, patience]) : patience);
  } catch (error) {
    if (error instanceof BackendError && !signal?.aborted) {
      return undefined;
    }
    throw error;
  }
}

async function spanCounts(client: ApiClient, filter: TraceFilter, range: TimeRangeMs, signal: AbortSignal): Promise<SpanCounts> {
  const window = secondsOf(range);
  const stepS = Math.max(1, Math.ceil((window.end - window.start) / COUNT_STEPS));
  // Tempo aligns steps to the epoch, whatever is asked for.
  const start = Math.floor(window.start / stepS) * stepS;
  const end = Math.ceil(window.end / stepS) * stepS;
  const counts = new Float64Array((end - start) / stepS);
  const ask = async (fromS: number, toS: number) => {
    const answer = asObject(await client.json({ path: PATH, query: { q: `${toTraceql(filter)} | count_over_time()`, start: fromS, end: toS, step: `${stepS}s` }, signal }));
    for (const { timesMs, values } of asArray(answer.series).map((series) => readSeries(series, stepS * 1000))) {
      timesMs.forEach((timeMs, at) => {
        const step = Math.round((timeMs / 1000 - start) / stepS);
        // An answer may have a step more than was asked for: it is in the next part.
        if (timeMs / 1000 >= fromS && timeMs / 1000 < toS) {
          counts[step] += values[at] ?? 0;
        }
      });
    }
  };
  try {
    await ask(start, end);
  } catch (error) {
    const partS = Math.floor((longestRangeS(error) ?? 0) / stepS) * stepS;
    if (partS === 0 || (end - start) / partS > MOST_PARTS) {
      throw error;
    }
    const starts = Array.from({ length: Math.ceil((end - start) / partS) }, (_, part) => start + part * partS);
    await mapLimited(starts, CONCURRENT_PARTS, (fromS) => ask(fromS, Math.min(end, fromS + partS)));
  }
  return new SpanCounts(range, counts, start * 1000, stepS * 1000);
}

/** What Tempo allows where it refused a range: "... exceeds 3h0m0s. ..." (2.7.1), "... exceeds the maximum allowed duration of 24h0m0s" (3.0.3). */
function longestRangeS(error: unknown): number | undefined {
  const [, hours, minutes = '0', seconds = '0'] = (error instanceof BackendError && /exceeds (?:the maximum allowed duration of )?(\d+)h(?:(\d+)m)?(?:(\d+)s)?/.exec(error.message)) || [];
  return hours === undefined ? undefined : Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
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
