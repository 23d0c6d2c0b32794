interface DepthFirstRows {
  /** Rows below and including a row. A subtree is contiguous: rows are in depth-first order. */
  readonly subtreeSize: ArrayLike<number>;
}

/** What becomes of a row: shown, shown without its descendants, or hidden with them. */
export const Hiding = { none: 0, descendants: 1, subtree: 2 } as const;

export interface RowChoice {
  /** A Hiding of each row of the set. */
  readonly hiding: Uint8Array;
  /** 1 a row that is shown at all; without it all are. */
  readonly only?: Uint8Array;
}

/**
 * The rows of one trace that are shown, from top to bottom and so in ascending order.
 *
 * @param firstRow and `endRow` of the trace in its set
 */
export function visibleRows({ subtreeSize }: DepthFirstRows, firstRow: number, endRow: number, { hiding, only }: RowChoice): Uint32Array {
  const rows = new Uint32Array(endRow - firstRow);
  let count = 0;
  for (let row = firstRow; row < endRow; row += hiding[row] === Hiding.none ? 1 : subtreeSize[row]) {
    if (hiding[row] !== Hiding.subtree && (!only || only[row] === 1)) {
      rows[count++] = row;
    }
  }
  return count === rows.length ? rows : rows.slice(0, count);
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
