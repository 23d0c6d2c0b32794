/** `/api/metrics/query_range` and `/api/metrics/query`: TraceQL metrics. */
import type { ApiResponse } from '../engine/messages';
import { goFloat } from '../query/go-float';
import { type GroupValue, groupValueJson } from '../query/group-value';
import { bucketCount, type MetricsAnswer, type MetricsRequest, readMetrics, type Series, type SeriesLabel } from '../query/metrics';
import { applySecondStages } from '../query/metrics-second-stage';
import { shortTraceId } from '../query/short-trace-id';
import { jsonDouble } from '../query/any-value';
import type { Metrics, Query } from '../traceql/ast';
import { TraceQlError } from '../traceql/lexer';
import { ApiError } from './api-error';
import { alignedBuckets, metricsRange, metricsStep } from './metrics-parameters';
import { parseQuery } from './query-text';
import { type Call, json } from './call';

const DEFAULT_EXEMPLARS = 100;

export async function metricsRangeAnswer(call: Call): Promise<ApiResponse> {
  const { parameters, engine, reads } = call;
  const query = await metricsQuery(call);
  const range = metricsRange(parameters, engine.options.limits.metricsSeconds, call.compatibility.labelsBucketEnd);
  const stepNs = metricsStep(parameters, range, call.compatibility);
  const exemplars = parameters.text('exemplars');
  const request: MetricsRequest = {
    ...requestOf(call, query),
    ...alignedBuckets(range, stepNs, call.compatibility.labelsBucketEnd),
    maxExemplars: exemplars && /^\d{1,4}$/.test(exemplars) ? Math.min(Number(exemplars), DEFAULT_EXEMPLARS) : DEFAULT_EXEMPLARS,
  };
  const read = await readMetrics(reads, request);
  const answer = { ...read, ...applySecondStages(read, query.metrics.second, bucketCount(request)) };
  return json({ series: answer.series.map((series) => rangeSeries(series, answer, request)), metrics: { completedJobs: 1, totalJobs: 1 } });
}

export async function metricsInstantAnswer(call: Call): Promise<ApiResponse> {
  const query = await metricsQuery(call);
  const range = metricsRange(call.parameters, call.engine.options.limits.metricsSeconds);
  // One bucket: everything from start to end.
  const request: MetricsRequest = { ...requestOf(call, query), ...range, spansFromNs: range.startNs, spansToNs: range.endNs, stepNs: range.endNs - range.startNs + 1n, labelsBucketEnd: false, maxExemplars: 0 };
  const read = await readMetrics(call.reads, request);
  const { series } = applySecondStages(read, query.metrics.second, 1);
  const hasPromLabels = !call.compatibility.labelsBucketEnd;
  return json({
    ...(series.length > 0 && { series: series.map(({ labels, samples }) => ({ labels: labelsJson(labels), ...valueJson(samples.get(0)), ...(hasPromLabels && { promLabels: promLabels(labels) }) })) }),
    metrics: { completedJobs: 1, totalJobs: 1 },
  });
}

async function metricsQuery(call: Call): Promise<Query & { metrics: Metrics }> {
  const { engine, parameters } = call;
  if (!engine.options.hasMetrics) {
    throw new ApiError(500, 'error finding generators in Querier.queryRangeRecent: empty ring\n');
  }
  try {
    const query = await parseQuery(call, parameters.text('q') ?? parameters.text('query') ?? '');
    if (!query.metrics) {
      throw new ApiError(400, 'not a metrics query');
    }
    return { ...query, metrics: query.metrics };
  } catch (error) {
    throw error instanceof TraceQlError ? new ApiError(400, `compiling query: ${error.message}`) : error;
  }
}

function requestOf({ engine, tenants, compatibility }: Call, query: Query & { metrics: Metrics }) {
  return { query, tenants, isSingleTenant: !engine.options.multitenant, labelsBucketEnd: compatibility.labelsBucketEnd, needsEvents: compatibility.needsEvents };
}

function rangeSeries({ labels, samples, exemplars }: Series, answer: MetricsAnswer, request: MetricsRequest): Record<string, unknown> {
  const timestampMs = (bucket: number): string => String((request.startNs + BigInt(bucket) * request.stepNs) / 1_000_000n);
  const buckets = answer.fillsGaps ? Array.from({ length: bucketCount(request) }, (_, bucket) => bucket) : [...samples.keys()].sort((a, b) => a - b);
  return {
    labels: labelsJson(labels),
    samples: buckets.map((bucket) => ({ timestampMs: timestampMs(bucket), ...valueJson(samples.get(bucket)) })),
    ...(!request.labelsBucketEnd && { promLabels: promLabels(labels) }),
    ...(exemplars.length > 0 && {
      exemplars: exemplars.flatMap(({ span, bucket }) => {
        const example = answer.examples.get(span);
        return example ? [{ labels: [{ key: 'trace:id', value: { stringValue: shortTraceId(example.traceId) } }], ...valueJson(samples.get(bucket)), timestampMs: String(example.startNs / 1_000_000n) }] : [];
      }),
    }),
  };
}

/** As everywhere in Tempo's JSON, 0 is left out. */
function valueJson(value: number | undefined): { value?: number | string } {
  return value === undefined || value === 0 ? {} : { value: jsonDouble(value) };
}

function labelsJson(labels: readonly SeriesLabel[]): unknown[] {
  return labels.map(({ key, value }) => ({ key, value: groupValueJson(value) }));
}

function promValue(value: GroupValue): string {
  switch (value.kind) {
    case 'nil':
      return '<nil>';
    case 'float':
      return goFloat(value.value);
    default:
      return String(value.value) || '<empty>';
  }
}

function promLabels(labels: readonly SeriesLabel[]): string {
  const texts = new Set(labels.map(({ key, value }) => `${key}=${JSON.stringify(promValue(value))}`));
  return `{${[...texts].sort().join(', ')}}`;
}
