/** What search answers say of a trace as a whole. */
import type { Row } from '../database/database';

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
export async function readTraceHeads(query: (sql: string) => Promise<Row[]>, seqs: readonly number[]): Promise<TraceHead[]> {
  const list = `SELECT unnest([${seqs.join(', ')}]::BIGINT[])`;
  const services = new Map<number, Map<string, ServiceStats>>();
  const counts = await query(`SELECT s.trace, r.service, count(*)::DOUBLE AS spans, count_if(s.status = 2)::DOUBLE AS errors
    FROM span s JOIN resource r ON r.id = s.resource WHERE s.trace IN (${list}) GROUP BY ALL`);
  for (const row of counts) {
    const trace = Number(row.trace);
    const byService = services.get(trace) ?? new Map<string, ServiceStats>();
    services.set(trace, byService.set(row.service as string, { spanCount: row.spans as number, errorCount: row.errors as number }));
  }
  const rows = await query(`SELECT t.seq, t.id_high, t.id_low, t.start_ns, t.end_ns, n.text AS name, r.service
    FROM trace t LEFT JOIN pair n ON n.id = t.root_name LEFT JOIN resource r ON r.id = t.root_resource
    WHERE t.seq IN (${list}) ORDER BY t.start_ns DESC, t.seq DESC`);
  return rows.map((row) => ({
    seq: Number(row.seq),
    traceId: hexOf(row.id_high) + hexOf(row.id_low),
    rootServiceName: (row.service as string | null) ?? undefined,
    rootTraceName: (row.name as string | null) ?? undefined,
    startNs: BigInt.asUintN(64, row.start_ns as bigint),
    durationNs: BigInt.asUintN(64, (row.end_ns as bigint) - (row.start_ns as bigint)),
    services: services.get(Number(row.seq)) ?? new Map<string, ServiceStats>(),
  }));
}

function hexOf(half: unknown): string {
  return (half as bigint).toString(16).padStart(16, '0');
}
