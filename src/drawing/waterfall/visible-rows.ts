interface DepthFirstRows {
  /** Rows below and including a row. A subtree is contiguous: rows are in depth-first order. */
  readonly subtreeSize: ArrayLike<number>;
}

/**
 * The rows of one trace that are shown, from top to bottom: all but those below a collapsed one.
 *
 * @param firstRow and `endRow` of the trace in its set
 * @param collapsed rows whose descendants are hidden
 */
export function visibleRows({ subtreeSize }: DepthFirstRows, firstRow: number, endRow: number, collapsed: ReadonlySet<number>): Uint32Array {
  const rows = new Uint32Array(endRow - firstRow);
  let count = 0;
  for (let row = firstRow; row < endRow; row += collapsed.has(row) ? subtreeSize[row] : 1) {
    rows[count++] = row;
  }
  return rows.slice(0, count);
}
