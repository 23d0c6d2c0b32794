/** Some traces of a set as a set of their own, without decoding anything. */
import { NO_PARENT, type TraceColumns } from './columns';
import { SPAN_ID_BYTES, TRACE_ID_BYTES } from './ids';
import { TraceSet } from './trace-set';

type Column = Int32Array | Uint32Array | Float64Array | Uint8Array | BigUint64Array;

/**
 * Bytes, tables and notices are shared with the given set: to count some of its traces, not to keep or send them.
 *
 * @param traces indices, ascending, none twice
 */
export function pickTraces(set: TraceSet, traces: readonly number[]): TraceSet {
  if (traces.length === set.traceCount) {
    return set;
  }
  const { columns } = set;
  const traceFirstRow = new Uint32Array(traces.length + 1);
  traces.forEach((trace, at) => (traceFirstRow[at + 1] = traceFirstRow[at] + set.endRow(trace) - set.firstRow(trace)));
  const rowCount = traceFirstRow[traces.length];

  const rows = <T extends Column>(from: T, width = 1): T => {
    const to = emptyLike(from, rowCount * width);
    traces.forEach((trace, at) => to.set(from.subarray(width * set.firstRow(trace), width * set.endRow(trace)) as never, width * traceFirstRow[at]));
    return to;
  };
  const perTrace = <T extends Column>(from: T, width = 1): T => {
    const to = emptyLike(from, traces.length * width);
    traces.forEach((trace, at) => to.set(from.subarray(width * trace, width * (trace + 1)) as never, width * at));
    return to;
  };

  const parent = rows(columns.parent);
  const trace = new Uint32Array(rowCount);
  traces.forEach((picked, at) => {
    const shift = traceFirstRow[at] - set.firstRow(picked);
    for (let row = traceFirstRow[at]; row < traceFirstRow[at + 1]; row++) {
      trace[row] = at;
      parent[row] = parent[row] === NO_PARENT ? NO_PARENT : parent[row] + shift;
    }
  });
  const { peer, peers } = set.peers();
  const picked: TraceColumns = {
    ...columns,
    parent, trace, traceFirstRow,
    startNs: rows(columns.startNs), durationNs: rows(columns.durationNs), selfNs: rows(columns.selfNs),
    service: rows(columns.service), operation: rows(columns.operation), kind: rows(columns.kind), status: rows(columns.status),
    depth: rows(columns.depth), subtreeSize: rows(columns.subtreeSize), repair: rows(columns.repair), spanId: rows(columns.spanId, SPAN_ID_BYTES),
    scope: rows(columns.scope), detailStart: rows(columns.detailStart), detailEnd: rows(columns.detailEnd),
    traceId: perTrace(columns.traceId, TRACE_ID_BYTES), traceBaseUnixNs: perTrace(columns.traceBaseUnixNs),
    traceDurationNs: perTrace(columns.traceDurationNs), traceDuplicates: perTrace(columns.traceDuplicates),
    peers: { peer: rows(peer), peers },
  };
  return new TraceSet(picked);
}

const emptyLike = <T extends Column>(column: T, length: number): T => new (column.constructor as new (length: number) => T)(length);
