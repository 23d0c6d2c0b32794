/**
 * Search: which traces have spans that a pipeline keeps. Traces are looked at from the latest to the earliest in growing slices
 * until the limit is reached, so that a search for what is frequent reads little.
 */
import type { Database, Row } from '../database/database';
import type { Pipeline } from '../traceql/ast';
import { fieldUses } from '../traceql/field-uses';
import { formatDuration } from './format-duration';
import { groupValue, groupValueJson } from './group-value';
import { PipelineCompiler, type SetColumn } from './pipeline-sql';
import { jsonDouble, type KeyValueJson, listedCondition, readSpanValues } from './span-values';
import { EVERYTHING, SqlScope } from './sql-scope';
import { spanBounds, traceBounds, traceCondition, type TraceFilter } from './trace-bounds';
import { readTraceHeads, type TraceHead } from './trace-heads';
import { ValueJoins } from './value-sql';

export interface SearchRequest extends TraceFilter {
  readonly pipeline: Pipeline;
  readonly limit: number;
  readonly spansPerSpanSet: number;
}

export interface SpanJson {
  readonly spanID: string;
  readonly name?: string;
  readonly startTimeUnixNano: string;
  readonly durationNanos?: string;
  readonly attributes?: readonly KeyValueJson[];
}

export interface SpanSetJson {
  readonly spans: readonly SpanJson[];
  readonly matched: number;
  readonly attributes?: readonly KeyValueJson[];
}

export interface FoundTrace {
  readonly head: TraceHead;
  readonly spanSets: readonly SpanSetJson[];
}

type Query = (sql: string) => Promise<Row[]>;

/** Traces in the first slice; the following ones are each eight times as large. */
const FIRST_SLICE = 2000;
const SLICE_GROWTH = 8;

interface FoundSet {
  readonly trace: number;
  readonly matched: number;
  readonly spans: readonly number[];
  readonly attributes: readonly KeyValueJson[];
}

export function search(database: Database, request: SearchRequest): Promise<FoundTrace[]> {
  return database.snapshot(async (query) => {
    const bounds = await traceBounds(query, request);
    const sets: FoundSet[] = [];
    if (bounds) {
      let found = 0;
      for (let last = bounds.lastTrace, size = FIRST_SLICE; last >= bounds.firstTrace && found < request.limit; last -= size, size *= SLICE_GROWTH) {
        const slice = await searchSlice(query, request, Math.max(bounds.firstTrace, last - size + 1), last, request.limit - found);
        found += new Set(slice.map((set) => set.trace)).size;
        sets.push(...slice);
      }
    }
    return assemble(query, request, sets);
  });
}

async function searchSlice(query: Query, request: SearchRequest, firstTrace: number, lastTrace: number, limit: number): Promise<FoundSet[]> {
  const { tenants, isSingleTenant } = request;
  const scope = new SqlScope({ tenants, isSingleTenant, firstTrace, lastTrace, ...(await spanBounds(query, firstTrace, lastTrace)) });
  const compiler = new PipelineCompiler(scope);
  const relation = compiler.compile(request.pipeline);
  const setColumns = relation.set.flatMap((set) => (set.kind === 'group' ? [set.column, `${set.column}_type`] : [set.column]));
  const columns = ['trace', ...setColumns].map((column) => `r.${column}`).join(', ');
  compiler.table('hit', `SELECT t.seq FROM trace t WHERE ${traceCondition(request)} AND t.seq IN (SELECT trace FROM ${relation.name}) ORDER BY t.start_ns DESC, t.seq DESC LIMIT ${limit}`);
  const hits = compiler.tables[compiler.tables.length - 1].split(' ')[0];
  const rows = await query(`${compiler.with}
    SELECT ${columns}, count(*)::DOUBLE AS matched, min(r.seq, ${request.spansPerSpanSet}) AS spans FROM ${relation.name} r WHERE r.trace IN (SELECT seq FROM ${hits}) GROUP BY ALL`);
  return rows.map((row) => ({
    trace: Number(row.trace),
    matched: row.matched as number,
    spans: (row.spans as { items: bigint[] }).items.map(Number),
    attributes: relation.set.map((set) => ({ key: set.label, value: setValue(set, row) })),
  }));
}

function setValue(set: SetColumn, row: Row): KeyValueJson['value'] {
  const value = row[set.column];
  switch (set.kind) {
    case 'count':
      return { intValue: String(value) };
    case 'duration':
      return { stringValue: formatDuration(Math.floor(value as number)) };
    case 'number':
      return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: jsonDouble(value as number) };
    case 'group':
      return groupValueJson(groupValue(row[`${set.column}_type`] as number, value as string | null));
  }
}

async function assemble(query: Query, request: SearchRequest, sets: readonly FoundSet[]): Promise<FoundTrace[]> {
  if (sets.length === 0) {
    return [];
  }
  const heads = await readTraceHeads(query, [...new Set(sets.map((set) => set.trace))]);
  const uses = fieldUses(request.pipeline);
  const nameUse = uses.find(({ field }) => field.kind === 'intrinsic' && field.name === 'name');
  const chosen = `SELECT unnest([${[...new Set(sets.flatMap((set) => set.spans))].join(', ')}]::BIGINT[])`;
  const values = await readSpanValues(query, chosen, uses);
  const rows = await query(`SELECT s.seq, s.span_id, s.start_ns, s.duration_ns, ${nameUse ? `CASE WHEN ${listedCondition(nameUse, 's', new ValueJoins(new SqlScope(EVERYTHING), 's'))} THEN n.text END` : 'NULL'} AS name FROM span s ${nameUse ? 'LEFT JOIN pair n ON n.id = s.name' : ''} WHERE s.seq IN (${chosen})`);
  const spans = new Map(rows.map((row) => [Number(row.seq), spanJson(row, values.get(Number(row.seq)))]));
  const byTrace = groupByTrace(sets);
  return heads.map((head) => ({
    head,
    spanSets: (byTrace.get(head.seq) ?? []).map((set) => ({
      spans: set.spans.flatMap((seq) => spans.get(seq) ?? []),
      matched: set.matched,
      ...(set.attributes.length > 0 && { attributes: set.attributes }),
    })),
  }));
}

function groupByTrace(sets: readonly FoundSet[]): Map<number, FoundSet[]> {
  const groups = new Map<number, FoundSet[]>();
  for (const set of sets) {
    groups.set(set.trace, [...(groups.get(set.trace) ?? []), set]);
  }
  return groups;
}

function spanJson(row: Row, attributes: readonly KeyValueJson[] | undefined): SpanJson {
  const durationNs = BigInt.asUintN(64, row.duration_ns as bigint);
  return {
    spanID: (row.span_id as bigint).toString(16).padStart(16, '0'),
    ...(typeof row.name === 'string' && row.name !== '' && { name: row.name }),
    startTimeUnixNano: String(BigInt.asUintN(64, row.start_ns as bigint)),
    ...(durationNs !== 0n && { durationNanos: String(durationNs) }),
    ...(attributes && attributes.length > 0 && { attributes }),
  };
}
