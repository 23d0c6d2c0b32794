/** What a data directory holds. */
import type { Engine } from '../engine/engine';

export interface StoreStats {
  readonly traces: number;
  readonly spans: number;
  /** Distinct names and attribute values. */
  readonly dictionaryEntries: number;
  readonly fileBytes: number;
  /** In the file, of what has been removed. */
  readonly freeBytes: number;
  readonly bytesPerSpan: number | undefined;
  /** ISO 8601; undefined where there is no trace. */
  readonly oldestStart: string | undefined;
  readonly newestStart: string | undefined;
  readonly tenants: Readonly<Record<string, number>>;
  readonly services: Readonly<Record<string, number>>;
}

/** The services with most spans that are named. */
const SERVICES = 50;

export async function storeStats({ database }: Engine): Promise<StoreStats> {
  const { totalBytes, freeBytes } = await database.fileUse();
  const [row] = await database.query(`SELECT (SELECT count(*) FROM trace)::DOUBLE AS traces, (SELECT count(*) FROM span)::DOUBLE AS spans,
    (SELECT count(*) FROM pair)::DOUBLE AS pairs, (SELECT min(start_ns) FROM trace) AS oldest, (SELECT max(start_ns) FROM trace) AS newest`);
  const tenants = await database.query('SELECT n.name, count(t.seq)::DOUBLE AS count FROM tenant n LEFT JOIN trace t ON t.tenant = n.id GROUP BY n.name ORDER BY n.name');
  const services = await database.query(`SELECT r.service AS name, count(*)::DOUBLE AS count FROM span s JOIN resource r ON r.id = s.resource GROUP BY r.service ORDER BY count DESC, name LIMIT ${SERVICES}`);
  const spans = row.spans as number;
  return {
    traces: row.traces as number, spans, dictionaryEntries: row.pairs as number, fileBytes: totalBytes, freeBytes,
    bytesPerSpan: spans > 0 ? Number(((totalBytes - freeBytes) / spans).toFixed(1)) : undefined,
    oldestStart: timeOf(row.oldest as bigint | null), newestStart: timeOf(row.newest as bigint | null),
    tenants: countsOf(tenants), services: countsOf(services),
  };
}

function countsOf(rows: ReadonlyArray<Readonly<Record<string, unknown>>>): Record<string, number> {
  return Object.fromEntries(rows.map((row) => [row.name as string, row.count as number]));
}

/** Undefined too for what no calendar holds: times come from senders. */
function timeOf(ns: bigint | null): string | undefined {
  const date = new Date(Number((ns ?? 0n) / 1_000_000n));
  return ns === null || Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
