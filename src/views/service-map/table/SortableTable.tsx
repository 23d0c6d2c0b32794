import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, Icon, useStyles2 } from '@grafana/ui';
import { useMemo, useState, type ReactNode } from 'react';
import { sortRows, type SortOrder, type SortValue } from './sort-rows';

export interface Column<Row> {
  readonly title: string;
  readonly sortValue: (row: Row) => SortValue;
  readonly cell: (row: Row) => ReactNode;
  readonly isNumber?: boolean;
}

interface Props<Row> {
  readonly caption: string;
  readonly columns: ReadonlyArray<Column<Row>>;
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** Marked as the selected one. */
  readonly isSelected?: (row: Row) => boolean;
  /** Hidden from the eye, still read out. */
  readonly hideCaption?: boolean;
}

/** More take seconds to write into the page. */
const ROWS_AT_FIRST = 500;

/** A plain table whose headings sort it; numbers the largest first. A refresh keeps the order that was chosen. */
export function SortableTable<Row>({ caption, columns, rows, keyOf, isSelected, hideCaption }: Props<Row>) {
  const styles = useStyles2(getStyles);
  const [order, setOrder] = useState<SortOrder | undefined>(undefined);
  const [showsAll, showAll] = useState(false);
  const sorted = useMemo(() => {
    const column = columns.find(({ title }) => title === order?.column);
    return order && column ? sortRows(rows, column.sortValue, order.direction) : rows;
  }, [columns, rows, order]);

  const sortBy = ({ title, isNumber }: Column<Row>) =>
    setOrder((last) => {
      const first = isNumber ? 'descending' : 'ascending';
      const other = isNumber ? 'ascending' : 'descending';
      return { column: title, direction: last?.column === title && last.direction === first ? other : first };
    });

  return (
    <table className={styles.table}>
      <caption className={cx(hideCaption && 'sr-only')}>{caption}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.title} scope="col" className={cx(column.isNumber && styles.number)} aria-sort={order?.column === column.title ? order.direction : undefined}>
              <button type="button" className={styles.heading} onClick={() => sortBy(column)}>
                {column.title}
                {order?.column === column.title && <Icon name={order.direction === 'ascending' ? 'arrow-up' : 'arrow-down'} size="sm" />}
              </button>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {(showsAll ? sorted : sorted.slice(0, ROWS_AT_FIRST)).map((row) => (
          <tr key={keyOf(row)} aria-selected={isSelected?.(row) || undefined}>
            {columns.map(({ title, cell, isNumber }, at) =>
              at === 0 ? (
                <th key={title} scope="row">
                  {cell(row)}
                </th>
              ) : (
                <td key={title} className={cx(isNumber && styles.number)}>
                  {cell(row)}
                </td>
              )
            )}
          </tr>
        ))}
      </tbody>
      {!showsAll && sorted.length > ROWS_AT_FIRST && (
        <tfoot>
          <tr>
            <td colSpan={columns.length}>
              <Button size="sm" variant="secondary" onClick={() => showAll(true)}>
                {`Show all ${sorted.length.toLocaleString('en')} rows`}
              </Button>
            </td>
          </tr>
        </tfoot>
      )}
    </table>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  table: css({
    width: '100%',
    marginBottom: theme.spacing(3),
    fontVariantNumeric: 'tabular-nums',
    caption: { captionSide: 'top', padding: theme.spacing(1), ...theme.typography.h5 },
    'th, td': { padding: theme.spacing(0.5, 1), textAlign: 'left', borderBottom: `1px solid ${theme.colors.border.weak}` },
    'tbody th': { fontWeight: theme.typography.fontWeightRegular, overflowWrap: 'anywhere' },
    'tbody tr:hover': { background: theme.colors.action.hover },
    'tr[aria-selected=true]': { background: theme.colors.action.selected },
  }),
  number: css({ textAlign: 'right !important' as 'right', whiteSpace: 'nowrap' }),
  heading: css({
    all: 'unset',
    cursor: 'pointer',
    display: 'inline-flex',
    alignItems: 'center',
    color: theme.colors.text.secondary,
    fontWeight: theme.typography.fontWeightMedium,
    '&:hover': { color: theme.colors.text.primary },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}` },
  }),
});
