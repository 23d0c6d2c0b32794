/**
 * Structural operators: which rows of one relation of spans have a span of another one above, below, beside them.
 * Nested-set numbers nest: a span is below another exactly when it comes after it by `nested_left` and ends before it by
 * `nested_right`. So one pass over the spans of a trace in order, with the furthest end so far, finds all that are below one of the
 * others; comparing each with each would take hours in a trace of a hundred thousand spans.
 */
import type { RelationOp } from '../traceql/ast';

/** Whether the others stand on the left of the operator, or on its right. */
export type OthersSide = 'left' | 'right';

const MIRRORED: Readonly<Record<RelationOp, RelationOp>> = { '>': '<', '<': '>', '>>': '<<', '<<': '>>', '~': '~' };

/**
 * A SELECT of the seqs of those of the rows that stand so to one of the others.
 * @param rows, others names of tables with `seq`, the nested-set numbers and the keys
 * @param keys columns that are the same for spans that belong together: the trace, and what they are grouped by
 */
export function relatedSeqs(sign: RelationOp, rows: string, others: string, othersSide: OthersSide, keys: readonly string[]): string {
  const isTogether = keys.map((key) => `b.${key} IS NOT DISTINCT FROM a.${key}`).join(' AND ');
  switch (othersSide === 'left' ? sign : MIRRORED[sign]) {
    case '>':
      return `SELECT b.seq FROM ${rows} b SEMI JOIN ${others} a ON ${isTogether} AND b.nested_parent = a.nested_left AND b.nested_parent > 0`;
    case '<':
      return `SELECT b.seq FROM ${rows} b SEMI JOIN ${others} a ON ${isTogether} AND b.nested_left = a.nested_parent AND b.nested_left > 0`;
    case '>>':
      return nested('nested_left', 'nested_right');
    case '<<':
      return nested('nested_right', 'nested_left');
    case '~': {
      // Of a span's own group of siblings it must be another one: one of the two is.
      const siblings = `SELECT ${[...keys, 'nested_parent'].join(', ')}, min(seq) AS first_seq, max(seq) AS last_seq FROM ${others} WHERE nested_parent <> 0 GROUP BY ALL`;
      return `SELECT b.seq FROM ${rows} b JOIN (${siblings}) a ON ${isTogether} AND b.nested_parent = a.nested_parent WHERE b.seq <> a.first_seq OR b.seq <> a.last_seq`;
    }
  }

  /** Rows for which one of the others comes before them by one number, and after them by the other one. */
  function nested(order: string, reach: string): string {
    const columns = ['seq', order, reach, ...keys].map((column) => `b.${column}`).join(', ');
    const together = (of: string, from: string, to: string): string => `SELECT ${columns}, ${of} AS reach_of_other FROM ${from} b SEMI JOIN ${to} a ON ${isTogether} WHERE b.nested_left > 0`;
    return `WITH near AS (${together(`b.${reach}`, others, rows)})
      SELECT seq FROM (FROM near UNION ALL ${together('NULL', rows, 'near')})
      QUALIFY reach_of_other IS NULL AND max(reach_of_other) OVER (PARTITION BY ${keys.join(', ')} ORDER BY ${order}) > ${reach}`;
  }
}
