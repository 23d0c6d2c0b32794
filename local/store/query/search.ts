/**
 * Search: which traces have spans that a pipeline keeps. Traces are looked at from the latest to the earliest in growing slices
 * until the limit is reached, so that a search for what is frequent reads little.
 */
import type { Columns, Database } from '../database/database';
import type { Pipeline } from '../traceql/ast';
import { type FieldUse, fieldUses } from '../traceql/field-uses';
import type { DictionaryCache, QuerySql } from './dictionary-cache';
import { formatDuration } from './format-duration';
import { groupValue, groupValueJson } from './group-value';
import { IdLookups } from './id-lookups';
import { PipelineCompiler, type SetColumn } from './pipeline-sql';
import { jsonDouble, type KeyValueJson } from './any-value';
import { type BlockColumns, SpanJsonWriter } from './span-json';
import { SqlScope } from './sql-scope';
import { spanBounds, traceCondition, type TraceFilter, traceRange } from './trace-bounds';
import { readTraceHeads, type TraceHead } from './trace-heads';

export interface SearchRequest extends TraceFilter {
  readonly pipeline: Pipeline;
  readonly limit: number;
  readonly spansPerSpanSet: number;
  readonly blockColumns: BlockColumns;
}

export interface FoundTrace {
  readonly head: TraceHead;
  /** JSON texts: an answer of thousands of spans is written once, not built and then written. */
  readonly spanSets: readonly string[];
}

type ColumnsSql = (sql: string) => Promise<Columns>;

/** Traces in the first slice; the following ones are each eight times as large. */
const FIRST_SLICE = 2000;
const SLICE_GROWTH = 8;

interface FoundSet {
  readonly trace: number;
  readonly matched: number;
  readonly attributes: readonly KeyValueJson[];
  readonly spans: string[];
}

export function search(database: Database, cache: DictionaryCache, request: SearchRequest): Promise<FoundTrace[]> {
  return database.snapshot(async (query, columns) => {
    const range = await traceRange(query, request);
    if (!range) {
      return [];
    }
    const uses = fieldUses(request.pipeline);
    const lookups = new IdLookups();
    compileSlice(new SqlScope({ ...request, ...range, firstSpan: 0, lastSpan: 0 }, lookups), request, uses, request.limit);
    await lookups.resolve(query);
    const sets = new Map<number, FoundSet[]>();
    for (let last = range.lastTrace, size = FIRST_SLICE; last >= range.firstTrace && sets.size < request.limit; last -= size, size *= SLICE_GROWTH) {
      const slice = { firstTrace: Math.max(range.firstTrace, last - size + 1), lastTrace: last };
      for (const set of await searchSlice({ query, columns, cache, lookups, uses }, request, slice, request.limit - sets.size)) {
        sets.set(set.trace, [...(sets.get(set.trace) ?? []), set]);
      }
    }
    const heads = sets.size > 0 ? await readTraceHeads(query, cache, [...sets.keys()]) : [];
    return heads.map((head) => ({ head, spanSets: (sets.get(head.seq) ?? []).map(setJson) }));
  });
}

interface Reading {
  readonly query: QuerySql;
  readonly columns: ColumnsSql;
  readonly cache: DictionaryCache;
  readonly lookups: IdLookups;
  readonly uses: readonly FieldUse[];
}

async function searchSlice({ query, columns, cache, lookups, uses }: Reading, request: SearchRequest, slice: { firstTrace: number; lastTrace: number }, limit: number): Promise<FoundSet[]> {
  const confinement = { tenants: request.tenants, isSingleTenant: request.isSingleTenant, ...slice };
  let compiled = compileSlice(new SqlScope({ ...confinement, firstSpan: 0, lastSpan: Number.MAX_SAFE_INTEGER }, lookups), request, uses, limit);
  if (compiled.readsAttributes) {
    compiled = compileSlice(new SqlScope({ ...confinement, ...(await spanBounds(query, slice.firstTrace, slice.lastTrace)) }, lookups), request, uses, limit);
  }
  const found = await columns(compiled.sql);
  const texts = await compiled.writer.write(query, cache, found);
  const sets = new Map<number, FoundSet>();
  texts.forEach((text, i) => {
    const number = found.set[i] as number;
    const set = sets.get(number) ?? {
      trace: found.trace[i] as number,
      matched: found.matched[i] as number,
      attributes: compiled.set.map((one) => ({ key: one.label, value: setValue(one, found, i) })),
      spans: [],
    };
    set.spans.push(text);
    sets.set(number, set);
  });
  return [...sets.values()];
}

interface CompiledSlice {
  readonly sql: string;
  readonly set: readonly SetColumn[];
  readonly writer: SpanJsonWriter;
  readonly readsAttributes: boolean;
}

/** One row a span that the answer lists, with its set. */
function compileSlice(scope: SqlScope, request: SearchRequest, uses: readonly FieldUse[], limit: number): CompiledSlice {
  const compiler = new PipelineCompiler(scope);
  const relation = compiler.compile(request.pipeline);
  const setColumns = relation.set.flatMap((set) => (set.kind === 'group' ? [set.column, `${set.column}_type`] : [set.column]));
  const hits = compiler.table('hit', `SELECT t.seq FROM trace t WHERE ${traceCondition(request)} AND t.seq IN (SELECT trace FROM ${relation.name}) ORDER BY t.start_ns DESC, t.seq DESC LIMIT ${limit}`);
  const sets = compiler.table('sets', `SELECT ${['trace', ...setColumns].map((column) => `r.${column}`).join(', ')}, count(*)::DOUBLE AS matched, min(r.seq, ${request.spansPerSpanSet}) AS spans, row_number() OVER () AS set
    FROM ${relation.name} r WHERE r.trace IN (SELECT seq FROM ${hits}) GROUP BY ALL`);
  const writer = new SpanJsonWriter(uses, scope, request.blockColumns);
  const sql = `${compiler.with}
    SELECT c.set::DOUBLE AS set, c.matched, ${setColumns.map((column) => `c.${column}, `).join('')} ${writer.columns}
    FROM (SELECT *, unnest(spans) AS span_seq FROM ${sets}) c JOIN span s ON s.seq = c.span_seq ${writer.joins} WHERE ${scope.traceRange('s')} ORDER BY c.set, s.seq`;
  return { sql, set: relation.set, writer, readsAttributes: /\battribute a\b/.test(sql) };
}

function setValue(set: SetColumn, found: Columns, row: number): KeyValueJson['value'] {
  const value = found[set.column][row];
  switch (set.kind) {
    case 'count':
      return { intValue: String(value) };
    case 'duration':
      return { stringValue: formatDuration(Math.floor(value as number)) };
    case 'number':
      return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: jsonDouble(value as number) };
    case 'group':
      return groupValueJson(groupValue(found[`${set.column}_type`][row] as number, value as string | null));
  }
}

function setJson({ spans, matched, attributes }: FoundSet): string {
  return `{"spans":[${spans.join(',')}],"matched":${matched}${attributes.length > 0 ? `,"attributes":${JSON.stringify(attributes)}` : ''}}`;
}
