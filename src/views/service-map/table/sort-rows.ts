/** What a cell is sorted by; undefined is below everything and always last. */
export type SortValue = string | number | undefined;

export interface SortOrder {
  readonly column: string;
  readonly direction: 'ascending' | 'descending';
}

/** The rows in order; rows that compare equal stay as they came. */
export function sortRows<Row>(rows: readonly Row[], valueOf: (row: Row) => SortValue, direction: SortOrder['direction']): Row[] {
  const sign = direction === 'ascending' ? 1 : -1;
  return rows
    .map((row) => ({ row, value: valueOf(row) }))
    .sort(({ value: a }, { value: b }) => {
      if (a === undefined || b === undefined) {
        return Number(a === undefined) - Number(b === undefined);
      }
      return sign * (typeof a === 'string' || typeof b === 'string' ? String(a).localeCompare(String(b), 'en', { numeric: true }) : a - b);
    })
    .map(({ row }) => row);
}
