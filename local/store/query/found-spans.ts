/** What a search reads of the traces it has found: the spans that the answer lists, and how many spans of which resource there are. */
import { isAmong } from '../database/literal';
import type { Columns } from '../database/readers';
import type { QuerySql } from './dictionary-cache';
import type { SpanJsonWriter } from './span-json';
import { isOfTraces, readResourceCounts, type ResourceCount } from './trace-heads';

/** Traces with no more spans than these are read whole, once; of larger ones the listed spans are read and the others counted. */
const MAX_SPANS = 4000;

export interface FoundSpans {
  /** The listed spans, with the writer's columns. */
  readonly found: Columns;
  readonly counts: readonly ResourceCount[];
}

interface Listed {
  readonly trace: { readonly seq: number };
  /** Seqs of the spans that the answer lists. */
  readonly spans: readonly number[];
}

/** @param sets at least one */
export async function readFoundSpans(query: QuerySql, columns: (sql: string) => Promise<Columns>, writer: SpanJsonWriter, sets: readonly Listed[]): Promise<FoundSpans> {
  const traces = [...new Set(sets.map(({ trace }) => trace.seq))].sort((a, b) => a - b);
  const listed = new Set(sets.flatMap(({ spans }) => spans));
  const of = `FROM span s ${writer.joins} WHERE ${isOfTraces(traces)}`;
  const all = await columns(`SELECT ${writer.columns}, s.resource AS count_resource, s.status AS count_status ${of} LIMIT ${MAX_SPANS + 1}`);
  if (all.seq.length <= MAX_SPANS) {
    const rows = all.seq.flatMap((seq, row) => (listed.has(seq as number) ? [row] : []));
    return { found: Object.fromEntries(Object.entries(all).map(([name, values]) => [name, rows.map((row) => values[row])])), counts: countsOf(all) };
  }
  return { found: await columns(`SELECT ${writer.columns} ${of} AND ${isAmong('s.seq', [...listed])}`), counts: await readResourceCounts(query, traces) };
}

function countsOf({ trace, count_resource: resource, count_status: status }: Columns): ResourceCount[] {
  const counts = new Map<string, { trace: number; resource: number; spans: number; errors: number }>();
  trace.forEach((number, row) => {
    const key = `${String(number)}/${String(resource[row])}`;
    const count = counts.get(key) ?? { trace: number as number, resource: resource[row] as number, spans: 0, errors: 0 };
    count.spans++;
    count.errors += status[row] === 2 ? 1 : 0;
    counts.set(key, count);
  });
  return [...counts.values()];
}
