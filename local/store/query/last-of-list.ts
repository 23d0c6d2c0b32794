/**
 * Of a span's events (and links) an answer lists one value a field: as in Tempo, that of the last one that was asked for. Their order is
 * in the span's detail only, which is read where there is a choice.
 */
import type { Columns } from '../database/readers';
import { Scope } from '../ingest/attribute';
import { readDetails, type SpanDetail } from '../ingest/span-detail';
import { shortSteps } from '../short-steps';
import type { CachedPair, QuerySql } from './dictionary-cache';

/** Details passed over between two looks at the clock. */
const STEP_SPANS = 100;

/**
 * @param found the spans, with `seq`, `trace` and `start_ns`
 * @param pairsOf numbers of pairs of events and links by the span's seq
 * @returns the same, the pairs of the last events and links first where a span has several of one key
 */
export async function latestFirst(query: QuerySql, found: Columns, pairsOf: ReadonlyMap<number, readonly number[]>, pairs: ReadonlyMap<number, CachedPair>): Promise<ReadonlyMap<number, readonly number[]>> {
  const rows = found.seq.flatMap((seq, row) => (hasChoice(pairsOf.get(seq as number) ?? [], pairs) ? [row] : []));
  const details = await readDetailsOf(query, rows.map((row) => ({ seq: found.seq[row] as number, trace: found.trace[row] as number })));
  const ordered = new Map(pairsOf);
  for (const row of rows) {
    const seq = found.seq[row] as number;
    const detail = details.get(seq);
    if (detail) {
      const place = new Map((pairsOf.get(seq) ?? []).map((id) => [id, lastPlace(id, pairs.get(id), detail, BigInt.asUintN(64, found.start_ns[row] as bigint))]));
      ordered.set(seq, [...place].sort(([, a], [, b]) => b - a).map(([id]) => id));
    }
  }
  return ordered;
}

/** Whether some key has several values. */
function hasChoice(ids: readonly number[], pairs: ReadonlyMap<number, CachedPair>): boolean {
  return ids.length > 1 && new Set(ids.map((id) => pairs.get(id)?.key)).size < ids.length;
}

/** The place of the last event or link that has the pair. */
function lastPlace(id: number, pair: CachedPair | undefined, { events, links }: SpanDetail, startNs: bigint): number {
  switch (pair?.scope === Scope.intrinsic ? pair.key : undefined) {
    case 'event:name':
      return events.findLastIndex(({ name }) => name === id);
    case 'event:timeSinceStart':
      return events.findLastIndex(({ timeNs }) => BigInt.asIntN(64, timeNs - startNs) === pair?.values[0].integer);
    case 'link:traceID':
      return links.findLastIndex(({ traceId }) => hex(traceId) === pair?.values[0].text);
    case 'link:spanID':
      return links.findLastIndex(({ spanId }) => hex(spanId) === pair?.values[0].text);
    default:
      return Math.max(events.findLastIndex(({ attributes }) => attributes.includes(id)), links.findLastIndex(({ attributes }) => attributes.includes(id)));
  }
}

function hex(id: Uint8Array): string {
  return Buffer.from(id).toString('hex');
}

/** The details of some spans by their seq. */
async function readDetailsOf(query: QuerySql, spans: ReadonlyArray<{ readonly seq: number; readonly trace: number }>): Promise<Map<number, SpanDetail>> {
  const details = new Map<number, SpanDetail>();
  if (spans.length === 0) {
    return details;
  }
  const wanted = new Set(spans.map(({ seq }) => seq));
  const last = spans.reduce((most, { seq }) => Math.max(most, seq), 0);
  const blocks = await query(`SELECT first_span::DOUBLE AS first_span, bytes FROM detail WHERE first_span IN (
    SELECT max(d.first_span) FROM detail d JOIN (VALUES ${spans.map(({ seq, trace }) => `(${trace}, ${seq})`).join(', ')}) w(trace, seq) ON d.trace = w.trace AND d.first_span <= w.seq GROUP BY w.seq)`);
  const pause = shortSteps();
  for (const { first_span: first, bytes } of blocks) {
    let seq = first as number;
    for (const detail of readDetails((bytes as { bytes: Uint8Array }).bytes)) {
      if (wanted.has(seq)) {
        details.set(seq, detail);
      }
      if (seq++ >= last) {
        break;
      }
      if (seq % STEP_SPANS === 0) {
        await pause();
      }
    }
  }
  return details;
}
