import { SPAN_ID_BYTES, type SpanId, type TraceSet } from '../../trace';

/** Where each row of one set is in another set of the same trace: by place where their ids agree, else by span id; -1 where gone. */
export function rowsBySpanId(from: TraceSet, fromTrace: number, to: TraceSet, toTrace: number): Int32Array {
  const rows = new Int32Array(from.spanCount).fill(-1);
  const [first, end] = [from.firstRow(fromTrace), from.endRow(fromTrace)];
  const toFirst = to.firstRow(toTrace);
  const isPrefix = end - first <= to.endRow(toTrace) - toFirst && sameIds(from.columns.spanId, SPAN_ID_BYTES * first, to.columns.spanId, SPAN_ID_BYTES * toFirst, SPAN_ID_BYTES * (end - first));
  if (isPrefix) {
    for (let row = first; row < end; row++) {
      rows[row] = row - first + toFirst;
    }
    return rows;
  }
  const rowOf = new Map<SpanId, number>();
  for (let row = toFirst; row < to.endRow(toTrace); row++) {
    rowOf.set(to.spanId(row), row);
  }
  for (let row = first; row < end; row++) {
    rows[row] = rowOf.get(from.spanId(row)) ?? -1;
  }
  return rows;
}

function sameIds(left: Uint8Array, leftAt: number, right: Uint8Array, rightAt: number, length: number): boolean {
  for (let at = 0; at < length; at++) {
    if (left[leftAt + at] !== right[rightAt + at]) {
      return false;
    }
  }
  return true;
}
