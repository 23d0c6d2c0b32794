import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useId, useMemo, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useSize } from '../canvas/use-size';
import { useScroll } from '../trace/use-scroll';
import { fittingColumns } from './fitting-columns';

export interface GridColumn {
  readonly key: string;
  readonly label: string;
  /** What the heading does not say. */
  readonly title?: string;
  readonly widthPx: number;
  /** Share of the room that is left. */
  readonly grow?: number;
  readonly isNumeric?: boolean;
  readonly isUnsortable?: boolean;
  /** Left out where there is no room for all columns. */
  readonly isLesser?: boolean;
  /** Offered in the heading where there is a way to take the column away. */
  readonly onRemove?: () => void;
  readonly cell: (position: number) => ReactNode;
}

export interface GridSort {
  readonly key: string;
  readonly isDescending: boolean;
}

export interface GridTree {
  /** From 1. */
  readonly level: (position: number) => number;
  /** Undefined where there is nothing to open. */
  readonly isOpen: (position: number) => boolean | undefined;
  readonly onToggle: (position: number) => void;
}

interface Props {
  /** Accessible name. */
  readonly label: string;
  readonly columns: readonly GridColumn[];
  readonly rowCount: number;
  readonly sort?: GridSort;
  readonly onSort?: (sort: GridSort) => void;
  readonly isSelected?: (position: number) => boolean;
  readonly onOpen?: (position: number) => void;
  readonly tree?: GridTree;
}

const ROW_HEIGHT_PX = 28;
/** Says how many columns are missing. */
const HIDDEN_NOTE_PX = 36;

/** A table of any number of rows: only those in sight are in the page. Arrow keys move, Enter opens. */
export function DataGrid({ label, columns: allColumns, rowCount, sort, onSort, isSelected, onOpen, tree }: Props) {
  const styles = useStyles2(getStyles);
  const id = useId();
  const gridRef = useRef<HTMLDivElement>(null);
  const { widthPx, heightPx } = useSize(gridRef);
  const viewPx = Math.max(0, heightPx - ROW_HEIGHT_PX);
  const { shown: columns, hidden } = useMemo(() => fittingColumns(allColumns, widthPx - HIDDEN_NOTE_PX), [allColumns, widthPx]);
  const { offsetPx, elementPx, scrollIntoView } = useScroll(gridRef, rowCount, ROW_HEIGHT_PX, viewPx);
  const [active, setActive] = useState(0);
  const first = Math.floor(offsetPx / ROW_HEIGHT_PX);
  const end = Math.min(rowCount, Math.ceil((offsetPx + viewPx) / ROW_HEIGHT_PX));
  const tracks = { gridTemplateColumns: [...columns.map(trackOf), ...(hidden.length > 0 ? [`${HIDDEN_NOTE_PX}px`] : [])].join(' ') };
  const minWidth = columns.reduce((sum, column) => sum + column.widthPx, hidden.length > 0 ? HIDDEN_NOTE_PX : 0);
  const moveTo = (position: number) => {
    const to = Math.max(0, Math.min(rowCount - 1, position));
    setActive(to);
    scrollIntoView(to);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const move = movement(event.key, Math.floor(viewPx / ROW_HEIGHT_PX), rowCount);
    const isOpen = tree?.isOpen(active);
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (move !== undefined) {
      moveTo(active + move);
    } else if (event.key === 'Enter' || event.key === ' ') {
      onOpen?.(active);
    } else if (tree && ((event.key === 'ArrowRight' && isOpen === false) || (event.key === 'ArrowLeft' && isOpen === true))) {
      tree.onToggle(active);
    } else {
      return;
    }
    event.preventDefault();
  };

  return (
    <div
      ref={gridRef}
      className={styles.grid}
      role={tree ? 'treegrid' : 'grid'}
      aria-label={label}
      aria-rowcount={rowCount + 1}
      tabIndex={0}
      aria-activedescendant={active >= first && active < end ? `${id}-${active}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div role="rowgroup" className={styles.head} style={{ minWidth }}>
        <div role="row" aria-rowindex={1} className={styles.headRow} style={tracks}>
          {columns.map((column) => (
            <GridHeading key={column.key} column={column} sort={sort} onSort={onSort} />
          ))}
          {hidden.length > 0 && (
            <div role="columnheader" className={styles.cell} title={`No room for ${hidden.map((column) => column.label).join(', ')}`}>
              +{hidden.length}
            </div>
          )}
        </div>
      </div>
      <div role="rowgroup" style={{ height: elementPx, minWidth }}>
        <div role="presentation" className={styles.view} style={{ height: Math.min(viewPx, elementPx) }}>
          {Array.from({ length: Math.max(0, end - first) }, (_, at) => {
            const position = first + at;
            return (
              // By place, not by content: scrolling rewrites texts and creates nothing.
              <div
                key={at}
                id={`${id}-${position}`}
                role="row"
                aria-rowindex={position + 2}
                aria-selected={isSelected?.(position) ?? false}
                aria-level={tree?.level(position)}
                aria-expanded={tree?.isOpen(position)}
                className={cx(styles.row, position === active && styles.active, isSelected?.(position) && styles.selected)}
                style={{ ...tracks, transform: `translateY(${position * ROW_HEIGHT_PX - offsetPx}px)` }}
                onClick={() => {
                  setActive(position);
                  onOpen?.(position);
                }}
              >
                {columns.map(({ key, isNumeric, cell }) => (
                  <div key={key} role="gridcell" className={cx(styles.cell, isNumeric && styles.numeric)}>
                    {cell(position)}
                  </div>
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

const trackOf = ({ widthPx, grow }: GridColumn): string => (grow ? `minmax(${widthPx}px, ${grow}fr)` : `${widthPx}px`);

interface HeadingProps {
  readonly column: GridColumn;
  readonly sort: GridSort | undefined;
  readonly onSort: ((sort: GridSort) => void) | undefined;
}

function GridHeading({ column: { key, label, title, isNumeric = false, isUnsortable, onRemove }, sort, onSort }: HeadingProps) {
  const styles = useStyles2(getStyles);
  const isSorted = sort?.key === key;
  return (
    <div role="columnheader" className={cx(styles.cell, isNumeric && styles.numeric, onRemove && styles.removable)} title={title} aria-sort={isSorted ? (sort.isDescending ? 'descending' : 'ascending') : undefined}>
      {onSort && !isUnsortable ? (
        // Figures are looked at from the largest down, names from A.
        <button type="button" className={styles.sort} onClick={() => onSort({ key, isDescending: isSorted ? !sort.isDescending : isNumeric })}>
          {label}
          {isSorted && (sort.isDescending ? ' ↓' : ' ↑')}
        </button>
      ) : (
        label
      )}
      {onRemove && (
        <button type="button" className={styles.sort} aria-label={`Remove column ${label}`} onClick={onRemove}>
          ×
        </button>
      )}
    </div>
  );
}

/** Rows to move by; undefined for other keys. */
function movement(key: string, page: number, rowCount: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return 1;
    case 'ArrowUp':
      return -1;
    case 'PageDown':
      return page;
    case 'PageUp':
      return -page;
    case 'Home':
      return -rowCount;
    case 'End':
      return rowCount;
    default:
      return undefined;
  }
}

const getStyles = (theme: GrafanaTheme2) => ({
  grid: css({ height: '100%', minHeight: 120, overflow: 'auto', fontSize: theme.typography.bodySmall.fontSize, '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: -2 } }),
  head: css({ position: 'sticky', top: 0, zIndex: 1, background: theme.colors.background.primary }),
  headRow: css({
    display: 'grid',
    alignItems: 'center',
    height: ROW_HEIGHT_PX,
    borderBottom: `1px solid ${theme.colors.border.medium}`,
    color: theme.colors.text.secondary,
    fontWeight: theme.typography.fontWeightMedium,
  }),
  view: css({ position: 'sticky', top: ROW_HEIGHT_PX, overflow: 'hidden' }),
  row: css({
    position: 'absolute',
    left: 0,
    right: 0,
    top: 0,
    height: ROW_HEIGHT_PX,
    display: 'grid',
    alignItems: 'center',
    cursor: 'pointer',
    borderBottom: `1px solid ${theme.colors.border.weak}`,
    '&:hover': { background: theme.colors.action.hover },
  }),
  active: css({ '[role$=grid]:focus-visible &': { boxShadow: `inset 2px 0 ${theme.colors.primary.main}` } }),
  selected: css({ background: theme.colors.action.selected }),
  cell: css({ minWidth: 0, padding: theme.spacing(0, 1), overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }),
  numeric: css({ textAlign: 'right', fontVariantNumeric: 'tabular-nums' }),
  // The name gives way, what removes it stays in sight.
  removable: css({ display: 'flex', gap: theme.spacing(0.5), '& > :first-child': { flex: 1, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis' } }),
  sort: css({ all: 'unset', cursor: 'pointer', '&:hover': { color: theme.colors.text.primary }, '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}` } }),
});
