import type { GridColumn } from './DataGrid';

export interface FittingColumns {
  readonly shown: readonly GridColumn[];
  readonly hidden: readonly GridColumn[];
}

/**
 * The columns that a width has room for: of those that may be missing, the last go first. What may not stays, and the table
 * is scrolled sideways.
 *
 * @param widthPx 0 before the table is laid out: all of them
 */
export function fittingColumns(columns: readonly GridColumn[], widthPx: number): FittingColumns {
  let neededPx = columns.reduce((sum, column) => sum + column.widthPx, 0);
  const hidden = new Set<GridColumn>();
  for (const column of widthPx > 0 ? columns.toReversed() : []) {
    if (column.isLesser && neededPx > widthPx) {
      hidden.add(column);
      neededPx -= column.widthPx;
    }
  }
  return { shown: columns.filter((column) => !hidden.has(column)), hidden: [...hidden].reverse() };
}
