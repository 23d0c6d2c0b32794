import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { memo } from 'react';

/** One row of the tree: everything a name cell needs. */
export interface TreeRow {
  readonly span: number;
  readonly name: string;
  readonly service: string;
  /** Whether the span it was called by is of the same service. */
  readonly isSameService: boolean;
  readonly colour: string;
  /** 0 for a root. */
  readonly depth: number;
  /** Among its siblings, from 1. */
  readonly place: number;
  readonly siblingCount: number;
  /** Descendants. */
  readonly childCount: number;
  readonly isCollapsed: boolean;
  /** Spans of the run of repeated calls that begins here. */
  readonly runLength: number | undefined;
  /** Whether the row stands for that run. */
  readonly isFolded: boolean;
  readonly isError: boolean;
  readonly isFound: boolean;
  /** Of the attribute columns, '' where the span has none. */
  readonly values: readonly string[];
}

interface Props {
  /** The rows in view only. */
  readonly rows: readonly TreeRow[];
  readonly rowCount: number;
  /** Of the trace. */
  readonly deepest: number;
  /** Of the names and the attribute columns. */
  readonly widthPx: number;
  /** Row number of `rows[0]`. */
  readonly firstRow: number;
  /** Where the top of `rows[0]` lies in the element. */
  readonly topPx: number;
  readonly rowHeightPx: number;
  readonly selected: number | undefined;
  readonly onSelect: (span: number) => void;
  readonly onToggle: (span: number) => void;
  readonly onToggleRun: (head: number) => void;
  readonly id: string;
}

const [COLUMN_PX, COLUMN_PERCENT] = [110, 28];
/** Of an attribute column: where the names have little room, it leaves most of that to them. */
export const COLUMN_WIDTH = `min(${COLUMN_PX}px, ${COLUMN_PERCENT}cqw)`;
const columnPx = (namesPx: number): number => Math.min(COLUMN_PX, (namesPx * COLUMN_PERCENT) / 100);
/** Two names do not fit into less: the colour still tells the service. */
const BOTH_NAMES_PX = 190;
/** The name of a span tells more than that its service is still the one above. */
const SAME_SERVICE_PX = 290;
/** Of a level; less in deep traces, and in narrow views. */
const [INDENT_PX, MIN_INDENT_PX] = [14, 4];
/** Of the names' width: the rest is left to the names. */
const MOST_INDENTED = 0.45;

function indentPx(depth: number, deepest: number, widthPx: number): number {
  const mostPx = MOST_INDENTED * widthPx;
  return Math.min(mostPx, depth * Math.max(MIN_INDENT_PX, Math.min(INDENT_PX, mostPx / Math.max(1, deepest))));
}

/**
 * The names of the spans in view as a tree grid (WAI-ARIA); the bars beside them are drawn on a canvas. Elements are keyed
 * by their place, not by their span: scrolling rewrites texts and creates nothing.
 */
export const TraceTree = memo(function TraceTree({ rows, rowCount, deepest, widthPx, firstRow, topPx, rowHeightPx, selected, onSelect, onToggle, onToggleRun, id }: Props) {
  const styles = useStyles2(getStyles);
  const cellPx = widthPx - (rows[0]?.values.length ?? 0) * columnPx(widthPx);
  return (
    <div role="rowgroup" className={styles.rows} style={{ transform: `translateY(${topPx}px)`, lineHeight: `${rowHeightPx}px` }} aria-label={`${rowCount} spans`}>
      {rows.map((row, i) => (
        <div
          key={i}
          id={row.span === selected ? `${id}-${row.span}` : undefined}
          role="row"
          aria-level={row.depth + 1}
          aria-rowindex={firstRow + i + 1}
          aria-posinset={row.place}
          aria-setsize={row.siblingCount}
          aria-selected={row.span === selected}
          aria-expanded={row.isFolded ? false : row.childCount > 0 ? !row.isCollapsed : undefined}
          className={row.isFound ? styles.foundRow : styles.row}
          style={{ top: i * rowHeightPx, height: rowHeightPx, paddingLeft: 4 + indentPx(row.depth, deepest, widthPx) }}
          onClick={() => onSelect(row.span)}
        >
          <div role="gridcell" className={styles.cell}>
            <span
              className={styles.toggle}
              aria-hidden
              onClick={(event) => {
                if (row.isFolded || row.childCount > 0) {
                  event.stopPropagation();
                  row.isFolded ? onToggleRun(row.span) : onToggle(row.span);
                }
              }}
            >
              {!row.isFolded && row.childCount === 0 ? '' : row.isCollapsed ? '▸' : '▾'}
            </span>
            <span className={styles.swatch} style={{ background: row.colour }} />
            {row.isError && (
              <span className={styles.error} role="img" aria-label="Error" title="Error">
                !
              </span>
            )}
            {cellPx - indentPx(row.depth, deepest, widthPx) > (row.isSameService ? SAME_SERVICE_PX : BOTH_NAMES_PX) && <span className={styles.service}>{row.service}</span>}
            {row.runLength !== undefined && (
              <span
                className={styles.run}
                title={row.isFolded ? 'Repeated calls: show each' : 'Fold the repeated calls'}
                onClick={(event) => {
                  event.stopPropagation();
                  onToggleRun(row.span);
                }}
              >
                {row.runLength.toLocaleString()} ×
              </span>
            )}
            {row.isCollapsed && !row.isFolded && <span className={styles.hiddenCount}>+{row.childCount.toLocaleString()}</span>}
            <span className={styles.name} title={`${row.service} · ${row.name}`}>
              {row.name}
            </span>
          </div>
          {row.values.map((value, column) => (
            <div key={column} role="gridcell" className={styles.value} title={value}>
              {value}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
});

// Whole classes: names combined for every row would cost each frame of a scroll.
const ROW = {
  position: 'absolute',
  left: 0,
  right: 0,
  // A row is laid out and painted by itself when its texts change.
  contain: 'strict',
  display: 'flex',
  alignItems: 'center',
  cursor: 'pointer',
  overflow: 'hidden',
  whiteSpace: 'nowrap',
} as const;

const rowStates = (theme: GrafanaTheme2) => ({
  '&:hover': { background: theme.colors.action.hover },
  '&[aria-selected=true]': { background: theme.colors.action.selected },
});

const getStyles = (theme: GrafanaTheme2) => ({
  rows: css({ position: 'absolute', inset: 0, containerType: 'inline-size' }),
  row: css(ROW, rowStates(theme)),
  foundRow: css(ROW, { background: theme.colors.warning.transparent }, rowStates(theme)),
  // One line of text: flex items would each be measured twice a frame.
  cell: css({ flex: '1 1 0', minWidth: 80, overflow: 'hidden', textOverflow: 'ellipsis', color: theme.colors.text.secondary, paddingRight: theme.spacing(1) }),
  value: css({ flex: `0 0 ${COLUMN_WIDTH}`, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', fontSize: theme.typography.bodySmall.fontSize }),
  toggle: css({ display: 'inline-block', width: 16, verticalAlign: 'top', textAlign: 'center' }),
  swatch: css({ display: 'inline-block', width: 4, height: 14, margin: '0 6px', verticalAlign: 'middle', borderRadius: 2 }),
  service: css({
    display: 'inline-block',
    maxWidth: '45%',
    marginRight: 6,
    verticalAlign: 'top',
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    fontWeight: theme.typography.fontWeightMedium,
    color: theme.colors.text.primary,
  }),
  // Fainter text would not stand out enough from the selection.
  name: css({ '[aria-selected=true] &': { color: theme.colors.text.primary } }),
  error: css({
    display: 'inline-block',
    width: 14,
    height: 14,
    marginRight: 6,
    verticalAlign: 'middle',
    lineHeight: '14px',
    borderRadius: 7,
    textAlign: 'center',
    fontSize: 11,
    fontWeight: theme.typography.fontWeightBold,
    color: theme.colors.error.contrastText,
    background: theme.colors.error.main,
  }),
  run: css({
    marginRight: 6,
    padding: '0 5px',
    borderRadius: 8,
    fontSize: theme.typography.bodySmall.fontSize,
    color: theme.colors.text.primary,
    background: theme.colors.background.secondary,
    border: `1px solid ${theme.colors.border.medium}`,
  }),
  hiddenCount: css({ marginRight: 6, fontSize: theme.typography.bodySmall.fontSize }),
});
