/** The tree of a trace as a renderer needs it: spans in depth-first order, each followed by its descendants. */
export interface DepthFirstTree {
  /** Span number by depth-first position. */
  readonly order: ArrayLike<number>;
  /** Number of spans below and including a span, by span number. */
  readonly subtreeSize: ArrayLike<number>;
}

/**
 * The spans that have a row, from top to bottom: all but those below a collapsed span.
 *
 * @param collapsed span numbers
 * @returns span number by row
 */
export function visibleRows({ order, subtreeSize }: DepthFirstTree, collapsed: ReadonlySet<number>): Uint32Array {
  const rows = new Uint32Array(order.length);
  let count = 0;
  for (let position = 0; position < order.length; ) {
    const span = order[position];
    rows[count++] = span;
    position += collapsed.has(span) ? subtreeSize[span] : 1;
  }
  return rows.slice(0, count);
}
