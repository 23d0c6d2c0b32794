/**
 * Jaeger's monitor metrics (`/api/metrics/{calls,errors,latencies}`), which it reads from a Prometheus where it was given one.
 * Asked of one service at a time; they count spans of one kind only.
 */
import { type MetricSeries, type MetricsQuery, type RequestOptions, type Support, type TimeRangeMs, unavailable } from '../backend';
import { isEmptyFilter } from '../filter/trace-filter';
import type { ApiClient } from '../http/api-client';
import { BackendError } from '../http/http-client';
import { asArray, asNumber, asObject, asText } from '../json';

type Figure = 'calls' | 'errors' | 'latencies';

const MOST_POINTS = 1000;
/** Rates are averages over this long, as in Jaeger's own Monitor tab. */
const RATE_PER_MS = 600_000;

/** @throws BackendError, also of kind `unsupported` for a filter that asks for more than a service */
export async function jaegerMetrics(client: ApiClient, service: string, query: MetricsQuery, options: RequestOptions): Promise<MetricSeries[]> {
  const { service: _asked, errorsOnly, ...others } = query.filter;
  if (errorsOnly || !isEmptyFilter(others)) {
    throw new BackendError('unsupported', "Jaeger's monitor metrics can be asked for a service only");
  }
  const ask = (figure: Figure, q?: number) => family(client, figure, service, query, q, options);
  switch (query.figure.kind) {
    case 'rate':
      return ask('calls');
    case 'quantile':
      return (await ask('latencies', query.figure.q)).map((series) => mapped(series, (ms) => ms / 1000));
    case 'errorRate': {
      // Jaeger gives the share of calls that failed.
      const [shares, calls] = await Promise.all([ask('errors'), ask('calls')]);
      return shares.map((series) => product(series, calls.find(({ labels }) => labels.name === series.labels.name)));
    }
  }
}

/** 501 is its answer where it was given no Prometheus. */
export async function probeJaegerMetrics(client: ApiClient, nowMs: number, options: RequestOptions): Promise<Support> {
  try {
    await family(client, 'calls', 'veza-probe', { range: { fromMs: nowMs - 60_000, toMs: nowMs }, stepMs: 60_000, by: 'service' }, undefined, options);
    return { isAvailable: true, note: "from Jaeger's monitor metrics: calls that servers received, averaged over 10 minutes" };
  } catch (error) {
    if (error instanceof BackendError && (error.kind === 'http' || error.kind === 'format')) {
      return unavailable(`This Jaeger keeps no monitor metrics; figures over time come from a sample of traces. ${error.message}`);
    }
    throw error;
  }
}

interface Asked extends Pick<MetricsQuery, 'stepMs' | 'by'> {
  readonly range: TimeRangeMs;
}

async function family(client: ApiClient, figure: Figure, service: string, { range, stepMs, by }: Asked, q: number | undefined, { signal }: RequestOptions): Promise<MetricSeries[]> {
  const lookbackMs = Math.ceil(range.toMs - range.fromMs);
  const query = {
    service,
    quantile: q,
    groupByOperation: String(by === 'operation'),
    endTs: Math.ceil(range.toMs),
    lookback: lookbackMs,
    step: Math.max(1000, Math.ceil(stepMs), Math.ceil(lookbackMs / MOST_POINTS)),
    ratePer: RATE_PER_MS,
  };
  const { metrics } = asObject(await client.json({ path: `/api/metrics/${figure}`, query, signal }));
  return asArray(metrics).map((metric) => readMetric(metric, service));
}

/** A Metric of jaeger-idl's metrics.proto, in JSON. */
function readMetric(metric: unknown, service: string): MetricSeries {
  const { labels, metricPoints } = asObject(metric);
  const named = new Map(asArray(labels).map((label) => [asText(asObject(label).name), asText(asObject(label).value) ?? '']));
  const points = asArray(metricPoints).flatMap((point) => {
    const { timestamp, gaugeValue } = asObject(point);
    const timeMs = Date.parse(asText(timestamp) ?? '');
    return Number.isNaN(timeMs) ? [] : [{ timeMs, value: asNumber(asObject(gaugeValue).doubleValue) ?? null }];
  });
  return {
    labels: { 'resource.service.name': named.get('service_name') ?? service, name: named.get('operation') ?? '' },
    timesMs: points.map(({ timeMs }) => timeMs),
    values: points.map(({ value }) => value),
  };
}

const mapped = (series: MetricSeries, change: (value: number) => number): MetricSeries => ({
  ...series,
  values: series.values.map((value) => (value === null ? null : change(value))),
});

function product(shares: MetricSeries, calls: MetricSeries | undefined): MetricSeries {
  const callsAt = new Map(calls?.timesMs.map((timeMs, at) => [timeMs, calls.values[at]]));
  return {
    ...shares,
    values: shares.values.map((share, at) => {
      const rate = callsAt.get(shares.timesMs[at]);
      return share === null || rate === undefined || rate === null ? null : share * rate;
    }),
  };
}
