/** What search answers say of a trace as a whole. */
import type { Row } from '../database/readers';
import { isAmong } from '../database/literal';
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

/** A row of `trace`. */
export interface TraceRow {
  readonly seq: number;
  readonly idHigh: bigint;
  readonly idLow: bigint;
  readonly startNs: bigint;
  readonly endNs: bigint;
  /** Numbers of the dictionary; null where the root has not come. */
  readonly rootName: number | null;
  readonly rootResource: number | null;
}

/** What to select from `trace t` for `traceRow`. */
export const TRACE_ROW = 't.seq::DOUBLE AS seq, t.id_high, t.id_low, t.start_ns, t.end_ns, t.root_name, t.root_resource';

export function traceRow(row: Row): TraceRow {
  return {
    seq: row.seq as number, idHigh: row.id_high as bigint, idLow: row.id_low as bigint, startNs: row.start_ns as bigint, endNs: row.end_ns as bigint,
    rootName: row.root_name as number | null, rootResource: row.root_resource as number | null,
  };
}

/** @returns the heads of the traces, the latest first */
export async function readTraceHeads(query: QuerySql, cache: DictionaryCache, traces: readonly TraceRow[]): Promise<TraceHead[]> {
  const rows = [...traces].sort((a, b) => Number(b.startNs - a.startNs) || b.seq - a.seq);
  const seqs = rows.map(({ seq }) => seq).sort((a, b) => a - b);
  const counts = await query(`SELECT s.trace::DOUBLE AS trace, s.resource, count(*)::DOUBLE AS spans, count_if(s.status = 2)::DOUBLE AS errors
    FROM span s WHERE ${isAmong('s.trace', seqs)} AND s.trace BETWEEN ${seqs[0]} AND ${seqs[seqs.length - 1]} GROUP BY ALL`);
  const names = await cache.pairs(query, rows.flatMap(({ rootName }) => rootName ?? []));
  const resources = await cache.resources(query, [...counts.map((row) => row.resource as number), ...rows.flatMap(({ rootResource }) => rootResource ?? [])]);
  const services = new Map<number, Map<string, ServiceStats>>();
  for (const row of counts) {
    const byService = services.get(row.trace as number) ?? new Map<string, ServiceStats>();
    const name = resources.get(row.resource as number)?.name ?? '';
    const { spanCount, errorCount } = byService.get(name) ?? { spanCount: 0, errorCount: 0 };
    byService.set(name, { spanCount: spanCount + (row.spans as number), errorCount: errorCount + (row.errors as number) });
    services.set(row.trace as number, byService);
  }
  return rows.map(({ seq, idHigh, idLow, startNs, endNs, rootName, rootResource }) => ({
    seq,
    traceId: hexOf(idHigh) + hexOf(idLow),
    rootServiceName: rootResource === null ? undefined : resources.get(rootResource)?.name,
    rootTraceName: rootName === null ? undefined : textOfPair(names, rootName),
    startNs: BigInt.asUintN(64, startNs),
    durationNs: BigInt.asUintN(64, endNs - startNs),
    services: services.get(seq) ?? new Map<string, ServiceStats>(),
  }));
}

function hexOf(half: bigint): string {
  return half.toString(16).padStart(16, '0');
}
