/** Reads back the state of traces that grow after they left memory. */
import type { DuckDBConnection } from '@duckdb/node-api';
import { appendColumns } from '../database/append-columns';
import { partsOfTraceKey, traceKeyOfNumbers } from './span-batch';
import { emptyState, extended, type TraceState } from './trace-state';

/**
 * The states of those of the traces that the database has.
 * @param pause called between steps of about a millisecond
 */
export async function readStates(connection: DuckDBConnection, keys: readonly string[], pause: () => Promise<void>): Promise<Map<string, TraceState>> {
  const states = new Map<string, TraceState>();
  if (keys.length === 0) {
    return states;
  }
  const parts = keys.map(partsOfTraceKey);
  await appendColumns(connection, 'wanted', { tenant: 'INTEGER', id_high: 'UBIGINT', id_low: 'UBIGINT' }, {
    tenant: Int32Array.from(parts, (part) => part.tenant),
    id_high: BigUint64Array.from(parts, (part) => part.idHigh),
    id_low: BigUint64Array.from(parts, (part) => part.idLow),
  }, keys.length);
  const found = await connection.runAndReadAll('SELECT t.seq, t.tenant, t.id_high, t.id_low FROM trace t JOIN wanted w USING (tenant, id_high, id_low)');
  await connection.run('TRUNCATE wanted');
  const bySeq = new Map(found.getRowObjects().map((row) => [Number(row.seq), traceKeyOfNumbers(row.tenant as number, row.id_high as bigint, row.id_low as bigint)]));
  if (bySeq.size === 0) {
    return states;
  }
  const spans = await readSpans(connection, [...bySeq.keys()], pause);
  for (let from = 0, to = 0; from < spans.trace.length; from = to) {
    const seq = spans.trace[from];
    while (to < spans.trace.length && spans.trace[to] === seq) {
      to++;
    }
    const key = bySeq.get(seq) ?? '';
    const parentId = spans.parent_id.slice(from, to);
    const bounds = await extended(
      emptyState(key, seq), { parentId, startNs: spans.start_ns.subarray(from, to), durationNs: spans.duration_ns.subarray(from, to), name: spans.name.subarray(from, to), resource: spans.resource.subarray(from, to) }, pause,
    );
    states.set(key, {
      key, seq, ...bounds, spanSeq: spans.seq.slice(from, to), spanId: spans.span_id.slice(from, to), parentId,
      left: spans.nested_left.slice(from, to), right: spans.nested_right.slice(from, to), parent: spans.nested_parent.slice(from, to),
    });
    await pause();
  }
  return states;
}

/** The columns of `span` that are read, for so many rows. */
function spanColumns(rows: number) {
  return {
    trace: new Float64Array(rows), seq: new Float64Array(rows), span_id: new BigUint64Array(rows), parent_id: new BigUint64Array(rows), start_ns: new BigInt64Array(rows), duration_ns: new BigInt64Array(rows),
    name: new Int32Array(rows), resource: new Int32Array(rows), nested_left: new Int32Array(rows), nested_right: new Int32Array(rows), nested_parent: new Int32Array(rows),
  };
}

/** Rows of `span`, by trace and in order; a block at a time, as a trace may have hundreds of thousands. */
async function readSpans(connection: DuckDBConnection, traces: readonly number[], pause: () => Promise<void>): Promise<ReturnType<typeof spanColumns>> {
  const ofTraces = `FROM span WHERE trace IN (${traces.join(', ')})`;
  const counted = await connection.runAndReadAll(`SELECT count(*)::DOUBLE AS spans ${ofTraces}`);
  const spans = spanColumns(counted.getRowObjects()[0].spans as number);
  const columns = Object.entries(spans);
  const selected = columns.map(([name, column]) => (column instanceof Float64Array ? `${name}::DOUBLE` : name));
  const rows = await connection.stream(`SELECT ${selected.join(', ')} ${ofTraces} ORDER BY trace, seq`);
  let read = 0;
  for (let block = await rows.fetchChunk(); block && block.rowCount > 0; block = await rows.fetchChunk()) {
    for (const [i, [, column]] of columns.entries()) {
      column.set(block.getColumnValues(i) as never, read);
    }
    read += block.rowCount;
    await pause();
  }
  return spans;
}
