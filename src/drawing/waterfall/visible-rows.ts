interface DepthFirstRows {
  /** Rows below and including a row. A subtree is contiguous: rows are in depth-first order. */
  readonly subtreeSize: ArrayLike<number>;
}

export interface RowChoice {
  /** Rows whose descendants are hidden. */
  readonly collapsed: ReadonlySet<number>;
  /** 1 a row that is shown whatever is collapsed above it; without it all rows are. */
  readonly only?: Uint8Array;
}

/**
 * The rows of one trace that are shown, from top to bottom and so in ascending order.
 *
 * @param firstRow and `endRow` of the trace in its set
 */
export function visibleRows({ subtreeSize }: DepthFirstRows, firstRow: number, endRow: number, { collapsed, only }: RowChoice): Uint32Array {
  const rows = new Uint32Array(endRow - firstRow);
  let count = 0;
  for (let row = firstRow; row < endRow; row += collapsed.has(row) ? subtreeSize[row] : 1) {
    if (!only || only[row] === 1) {
      rows[count++] = row;
    }
  }
  return rows.slice(0, count);
}

/** Where `row` stands among ascending rows, or would stand: the first position whose row is not before it. */
export function positionOf(rows: Uint32Array, row: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rows[middle] < row) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** Marks the ancestors of all marked rows too, in place: a match is shown with the calls that led to it. */
export function withAncestors(marks: Uint8Array, parent: ArrayLike<number>): Uint8Array {
  for (let row = marks.length - 1; row > 0; row--) {
    if (marks[row] === 1 && parent[row] >= 0) {
      marks[parent[row]] = 1;
    }
  }
  return marks;
}
