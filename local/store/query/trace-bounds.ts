/** Which traces, and so which spans, a request can be about: the narrowest ranges of seqs around those that its times and tenants allow. */
import type { Row } from '../database/readers';

export interface TraceFilter {
  readonly tenants: readonly number[];
  readonly isSingleTenant: boolean;
  /** Traces that overlap these times; undefined for no bound. */
  readonly startNs?: bigint;
  readonly endNs?: bigint;
  readonly minDurationNs?: bigint;
  readonly maxDurationNs?: bigint;
}

export interface SeqBounds {
  readonly firstTrace: number;
  readonly lastTrace: number;
  readonly firstSpan: number;
  readonly lastSpan: number;
}

/** The condition on a row of `trace` under the alias `t`. */
export function traceCondition({ tenants, isSingleTenant, startNs, endNs, minDurationNs, maxDurationNs }: TraceFilter): string {
  const conditions = [
    isSingleTenant ? 'true' : `t.tenant IN (${tenants.join(', ') || 'NULL'})`,
    startNs === undefined ? 'true' : `t.end_ns >= ${startNs}`,
    endNs === undefined ? 'true' : `t.start_ns <= ${endNs}`,
    minDurationNs === undefined ? 'true' : `t.end_ns - t.start_ns >= ${minDurationNs}`,
    maxDurationNs === undefined ? 'true' : `t.end_ns - t.start_ns <= ${maxDurationNs}`,
  ];
  return conditions.join(' AND ');
}

/** A SELECT of the first and the last seq of the traces that are allowed, null where there is none. */
export function traceRangeSql(filter: TraceFilter): string {
  return `SELECT unnest([min(t.seq), max(t.seq)]) FROM trace t WHERE ${traceCondition(filter)}`;
}

/** The traces that are allowed lie between these; undefined where there is none. */
async function traceRange(query: (sql: string) => Promise<Row[]>, filter: TraceFilter): Promise<Pick<SeqBounds, 'firstTrace' | 'lastTrace'> | undefined> {
  const [row] = await query(`SELECT min(seq)::DOUBLE AS first, max(seq)::DOUBLE AS last FROM trace t WHERE ${traceCondition(filter)}`);
  return row.first === null ? undefined : { firstTrace: row.first as number, lastTrace: row.last as number };
}

/** The same with the spans of these traces. */
export async function traceBounds(query: (sql: string) => Promise<Row[]>, filter: TraceFilter): Promise<SeqBounds | undefined> {
  const range = await traceRange(query, filter);
  return range && { ...range, ...(await spanBounds(query, range.firstTrace, range.lastTrace)) };
}

/** The spans of the traces in a range lie between these. */
export async function spanBounds(query: (sql: string) => Promise<Row[]>, firstTrace: number, lastTrace: number): Promise<{ firstSpan: number; lastSpan: number }> {
  const [row] = await query(`SELECT coalesce(min(seq), 0) AS first, coalesce(max(seq), 0) AS last FROM span WHERE trace BETWEEN ${firstTrace} AND ${lastTrace}`);
  return { firstSpan: Number(row.first), lastSpan: Number(row.last) };
}
