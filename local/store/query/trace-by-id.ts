/** Reads a whole trace back, as it was received. */
import type { Reads, Row } from '../database/readers';
import type { ParsedPair } from '../ingest/attribute';
import { readDetails, type SpanDetail } from '../ingest/span-detail';
import { shortSteps } from '../short-steps';
import { type CachedOwner, type CachedPair, type DictionaryCache, isEventPair, type QuerySql } from './dictionary-cache';
import { withOwnSpanIds } from './shared-span-ids';

export interface StoredSpan {
  readonly spanId: bigint;
  readonly parentId: bigint;
  readonly startNs: bigint;
  readonly endNs: bigint;
  readonly name: number;
  readonly kind: number;
  readonly status: number;
  readonly statusMessage: number | undefined;
  readonly detail: SpanDetail;
}

export interface StoredScope {
  /** An InstrumentationScope message. */
  readonly scope: Uint8Array;
  readonly spans: readonly StoredSpan[];
}

export interface StoredResource {
  /** A Resource message. */
  readonly resource: Uint8Array;
  readonly scopes: readonly StoredScope[];
}

export interface StoredTrace {
  readonly idHigh: bigint;
  readonly idLow: bigint;
  readonly resources: readonly StoredResource[];
  /** The attributes that spans refer to, by number. */
  readonly pairs: ReadonlyMap<number, ParsedPair>;
}

export interface TraceRequest {
  readonly idHigh: bigint;
  readonly idLow: bigint;
  readonly tenants: readonly number[];
  /** Longer texts of events' attributes are cut. */
  readonly maxEventTextBytes?: number;
}

/** One trace of any of the tenants; undefined where there is none. @throws QueryTimeError, QueryCancelledError */
export function readTrace(reads: Reads, cache: DictionaryCache, { idHigh, idLow, tenants, maxEventTextBytes = Infinity }: TraceRequest): Promise<StoredTrace | undefined> {
  return reads.snapshot(async (query) => {
    const traces = await query(`SELECT seq FROM trace WHERE id_low = ${idLow}::UBIGINT AND id_high = ${idHigh}::UBIGINT AND tenant IN (${tenants.join(', ') || 'NULL'})`);
    if (traces.length === 0) {
      return undefined;
    }
    const { rows, parts } = await readParts(query, cache, traces.map((row) => row.seq as bigint));
    return { idHigh, idLow, resources: withOwnSpanIds(await grouped(rows, parts)), pairs: withCutEvents(parts.pairs, maxEventTextBytes) };
  });
}

export interface TraceRow {
  readonly seq: bigint;
  readonly idHigh: bigint;
  readonly idLow: bigint;
}

/** Several traces at once, each exactly as it was received. */
export function readTraces(reads: Reads, cache: DictionaryCache, traces: readonly TraceRow[]): Promise<StoredTrace[]> {
  return reads.snapshot(async (query) => {
    const { rows, parts } = await readParts(query, cache, traces.map(({ seq }) => seq));
    const byTrace = new Map(traces.map(({ seq }): [bigint, Row[]] => [seq, []]));
    rows.forEach((row) => byTrace.get(row.trace as bigint)?.push(row));
    const stored: StoredTrace[] = [];
    for (const { seq, idHigh, idLow } of traces) {
      stored.push({ idHigh, idLow, resources: await grouped(byTrace.get(seq) ?? [], parts), pairs: parts.pairs });
    }
    return stored;
  });
}

/** What the rows of spans refer to. */
interface SpanParts {
  readonly details: ReadonlyMap<number, SpanDetail>;
  readonly resources: ReadonlyMap<number, CachedOwner>;
  readonly instrumentations: ReadonlyMap<number, CachedOwner>;
  readonly pairs: ReadonlyMap<number, CachedPair>;
}

/** Rows read at once: making objects of them takes a few milliseconds. */
const PAGE_SPANS = 4000;
const PAGE_PAIRS = 2000;
/** Spans handled between two looks at the clock. */
const STEP_SPANS = 100;

async function readParts(query: QuerySql, cache: DictionaryCache, traces: readonly bigint[]): Promise<{ rows: Row[]; parts: SpanParts }> {
  const list = traces.join(', ');
  const rows: Row[] = [];
  for (let page: Row[] | undefined; !page || page.length === PAGE_SPANS; rows.push(...page)) {
    page = await query(`SELECT trace, seq, span_id, parent_id, start_ns, duration_ns, name, resource, instrumentation, kind, status, status_message
      FROM span WHERE trace IN (${list}) AND seq > ${String(rows.at(-1)?.seq ?? -1)} ORDER BY seq LIMIT ${PAGE_SPANS}`);
  }
  const pause = shortSteps();
  const details = new Map<number, SpanDetail>();
  for (const row of await query(`SELECT first_span, bytes FROM detail WHERE trace IN (${list})`)) {
    let span = Number(row.first_span);
    for (const detail of readDetails((row.bytes as { bytes: Uint8Array }).bytes)) {
      details.set(span++, detail);
      if (span % STEP_SPANS === 0) {
        await pause();
      }
    }
  }
  const used = (column: 'resource' | 'instrumentation'): Set<number> => new Set(rows.map((row) => row[column] as number));
  const parts = {
    details,
    resources: await cache.resources(query, used('resource')),
    instrumentations: await cache.instrumentations(query, used('instrumentation')),
    pairs: await readPairs(query, cache, [...(await pairsUsed(rows, details))]),
  };
  return { rows, parts };
}

async function readPairs(query: QuerySql, cache: DictionaryCache, used: readonly number[]): Promise<ReadonlyMap<number, CachedPair>> {
  if (used.length <= PAGE_PAIRS) {
    return cache.pairs(query, used);
  }
  const pairs = new Map<number, CachedPair>();
  for (let from = 0; from < used.length; from += PAGE_PAIRS) {
    (await cache.pairs(query, used.slice(from, from + PAGE_PAIRS))).forEach((pair, id) => pairs.set(id, pair));
  }
  return pairs;
}

async function grouped(rows: readonly Row[], { details, resources, instrumentations }: SpanParts): Promise<StoredResource[]> {
  const byResource = new Map<number, Map<number, StoredSpan[]>>();
  const pause = shortSteps();
  for (const [i, row] of rows.entries()) {
    if (i % STEP_SPANS === 0) {
      await pause();
    }
    const scopes = byResource.get(row.resource as number) ?? new Map<number, StoredSpan[]>();
    byResource.set(row.resource as number, scopes);
    const spans = scopes.get(row.instrumentation as number) ?? [];
    scopes.set(row.instrumentation as number, spans);
    spans.push(storedSpan(row, details));
  }
  return [...byResource].map(([resource, scopes]) => ({
    resource: resources.get(resource)?.raw ?? new Uint8Array(0),
    scopes: [...scopes].map(([scope, spans]) => ({ scope: instrumentations.get(scope)?.raw ?? new Uint8Array(0), spans })),
  }));
}

function storedSpan(row: Row, details: ReadonlyMap<number, SpanDetail>): StoredSpan {
  const detail = details.get(Number(row.seq));
  if (!detail) {
    throw new Error(`span ${String(row.seq)} has no detail`);
  }
  const startNs = row.start_ns as bigint;
  return {
    spanId: row.span_id as bigint,
    parentId: row.parent_id as bigint,
    startNs: BigInt.asUintN(64, startNs),
    endNs: BigInt.asUintN(64, startNs + (row.duration_ns as bigint)),
    name: row.name as number,
    kind: row.kind as number,
    status: row.status as number,
    statusMessage: (row.status_message as number | null) ?? undefined,
    detail,
  };
}

async function pairsUsed(rows: readonly Row[], details: ReadonlyMap<number, SpanDetail>): Promise<Set<number>> {
  const used = new Set<number>();
  const pause = shortSteps();
  for (const row of rows) {
    used.add(row.name as number);
    if (row.status_message !== null) {
      used.add(row.status_message as number);
    }
  }
  for (const [span, detail] of details) {
    if (span % STEP_SPANS === 0) {
      await pause();
    }
    detail.attributes.forEach((pair) => used.add(pair));
    for (const event of detail.events) {
      used.add(event.name);
      event.attributes.forEach((pair) => used.add(pair));
    }
    detail.links.forEach((link) => link.attributes.forEach((pair) => used.add(pair)));
  }
  return used;
}

/** Texts of events' attributes are cut where the version that the store answers as cuts them. */
function withCutEvents(pairs: ReadonlyMap<number, CachedPair>, maxBytes: number): ReadonlyMap<number, ParsedPair> {
  return maxBytes === Infinity ? pairs : new Map([...pairs].map(([id, pair]) => [id, isEventPair(pair) ? { ...pair, values: pair.values.map((value) => ({ ...value, text: cut(value.text, maxBytes) })) } : pair]));
}

/** The first bytes of a text, without half a character at the end. */
function cut(text: string | undefined, maxBytes: number): string | undefined {
  if (text === undefined || Buffer.byteLength(text) <= maxBytes) {
    return text;
  }
  return Buffer.from(text).subarray(0, maxBytes).toString('utf8').replace(/\uFFFD$/, '');
}
