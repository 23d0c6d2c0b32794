/** The same spans at other times: for adjustments that a person can switch off again, because the raw set stays as it is. */
import type { TraceColumns } from './columns';
import { timeColumns } from './derived-columns';
import { SPAN_ID_BYTES } from './ids';
import { depthFirst } from './span-tree';
import { TraceSet } from './trace-set';

export interface ShiftedSet {
  readonly set: TraceSet;
  /** Row in `set` of each row of the raw set: siblings may change places. */
  readonly row: Int32Array;
}

/**
 * A set of the same spans with other starts, and all that follows from them: order of siblings, self time, extent and base of
 * each trace. Details and names are shared.
 * @param startNs new start of each row, from the base of its trace; may be negative
 */
export function withStarts(raw: TraceSet, startNs: Float64Array): ShiftedSet {
  if (startNs.length !== raw.spanCount) {
    throw new RangeError(`withStarts: expected ${raw.spanCount} starts, actual: ${startNs.length}`);
  }
  const { columns } = raw;
  const key = new Int32Array(3 * raw.spanCount);
  columns.trace.forEach((trace, row) => (key[3 * row] = trace));
  const tree = depthFirst({ count: raw.spanCount, key, startNs: startNs.slice(), repair: columns.repair.slice() }, columns.parent.slice(), raw.traceCount);
  const leastNs = leastStarts(columns, startNs);
  const set = new TraceSet({
    ...columns, ...permuted(columns, tree.order), ...timeColumns(tree, { startNs, durationNs: columns.durationNs }, leastNs),
    parent: tree.parent, subtreeSize: tree.subtreeSize,
    traceBaseUnixNs: columns.traceBaseUnixNs.map((baseNs, trace) => baseNs + BigInt(Math.round(leastNs[trace]))), peers: undefined,
  });
  return { set, row: tree.row };
}

/** The columns that move with their span. A trace's rows stay its rows: traces keep their places. */
function permuted(columns: TraceColumns, order: Uint32Array) {
  const gather = <T extends Uint8Array | Uint32Array | Int32Array | Float64Array>(column: T): T => {
    const result = column.slice() as T;
    order.forEach((from, to) => (result[to] = column[from]));
    return result;
  };
  const spanId = new Uint8Array(columns.spanId.length);
  order.forEach((from, to) => spanId.set(columns.spanId.subarray(SPAN_ID_BYTES * from, SPAN_ID_BYTES * (from + 1)), SPAN_ID_BYTES * to));
  return {
    spanId,
    service: gather(columns.service),
    operation: gather(columns.operation), kind: gather(columns.kind), status: gather(columns.status), depth: gather(columns.depth),
    repair: gather(columns.repair), scope: gather(columns.scope), detailStart: gather(columns.detailStart), detailEnd: gather(columns.detailEnd),
  };
}

/** The earliest start of each trace, 0 where it has no rows. */
function leastStarts({ traceFirstRow }: TraceColumns, startNs: Float64Array): Float64Array {
  return Float64Array.from({ length: traceFirstRow.length - 1 }, (_, trace) => {
    const starts = startNs.subarray(traceFirstRow[trace], traceFirstRow[trace + 1]);
    return starts.length === 0 ? 0 : starts.reduce((least, start) => Math.min(least, start));
  });
}
