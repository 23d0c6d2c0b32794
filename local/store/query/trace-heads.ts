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

/** How many spans of a resource a trace has. */
export interface ResourceCount {
  readonly trace: number;
  readonly resource: number;
  readonly spans: number;
  readonly errors: number;
}

/** @param traces at least one; their seqs, ascending */
export async function readResourceCounts(query: QuerySql, traces: readonly number[]): Promise<ResourceCount[]> {
  const rows = await query(`SELECT s.trace::DOUBLE AS trace, s.resource, count(*)::DOUBLE AS spans, count_if(s.status = 2)::DOUBLE AS errors
    FROM span s WHERE ${isOfTraces(traces)} GROUP BY ALL`);
  return rows.map((row) => ({ trace: row.trace as number, resource: row.resource as number, spans: row.spans as number, errors: row.errors as number }));
}

/** The condition on `span s`: as a range too, which lets the engine pass over blocks. */
export function isOfTraces(traces: readonly number[]): string {
  return `${isAmong('s.trace', traces)} AND s.trace BETWEEN ${traces[0]} AND ${traces[traces.length - 1]}`;
}

/** @returns the heads of the traces, the latest first */
export async function readTraceHeads(query: QuerySql, cache: DictionaryCache, traces: readonly TraceRow[], counts: readonly ResourceCount[]): Promise<TraceHead[]> {
  const rows = [...traces].sort((a, b) => Number(b.startNs - a.startNs) || b.seq - a.seq);
  const names = await cache.pairs(query, rows.flatMap(({ rootName }) => rootName ?? []));
  const resources = await cache.resources(query, [...counts.map(({ resource }) => resource), ...rows.flatMap(({ rootResource }) => rootResource ?? [])]);
  const services = new Map<number, Map<string, ServiceStats>>();
  for (const { trace, resource, spans, errors } of counts) {
    const byService = services.get(trace) ?? new Map<string, ServiceStats>();
    const name = resources.get(resource)?.name ?? '';
    const { spanCount, errorCount } = byService.get(name) ?? { spanCount: 0, errorCount: 0 };
    byService.set(name, { spanCount: spanCount + spans, errorCount: errorCount + errors });
    services.set(trace, byService);
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
