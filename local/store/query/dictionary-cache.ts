/**
 * Dictionary entries that answers name, kept in memory: they never change, and the same few are asked for again and again.
 * What has not been used for longest makes room.
 */
import type { Row } from '../database/readers';
import { type ParsedPair, Scope, type SearchValue, type ValueTypeNumber } from '../ingest/attribute';

export type QuerySql = (sql: string) => Promise<Row[]>;

export interface CachedPair extends ParsedPair {
  /** A number of ingest/attribute.ts. */
  readonly scope: number;
}

export interface CachedOwner {
  /** A Resource or InstrumentationScope message. */
  readonly raw: Uint8Array;
  /** service.name of a resource, name of a scope; empty where there is none. */
  readonly name: string;
  /** Of a scope. */
  readonly version: string;
}

const MAX_PAIRS = 50_000;
const MAX_OWNERS = 5_000;

export class DictionaryCache {
  private readonly pairEntries = new Map<number, CachedPair>();
  private readonly resourceEntries = new Map<number, CachedOwner>();
  private readonly instrumentationEntries = new Map<number, CachedOwner>();

  pairs(query: QuerySql, ids: Iterable<number>): Promise<ReadonlyMap<number, CachedPair>> {
    return cached(this.pairEntries, MAX_PAIRS, ids, async (missing) => {
      const pairs = new Map<number, CachedPair>();
      for (const row of await query(`SELECT id, scope, key, type, text, number, integer, raw FROM pair WHERE id IN (${missing.join(', ')})`)) {
        const raw = (row.raw as { bytes: Uint8Array } | null)?.bytes.slice();
        // The further rows of an array say nothing that its raw form does not.
        if (!pairs.has(row.id as number) || raw) {
          pairs.set(row.id as number, { scope: row.scope as number, key: row.key as string, values: [searchValue(row)], raw });
        }
      }
      return pairs;
    });
  }

  resources(query: QuerySql, ids: Iterable<number>): Promise<ReadonlyMap<number, CachedOwner>> {
    return cached(this.resourceEntries, MAX_OWNERS, ids, async (missing) => owners(await query(`SELECT id, service AS name, '' AS version, raw FROM resource WHERE id IN (${missing.join(', ')})`)));
  }

  instrumentations(query: QuerySql, ids: Iterable<number>): Promise<ReadonlyMap<number, CachedOwner>> {
    return cached(this.instrumentationEntries, MAX_OWNERS, ids, async (missing) => owners(await query(`SELECT id, name, version, raw FROM instrumentation WHERE id IN (${missing.join(', ')})`)));
  }
}

/** A text that is kept as a pair: a span's name, a status message. */
export function textOfPair(pairs: ReadonlyMap<number, ParsedPair>, id: number): string {
  const pair = pairs.get(id);
  if (!pair) {
    throw new Error(`attribute ${id} is missing from the dictionary`);
  }
  return pair.values[0]?.text ?? '';
}

async function cached<T>(entries: Map<number, T>, limit: number, ids: Iterable<number>, load: (missing: readonly number[]) => Promise<ReadonlyMap<number, T>>): Promise<ReadonlyMap<number, T>> {
  const found = new Map<number, T>();
  const missing: number[] = [];
  for (const id of new Set(ids)) {
    const entry = entries.get(id);
    if (entry === undefined) {
      missing.push(id);
    } else {
      found.set(id, entry);
      entries.delete(id);
      entries.set(id, entry);
    }
  }
  if (missing.length > 0) {
    for (const [id, entry] of await load(missing)) {
      found.set(id, entry);
      entries.set(id, entry);
    }
    for (const id of entries.keys()) {
      if (entries.size <= limit) {
        break;
      }
      entries.delete(id);
    }
  }
  return found;
}

function searchValue(row: Row): SearchValue {
  return {
    type: row.type as ValueTypeNumber,
    text: (row.text as string | null) ?? undefined,
    number: (row.number as number | null) ?? undefined,
    integer: (row.integer as bigint | null) ?? undefined,
  };
}

function owners(rows: readonly Row[]): Map<number, CachedOwner> {
  return new Map(rows.map((row) => [row.id as number, { raw: (row.raw as { bytes: Uint8Array }).bytes.slice(), name: row.name as string, version: row.version as string }]));
}

/** Whether a pair belongs to the event of a span. */
export function isEventPair({ scope }: CachedPair): boolean {
  return scope === Scope.event;
}
