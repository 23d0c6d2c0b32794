/** What search answers say of a trace as a whole. */
import { type DictionaryCache, type QuerySql, textOfPair } from './dictionary-cache';

export interface ServiceStats {
  readonly spanCount: number;
  readonly errorCount: number;
}

export interface TraceHead {
  readonly seq: number;
  /** Hexadecimal, 32 digits. */
  readonly traceId: string;
  readonly rootServiceName: string | undefined;
  readonly rootTraceName: string | undefined;
  readonly startNs: bigint;
  readonly durationNs: bigint;
  readonly services: ReadonlyMap<string, ServiceStats>;
}

/** @returns the heads of traces given by seq, the latest first */
export async function readTraceHeads(query: QuerySql, cache: DictionaryCache, seqs: readonly number[]): Promise<TraceHead[]> {
  const list = seqs.join(', ');
  const counts = await query(`SELECT s.trace::DOUBLE AS trace, s.resource, count(*)::DOUBLE AS spans, count_if(s.status = 2)::DOUBLE AS errors
    FROM span s WHERE s.trace IN (${list}) AND s.trace BETWEEN ${Math.min(...seqs)} AND ${Math.max(...seqs)} GROUP BY ALL`);
  const rows = await query(`SELECT t.seq::DOUBLE AS seq, t.id_high, t.id_low, t.start_ns, t.end_ns, t.root_name, t.root_resource FROM trace t WHERE t.seq IN (${list}) ORDER BY t.start_ns DESC, t.seq DESC`);
  const names = await cache.pairs(query, rows.flatMap((row) => (row.root_name === null ? [] : [row.root_name as number])));
  const resources = await cache.resources(query, [...counts.map((row) => row.resource as number), ...rows.flatMap((row) => (row.root_resource === null ? [] : [row.root_resource as number]))]);
  const services = new Map<number, Map<string, ServiceStats>>();
  for (const row of counts) {
    const byService = services.get(row.trace as number) ?? new Map<string, ServiceStats>();
    const name = resources.get(row.resource as number)?.name ?? '';
    const { spanCount, errorCount } = byService.get(name) ?? { spanCount: 0, errorCount: 0 };
    byService.set(name, { spanCount: spanCount + (row.spans as number), errorCount: errorCount + (row.errors as number) });
    services.set(row.trace as number, byService);
  }
  return rows.map((row) => ({
    seq: row.seq as number,
    traceId: hexOf(row.id_high) + hexOf(row.id_low),
    rootServiceName: row.root_resource === null ? undefined : resources.get(row.root_resource as number)?.name,
    rootTraceName: row.root_name === null ? undefined : textOfPair(names, row.root_name as number),
    startNs: BigInt.asUintN(64, row.start_ns as bigint),
    durationNs: BigInt.asUintN(64, (row.end_ns as bigint) - (row.start_ns as bigint)),
    services: services.get(row.seq as number) ?? new Map<string, ServiceStats>(),
  }));
}

function hexOf(half: unknown): string {
  return (half as bigint).toString(16).padStart(16, '0');
}
