/** TraceQL metrics: series of numbers over time, counted by the engine in buckets of a step. */
import type { Reads, Row } from '../database/readers';
import type { Field, IntrinsicName, Metrics, MetricsFunction, Pipeline, Query } from '../traceql/ast';
import { describe } from '../traceql/validate';
import { askedValues } from '../traceql/field-uses';
import { isNothing } from '../traceql/nothing';
import { IdLookups } from './id-lookups';
import { log2Quantile } from './log2-quantile';
import { groupValue, type GroupValue } from './group-value';
import { columnsOfField, groupSql, PipelineCompiler } from './pipeline-sql';
import { shortTraceId } from './short-trace-id';
import { SqlScope } from './sql-scope';
import { readComparison } from './metrics-compare';
import { type SeqBounds, traceBounds } from './trace-bounds';
import { numberSql, type SqlValue } from './sql-value';
import { ValueJoins } from './value-sql';

export interface MetricsRequest {
  readonly query: Query & { readonly metrics: Metrics };
  readonly tenants: readonly number[];
  readonly isSingleTenant: boolean;
  readonly needsEvents: boolean;
  /** Of the buckets: multiples of the step. */
  readonly startNs: bigint;
  readonly endNs: bigint;
  readonly stepNs: bigint;
  /** Spans that start in these times are counted, both ends included. */
  readonly spansFromNs: bigint;
  readonly spansToNs: bigint;
  /** Tempo 2.7 names a bucket by its start, 3.0 by its end. */
  readonly labelsBucketEnd: boolean;
  /** At most this many example traces in all. */
  readonly maxExemplars: number;
}

export interface SeriesLabel {
  readonly key: string;
  readonly value: GroupValue;
}

export interface Exemplar {
  /** Its seq, found in the answer's `examples`. */
  readonly span: number;
  readonly bucket: number;
}

export interface Example {
  /** Hexadecimal, 32 digits. */
  readonly traceId: string;
  readonly startNs: bigint;
}

export interface Series {
  readonly labels: readonly SeriesLabel[];
  /** Value by bucket, 0 for the first; functions without a value for an empty bucket leave it out. */
  readonly samples: ReadonlyMap<number, number>;
  readonly exemplars: readonly Exemplar[];
}

export interface MetricsAnswer {
  readonly series: readonly Series[];
  /** Whether an empty bucket counts as 0 (`rate`) or has no value (`avg_over_time`). */
  readonly fillsGaps: boolean;
  readonly examples: ReadonlyMap<number, Example>;
}

type QuerySql = (sql: string) => Promise<Row[]>;

/** How many buckets of a step there are from start to end, both included. */
export function bucketCount({ startNs, endNs, stepNs }: MetricsRequest): number {
  return Number((endNs - startNs) / stepNs) + 1;
}

/** All of it in one snapshot. Without spans in range there are no series. @throws QueryTimeError, QueryCancelledError */
export function readMetrics(reads: Reads, request: MetricsRequest): Promise<MetricsAnswer> {
  return reads.snapshot(async (query) => {
    const { function: fn, by } = request.query.metrics;
    const bounds = await traceBounds(query, { ...request, startNs: request.spansFromNs, endNs: request.spansToNs });
    if (fn.fn === 'compare') {
      return { series: bounds ? await readComparison(query, request, fn, bounds, bucketSql(request)) : [], fillsGaps: true, examples: new Map() };
    }
    const rows = bounds ? await countedRows(query, request, bounds) : [];
    const hasZeros = countsSpans(fn) && by.length === 0 && !isNothing(request.query.pipeline);
    const series = rows.length === 0 && hasZeros ? [{ labels: nameLabel(fn), samples: new Map<number, number>(), exemplars: [] }] : fn.fn === 'quantile_over_time' ? quantileSeries(rows, by, fn.quantiles) : plainSeries(rows, by, fn, Number(request.stepNs) / 1e9);
    const kept = withExemplarLimit(series, request.maxExemplars);
    return { series: kept, fillsGaps: !isSparse(fn), examples: await readExamples(query, kept.flatMap(({ exemplars }) => exemplars.map(({ span }) => span))) };
  });
}

function countsSpans({ fn }: MetricsFunction): boolean {
  return fn === 'rate' || fn === 'count_over_time';
}

/** Functions of values have none where there are no spans; counts do. */
function isSparse({ fn }: MetricsFunction): boolean {
  return fn === 'min_over_time' || fn === 'max_over_time' || fn === 'avg_over_time' || fn === 'sum_over_time';
}

/**
 * One row a group, bucket and, for histograms, power of two. Spans are first grouped by numbers; texts are joined to the few groups.
 */
async function countedRows(query: QuerySql, request: MetricsRequest, bounds: SeqBounds): Promise<Row[]> {
  const { tenants, isSingleTenant, needsEvents, spansFromNs, spansToNs } = request;
  const { pipeline, metrics } = request.query;
  const fn = metrics.function;
  const lookups = new IdLookups();
  const confinement = { tenants, isSingleTenant, needsEvents, ...bounds };
  const fields = [...metrics.by, ...('of' in fn ? [fn.of] : [])];
  compileSpans(new SqlScope(confinement, lookups), pipeline, fields);
  await lookups.resolve(query);

  const shared = metrics.by.filter(isSharedField);
  const own = metrics.by.filter((field) => !isSharedField(field));
  const compiler = compileSpans(new SqlScope(confinement, lookups), pipeline, fields);
  const joins = new ValueJoins(compiler.scope, 'r', askedValues(pipeline));
  const value = 'of' in fn ? joins.valueOf(fn.of) : undefined;
  const { columns, condition } = measure(fn, value);
  const sharedColumns = [...new Set(shared.flatMap(columnsOfField))].map((column) => `r.${column}`);
  const ownColumns = own.map((field) => groupColumns(metrics.by.indexOf(field), joins.valueOf(field)));
  const counted = compiler.table('counted', `SELECT ${[`${bucketSql(request)}::INTEGER AS bucket`, ...sharedColumns, ...ownColumns, ...columns, 'count(*)::DOUBLE AS n', 'min(r.seq) AS example'].join(', ')}
    FROM ${compiler.relation} r ${joins.sql} WHERE r.start_ns BETWEEN ${spansFromNs} AND ${spansToNs} AND ${condition} GROUP BY ALL`);
  const texts = new ValueJoins(compiler.scope, 'r');
  const groups = metrics.by.map((field, i) => (isSharedField(field) ? groupColumns(i, texts.valueOf(field)) : `r.g${i}_type, r.g${i}`));
  return query(`${compiler.with}
    SELECT ${['r.bucket', ...groups, ...combined(fn), 'min(r.example)::DOUBLE AS example'].join(', ')} FROM ${counted} r ${texts.sql} GROUP BY ALL`);
}

/** The number of the bucket that a span `r` falls into. */
function bucketSql({ startNs, stepNs, labelsBucketEnd }: MetricsRequest): string {
  return labelsBucketEnd ? `((r.start_ns - ${startNs} + ${stepNs - 1n}) // ${stepNs})` : `((r.start_ns - ${startNs}) // ${stepNs})`;
}

function compileSpans(scope: SqlScope, pipeline: Pipeline, fields: readonly Field[]): PipelineCompiler & { readonly relation: string } {
  const compiler = new PipelineCompiler(scope);
  return Object.assign(compiler, { relation: compiler.compile(pipeline, { fields, columns: ['start_ns'] }).name });
}

/** Whether spans share the field's values through a number that they have as a column. */
function isSharedField(field: Field): boolean {
  return columnsOfField(field).length === 1 && !(field.kind === 'attribute' && field.scope === 'any') && !(field.kind === 'intrinsic' && UNSHARED.includes(field.name));
}

const UNSHARED: readonly IntrinsicName[] = ['duration', 'spanID', 'parentID', 'childCount', 'nestedSetLeft', 'nestedSetRight', 'nestedSetParent'];

function groupColumns(index: number, value: SqlValue): string {
  const { type, text } = groupSql(value);
  return `${type} AS g${index}_type, ${text} AS g${index}`;
}

/** What is computed of the spans, beside their count `n`, and which spans count. */
function measure(fn: MetricsFunction, value: SqlValue | undefined): { columns: string[]; condition: string } {
  if (!value || !('of' in fn)) {
    return { columns: [], condition: 'true' };
  }
  const number = numberSql(value);
  const inSeconds = value.kind === 'number' && value.unit === 'duration' ? ' / 1e9' : '';
  switch (fn.fn) {
    case 'quantile_over_time':
    case 'histogram_over_time':
      // Buckets are powers of two; what is smaller than 2 has no bucket.
      return { columns: [`pow(2, ceil(log2(${number})))${inSeconds} AS upper`], condition: `${number} >= 2` };
    default:
      // Of the durations Tempo turns only the span's into seconds here.
      return { columns: [`${fn.fn === 'avg_over_time' ? 'sum' : fn.fn.slice(0, 3)}(${number})${fn.of.kind === 'intrinsic' && fn.of.name === 'duration' ? ' / 1e9' : ''} AS part`], condition: `${number} IS NOT NULL` };
  }
}

/** The value of a group of groups. */
function combined({ fn }: MetricsFunction): string[] {
  switch (fn) {
    case 'quantile_over_time':
    case 'histogram_over_time':
      return ['r.upper', 'sum(r.n) AS value'];
    case 'avg_over_time':
      return ['sum(r.part) / sum(r.n) AS value'];
    case 'min_over_time':
    case 'max_over_time':
    case 'sum_over_time':
      return [`${fn.slice(0, 3)}(r.part) AS value`];
    default:
      return ['sum(r.n) AS value'];
  }
}

/** Fields without a value are left out, unless no label is left. */
function labelsOf(row: Row, by: readonly Field[], further: readonly SeriesLabel[] = []): SeriesLabel[] {
  const all = by.map((field, i) => ({ key: describe(field), value: labelValue(field, groupValue(row[`g${i}_type`] as number, row[`g${i}`] as string | null)) }));
  const labels = [...all.filter(({ value }) => value.kind !== 'nil'), ...further];
  return labels.length > 0 ? labels : all.slice(0, 1);
}

function labelValue(field: Field, value: GroupValue): GroupValue {
  const isTraceId = field.kind === 'intrinsic' && (field.name === 'traceID' || field.name === 'link:traceID');
  return isTraceId && value.kind === 'string' ? { ...value, value: shortTraceId(value.value) } : value;
}

interface OpenSeries {
  readonly labels: SeriesLabel[];
  readonly samples: Map<number, number>;
  readonly exemplars: Exemplar[];
}

function seriesFor(series: Map<string, OpenSeries>, labels: SeriesLabel[]): OpenSeries {
  const key = JSON.stringify(labels);
  const known = series.get(key) ?? { labels, samples: new Map<number, number>(), exemplars: [] };
  series.set(key, known);
  return known;
}

function exemplarOf(row: Row): Exemplar {
  return { span: row.example as number, bucket: row.bucket as number };
}

function plainSeries(rows: readonly Row[], by: readonly Field[], fn: MetricsFunction, stepSeconds: number): Series[] {
  const series = new Map<string, OpenSeries>();
  for (const row of rows) {
    const labels = labelsOf(row, by, fn.fn === 'histogram_over_time' ? [{ key: '__bucket', value: { kind: 'float', value: row.upper as number } }] : []);
    const open = seriesFor(series, labels.length > 0 ? labels : nameLabel(fn));
    open.samples.set(row.bucket as number, fn.fn === 'rate' ? (row.value as number) / stepSeconds : (row.value as number));
    open.exemplars.push(exemplarOf(row));
  }
  return [...series.values()];
}

function nameLabel({ fn }: MetricsFunction): SeriesLabel[] {
  return [{ key: '__name__', value: { kind: 'string', value: fn } }];
}

function quantileSeries(rows: readonly Row[], by: readonly Field[], quantiles: readonly number[]): Series[] {
  const histograms = new Map<string, { labels: SeriesLabel[]; buckets: Map<number, Array<{ upper: number; count: number }>>; exemplars: Exemplar[] }>();
  for (const row of rows) {
    // The bucket is a label here too, so that one without a value is never needed.
    const labels = labelsOf(row, by).filter(({ value }) => value.kind !== 'nil');
    const key = JSON.stringify(labels);
    const histogram = histograms.get(key) ?? { labels, buckets: new Map<number, Array<{ upper: number; count: number }>>(), exemplars: [] };
    histograms.set(key, histogram);
    const bucket = row.bucket as number;
    histogram.buckets.set(bucket, [...(histogram.buckets.get(bucket) ?? []), { upper: row.upper as number, count: row.value as number }]);
    histogram.exemplars.push(exemplarOf(row));
  }
  return [...histograms.values()].flatMap(({ labels, buckets, exemplars }) =>
    quantiles.map((quantile, i) => ({
      labels: [...labels, { key: 'p', value: { kind: 'float' as const, value: quantile } }],
      samples: new Map([...buckets].map(([bucket, histogram]) => [bucket, log2Quantile(quantile, histogram)])),
      exemplars: i === 0 ? exemplars : [],
    })),
  );
}

function withExemplarLimit(series: readonly Series[], maxExemplars: number): Series[] {
  let left = maxExemplars;
  return series.map((one) => {
    const exemplars = one.exemplars.slice(0, left);
    left -= exemplars.length;
    return { ...one, exemplars };
  });
}

async function readExamples(query: QuerySql, spans: readonly number[]): Promise<Map<number, Example>> {
  if (spans.length === 0) {
    return new Map();
  }
  const rows = await query(`SELECT s.seq::DOUBLE AS seq, s.start_ns, t.id_high, t.id_low FROM span s JOIN trace t ON t.seq = s.trace WHERE s.seq IN (${spans.join(', ')})`);
  const hex = (half: unknown): string => (half as bigint).toString(16).padStart(16, '0');
  return new Map(rows.map((row) => [row.seq as number, { traceId: hex(row.id_high) + hex(row.id_low), startNs: BigInt.asUintN(64, row.start_ns as bigint) }]));
}
