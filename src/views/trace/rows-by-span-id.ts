import { SPAN_ID_BYTES, type SpanId, type TraceSet } from '../../trace';

/** Row in one set of a row of another; -1 where its span is gone. */
export type RowOf = (row: number) => number;

/**
 * Where the rows of one set are in another set of the same trace, by span id: mostly in the same place. Other places are looked
 * up only when somebody asks.
 */
export function rowsBySpanId(from: TraceSet, fromTrace: number, to: TraceSet, toTrace: number): RowOf {
  const shift = to.firstRow(toTrace) - from.firstRow(fromTrace);
  let rows: Map<SpanId, number> | undefined;
  return (row) => {
    if (row + shift < to.endRow(toTrace) && isSameSpan(from, row, to, row + shift)) {
      return row + shift;
    }
    rows ??= rowsOf(to, toTrace);
    return rows.get(from.spanId(row)) ?? -1;
  };
}

function rowsOf(set: TraceSet, trace: number): Map<SpanId, number> {
  const rows = new Map<SpanId, number>();
  for (let row = set.firstRow(trace); row < set.endRow(trace); row++) {
    rows.set(set.spanId(row), row);
  }
  return rows;
}

function isSameSpan(left: TraceSet, leftRow: number, right: TraceSet, rightRow: number): boolean {
  for (let at = 0; at < SPAN_ID_BYTES; at++) {
    if (left.columns.spanId[SPAN_ID_BYTES * leftRow + at] !== right.columns.spanId[SPAN_ID_BYTES * rightRow + at]) {
      return false;
    }
  }
  return true;
}
