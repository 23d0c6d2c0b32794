/**
 * Search: which traces have spans that a pipeline keeps. Traces are looked at from the latest to the earliest in growing slices
 * until the limit is reached, so that a search for what is frequent reads little.
 */
import type { Reads, Row } from '../database/readers';
import type { Pipeline } from '../traceql/ast';
import { fieldUses } from '../traceql/field-uses';
import type { DictionaryCache, QuerySql } from './dictionary-cache';
import { formatDuration } from './format-duration';
import { groupValue, groupValueJson } from './group-value';
import { IdLookups } from './id-lookups';
import { columnsOfSet, PipelineCompiler, type SetColumn } from './pipeline-sql';
import { jsonDouble, type KeyValueJson } from './any-value';
import { type BlockColumns, SpanJsonWriter } from './span-json';
import { EVERYTHING, SqlScope } from './sql-scope';
import { spanBounds, traceCondition, type TraceFilter, traceRangeSql } from './trace-bounds';
import { readFoundSpans } from './found-spans';
import { readTraceHeads, TRACE_ROW, type TraceHead, type TraceRow, traceRow } from './trace-heads';

export interface SearchRequest extends TraceFilter {
  readonly pipeline: Pipeline;
  readonly limit: number;
  readonly spansPerSpanSet: number;
  readonly blockColumns: BlockColumns;
  readonly needsEvents: boolean;
}

export interface FoundTrace {
  readonly head: TraceHead;
  /** JSON texts: an answer of thousands of spans is written once, not built and then written. */
  readonly spanSets: readonly string[];
}

/** Traces in the first slice; the following ones are each eight times as large. */
const FIRST_SLICE = 500;
const SLICE_GROWTH = 8;

interface FoundSet {
  readonly trace: TraceRow;
  readonly matched: number;
  readonly attributes: readonly KeyValueJson[];
  /** Seqs of the spans that the answer lists. */
  readonly spans: readonly number[];
}

/** The latest traces that match, at most `limit`. @throws QueryTimeError, QueryCancelledError */
export function search(reads: Reads, cache: DictionaryCache, request: SearchRequest): Promise<FoundTrace[]> {
  return reads.snapshot(async (query, columns) => {
    const uses = fieldUses(request.pipeline);
    const lookups = new IdLookups();
    const range = traceRangeSql(request);
    lookups.ask(range);
    compileSlice(new SqlScope({ ...EVERYTHING, ...request }, lookups), request, request.limit);
    // Asks for the numbers that listing the spans takes.
    new SpanJsonWriter(uses, lookups, request);
    await lookups.resolve(query);
    // Of none these are infinite, and no slice is looked at.
    const [firstTrace, lastTrace] = [Math.min(...lookups.idsOf(range)), Math.max(...lookups.idsOf(range))];
    const sets: FoundSet[] = [];
    const traces = new Set<number>();
    for (let last = lastTrace, size = FIRST_SLICE; last >= firstTrace && traces.size < request.limit; last -= size, size *= SLICE_GROWTH) {
      const slice = { firstTrace: Math.max(firstTrace, last - size + 1), lastTrace: last };
      for (const set of await searchSlice(query, lookups, request, slice, request.limit - traces.size)) {
        sets.push(set);
        traces.add(set.trace.seq);
      }
    }
    if (sets.length === 0) {
      return [];
    }
    const writer = new SpanJsonWriter(uses, lookups, request);
    const { found, counts } = await readFoundSpans(query, columns, writer, sets);
    const texts = await writer.write(query, cache, found);
    const textOf = new Map(texts.map((text, i) => [found.seq[i] as number, text]));
    const rows = new Map(sets.map(({ trace }) => [trace.seq, trace]));
    const heads = await readTraceHeads(query, cache, [...rows.values()], counts);
    const setsOf = new Map<number, string[]>();
    for (const set of sets) {
      setsOf.set(set.trace.seq, [...(setsOf.get(set.trace.seq) ?? []), setJson(set, textOf)]);
    }
    return heads.map((head) => ({ head, spanSets: setsOf.get(head.seq) ?? [] }));
  });
}

async function searchSlice(query: QuerySql, lookups: IdLookups, request: SearchRequest, slice: { firstTrace: number; lastTrace: number }, limit: number): Promise<FoundSet[]> {
  const { tenants, isSingleTenant, needsEvents } = request;
  const confinement = { tenants, isSingleTenant, needsEvents, ...slice };
  let compiled = compileSlice(new SqlScope({ ...confinement, firstSpan: 0, lastSpan: Number.MAX_SAFE_INTEGER }, lookups), request, limit);
  if (compiled.readsAttributes) {
    compiled = compileSlice(new SqlScope({ ...confinement, ...(await spanBounds(query, slice.firstTrace, slice.lastTrace)) }, lookups), request, limit);
  }
  return (await query(compiled.sql)).map((row) => ({
    trace: traceRow(row),
    matched: row.matched as number,
    attributes: compiled.set.map((set) => ({ key: set.label, value: setValue(set, row) })),
    spans: (row.spans as { items: readonly number[] }).items,
  }));
}

interface CompiledSlice {
  readonly sql: string;
  readonly set: readonly SetColumn[];
  readonly readsAttributes: boolean;
}

/** One row a set of spans, with its trace. */
function compileSlice(scope: SqlScope, request: SearchRequest, limit: number): CompiledSlice {
  const compiler = new PipelineCompiler(scope);
  const relation = compiler.compile(request.pipeline);
  const setColumns = relation.set.flatMap(columnsOfSet);
  const sets = compiler.table('sets', `SELECT ${['trace', ...setColumns].map((column) => `r.${column}`).join(', ')}, count(*)::DOUBLE AS matched, min(r.seq, ${request.spansPerSpanSet})::DOUBLE[] AS spans FROM ${relation.name} r GROUP BY ALL`);
  const order = 't.start_ns DESC, t.seq DESC';
  const isGrouped = relation.set.some(({ kind }) => kind === 'group');
  const latest = isGrouped ? `QUALIFY dense_rank() OVER (ORDER BY ${order}) <= ${limit} ORDER BY ${order}, c.spans` : `ORDER BY ${order} LIMIT ${limit}`;
  const sql = `${compiler.with}
    SELECT ${setColumns.map((column) => `c.${column}, `).join('')}c.matched, c.spans, ${TRACE_ROW} FROM ${sets} c JOIN trace t ON t.seq = c.trace
    WHERE ${traceCondition(request)} ${latest}`;
  return { sql, set: relation.set, readsAttributes: /\battribute a\b/.test(sql) };
}

function setValue(set: SetColumn, row: Row): KeyValueJson['value'] {
  const value = row[set.column];
  switch (set.kind) {
    case 'count':
      return { intValue: String(value) };
    case 'duration':
      return { stringValue: formatDuration(Math.floor(value as number)) };
    case 'number':
      return row[`${set.column}_type`] ? { intValue: String(value) } : { doubleValue: jsonDouble(value as number) };
    case 'group':
      return groupValueJson(groupValue(row[`${set.column}_type`] as number, value as string | null));
  }
}

function setJson({ spans, matched, attributes }: FoundSet, textOf: ReadonlyMap<number, string>): string {
  return `{"spans":[${spans.map((seq) => textOf.get(seq)).join(',')}],"matched":${matched}${attributes.length > 0 ? `,"attributes":${JSON.stringify(attributes)}` : ''}}`;
}
