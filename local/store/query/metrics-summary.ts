/** How many spans, errors and which durations each group of a query's spans has: what Tempo's `/api/metrics/summary` tells. */
import type { Reads, Row } from '../database/readers';
import type { Field, Pipeline } from '../traceql/ast';
import { IdLookups } from './id-lookups';
import { type Log2Bucket, log2Quantile } from './log2-quantile';
import { groupSql, PipelineCompiler } from './pipeline-sql';
import { SqlScope } from './sql-scope';
import { type TraceFilter, traceBounds } from './trace-bounds';
import { ValueJoins } from './value-sql';

export interface SummaryRequest extends Pick<TraceFilter, 'tenants' | 'isSingleTenant'> {
  readonly pipeline: Pipeline;
  readonly by: readonly Field[];
  /** Unix nanoseconds: spans that start from here on, and before the end; undefined for no bound. */
  readonly startNs: bigint | undefined;
  readonly endNs: bigint | undefined;
}

export interface GroupKey {
  /** A number of GroupType. */
  readonly type: number;
  readonly text: string | null;
}

export interface Summary {
  /** A value for each field of the request. */
  readonly group: readonly GroupKey[];
  readonly spanCount: number;
  readonly errorSpanCount: number;
  /** Nanoseconds. */
  readonly quantile: (quantile: number) => number;
}

/** Durations are counted by the power of two that they do not exceed. */
const BUCKETS = 64;

/** @returns the groups, those of most spans first */
export function readSummaries(reads: Reads, request: SummaryRequest): Promise<Summary[]> {
  return reads.snapshot(async (query) => {
    const bounds = await traceBounds(query, request);
    if (!bounds) {
      return [];
    }
    const lookups = new IdLookups();
    const statement = (): string => countsSql(new SqlScope({ ...request, ...bounds }, lookups), request);
    statement();
    await lookups.resolve(query);
    return summariesOf(await query(statement()), request.by.length);
  });
}

/** One row a group and power of two. */
function countsSql(scope: SqlScope, { pipeline, by, startNs, endNs }: SummaryRequest): string {
  const compiler = new PipelineCompiler(scope);
  const relation = compiler.compile(pipeline, { fields: by, columns: ['start_ns', 'duration_ns', 'status'] });
  const joins = new ValueJoins(scope, 'r');
  const groups = by.map((field, i) => {
    const { type, text } = groupSql(joins.valueOf(field));
    return `${type} AS g${i}_type, ${text} AS g${i}`;
  });
  const times = [...(startNs === undefined ? [] : [`r.start_ns >= ${startNs}`]), ...(endNs === undefined ? [] : [`r.start_ns < ${endNs}`])];
  return `${compiler.with}
    SELECT ${groups.join(', ')}, CASE WHEN r.duration_ns < 2 THEN 0 ELSE least(ceil(log2(r.duration_ns)), ${BUCKETS - 1}) END::DOUBLE AS power,
      count(*)::DOUBLE AS spans, (count(*) FILTER (r.status = 2))::DOUBLE AS errors
    FROM ${relation.name} r ${joins.sql} WHERE ${times.join(' AND ') || 'true'} GROUP BY ALL`;
}

function summariesOf(rows: readonly Row[], fields: number): Summary[] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = JSON.stringify(groupOf(row, fields));
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const summaries = [...groups.values()].map((group) => {
    const counts = new Map(group.map(({ power, spans }) => [power as number, spans as number]));
    // Empty ones too: an estimate stays within its power of two.
    const histogram: Log2Bucket[] = Array.from({ length: BUCKETS }, (_, power) => ({ upper: 2 ** power, count: counts.get(power) ?? 0 }));
    return { group: groupOf(group[0], fields), spanCount: sum(group, 'spans'), errorSpanCount: sum(group, 'errors'), quantile: (quantile: number) => log2Quantile(quantile, histogram) };
  });
  return summaries.sort((a, b) => b.spanCount - a.spanCount);
}

function groupOf(row: Row, fields: number): GroupKey[] {
  return Array.from({ length: fields }, (_, i) => ({ type: row[`g${i}_type`] as number, text: row[`g${i}`] as string | null }));
}

function sum(rows: readonly Row[], column: string): number {
  return rows.reduce((total, row) => total + (row[column] as number), 0);
}
