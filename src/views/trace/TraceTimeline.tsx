import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { IconButton, useStyles2, useTheme2 } from '@grafana/ui';
import { useCallback, useEffect, useId, useMemo, useRef, type KeyboardEvent, type Ref } from 'react';
import { drawWaterfall, type WaterfallScene } from '../../drawing/waterfall/draw-waterfall';
import { positionOf } from '../../drawing/waterfall/visible-rows';
import { StatusCode, valueText, type TraceSet } from '../../trace';
import { useCanvas } from '../canvas/use-canvas';
import { useSize } from '../canvas/use-size';
import { fieldOf, type AttributeColumn } from './span-actions';
import type { SpanColours } from './span-colours';
import type { CriticalSegments } from './span-marks';
import { TimeAxis } from './TimeAxis';
import { waterfallPalette } from './trace-palette';
import { COLUMN_WIDTH_PX, TraceTree, type TreeRow } from './TraceTree';
import { useScroll } from './use-scroll';
import { useTimelineGestures } from './use-timeline-gestures';
import type { TimeWindowControl } from './use-time-window';

/** What useRef gives for an element: the types of React 18 and 19 differ in whether it names null. */
type DivRef = Extract<Ref<HTMLDivElement>, { readonly current: unknown }>;

interface Props {
  readonly set: TraceSet;
  /** The rows shown, ascending. */
  readonly rows: Uint32Array;
  readonly colours: SpanColours;
  readonly collapsed: ReadonlySet<number>;
  /** Attributes shown beside the names. */
  readonly columns: readonly AttributeColumn[];
  readonly selected: number | undefined;
  readonly found: Uint8Array | undefined;
  readonly critical: CriticalSegments | undefined;
  readonly time: TimeWindowControl;
  /** Takes the focus for the keys. */
  readonly gridRef: DivRef;
  readonly onSelect: (row: number) => void;
  readonly onToggle: (row: number) => void;
  readonly onRemoveColumn: (column: AttributeColumn) => void;
  readonly onKeyDown: (event: KeyboardEvent, rowsInView: number) => void;
}

const ROW_HEIGHT_PX = 26;

/** Names as a tree grid and bars on a canvas, scrolled together; nothing outside of it is drawn anew on scrolling. */
export function TraceTimeline({ set, rows, colours, collapsed, columns, selected, found, critical, time, gridRef, onSelect, onToggle, onRemoveColumn, onKeyDown }: Props) {
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const treeId = useId();
  const barsRef = useRef<HTMLDivElement>(null);
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const viewSize = useSize(gridRef);
  const barsSize = useSize(barsRef);
  const { offsetPx, elementPx, scrollIntoView } = useScroll(gridRef, rows.length, ROW_HEIGHT_PX, viewSize.heightPx);
  useTimelineGestures(barsRef, time, barsSize.widthPx);
  useEffect(() => {
    if (selected !== undefined && viewSize.heightPx > 0) {
      scrollIntoView(positionOf(rows, selected));
    }
  }, [selected, rows, scrollIntoView, viewSize.heightPx]);

  const scene = useMemo(
    (): WaterfallScene => ({
      spans: set.columns,
      rows,
      rowHeightPx: ROW_HEIGHT_PX,
      colourOf: (row) => colours.colours[colours.group[row]],
      isError: (row) => set.columns.status[row] === StatusCode.error,
      selected,
      found,
      criticalOf: critical?.segmentsOf,
    }),
    [set, rows, colours, selected, found, critical]
  );
  const palette = useMemo(() => waterfallPalette(theme), [theme]);
  const paint = useCallback(
    (ctx: CanvasRenderingContext2D) => drawWaterfall(ctx, scene, time.window, { ...barsSize, scrollPx: offsetPx }, palette),
    [scene, time.window, barsSize, offsetPx, palette]
  );
  useCanvas(canvasRef, barsSize, paint);

  const first = Math.floor(offsetPx / ROW_HEIGHT_PX);
  const end = Math.min(rows.length, Math.ceil((offsetPx + viewSize.heightPx) / ROW_HEIGHT_PX));
  const treeRows = useMemo(
    () =>
      Array.from(rows.subarray(first, end), (row): TreeRow => ({
        span: row,
        name: set.operation(row),
        service: set.service(row),
        colour: scene.colourOf(row),
        depth: set.columns.depth[row],
        childCount: set.columns.subtreeSize[row] - 1,
        isCollapsed: collapsed.has(row),
        isError: scene.isError(row),
        isFound: found?.[row] === 1,
        values: columns.map((column) => attributeText(set, row, column)),
      })),
    [rows, first, end, set, scene, collapsed, found, columns]
  );
  const isSelectedInView = selected !== undefined && treeRows.some(({ span }) => span === selected);

  return (
    <div className={styles.timeline}>
      <div className={styles.head}>
        <div className={styles.names}>
          <span className={styles.nameHead}>Service and span</span>
          {columns.map((column) => (
            <span key={fieldOf(column)} className={styles.columnHead} title={fieldOf(column)}>
              <span className={styles.columnName}>{column.key}</span>
              <IconButton name="times" size="sm" tooltip={`Remove column ${column.key}`} onClick={() => onRemoveColumn(column)} />
            </span>
          ))}
        </div>
        <TimeAxis window={time.window} />
      </div>
      <div
        ref={gridRef}
        className={styles.scroll}
        role="treegrid"
        aria-label="Spans"
        aria-rowcount={rows.length}
        aria-activedescendant={isSelectedInView ? `${treeId}-${selected}` : undefined}
        tabIndex={0}
        onKeyDown={(event) => onKeyDown(event, Math.max(1, end - first - 1))}
      >
        <div className={styles.content} role="presentation" style={{ height: elementPx }}>
          <div className={styles.view} role="presentation" style={{ height: Math.min(viewSize.heightPx, Math.max(elementPx, 1)) }}>
            <div className={styles.tree} role="presentation">
              <TraceTree
                id={treeId}
                rows={treeRows}
                rowCount={rows.length}
                firstRow={first}
                topPx={first * ROW_HEIGHT_PX - offsetPx}
                rowHeightPx={ROW_HEIGHT_PX}
                selected={selected}
                onSelect={onSelect}
                onToggle={onToggle}
              />
            </div>
            <div
              ref={barsRef}
              className={styles.bars}
              role="presentation"
              onClick={(event) => {
                const row = rows[Math.floor((offsetPx + event.nativeEvent.offsetY) / ROW_HEIGHT_PX)];
                if (row !== undefined) {
                  onSelect(row);
                }
              }}
            >
              <canvas ref={canvasRef} className={styles.canvas} aria-hidden />
            </div>
          </div>
        </div>
      </div>
    </div>
  );
}

/** Longer values are read in the details. */
const CELL_LENGTH = 200;

function attributeText(set: TraceSet, row: number, { scope, key }: AttributeColumn): string {
  const value = scope === 'span' ? set.attribute(row, key) : set.resourceAttribute(row, key);
  return value === undefined ? '' : valueText(value).slice(0, CELL_LENGTH);
}

const getStyles = (theme: GrafanaTheme2) => ({
  timeline: css({ display: 'flex', flexDirection: 'column', flex: 1, minWidth: 0, minHeight: 0 }),
  head: css({ display: 'flex', alignItems: 'center', flexShrink: 0, borderBottom: `1px solid ${theme.colors.border.weak}` }),
  names: css({ display: 'flex', flex: '0 0 38%', minWidth: 0, color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize, paddingLeft: theme.spacing(1) }),
  nameHead: css({ flex: '1 1 0', minWidth: 80 }),
  columnHead: css({ display: 'flex', flex: `0 1 ${COLUMN_WIDTH_PX}px`, minWidth: 40, alignItems: 'center' }),
  columnName: css({ flex: 1, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }),
  scroll: css({
    flex: 1,
    minHeight: 0,
    overflowX: 'hidden',
    overflowY: 'auto',
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: -2 },
  }),
  content: css({ position: 'relative' }),
  // Sticky: the browser may scroll before we paint, and this way shows the old rows meanwhile, never a gap.
  view: css({ position: 'sticky', top: 0, overflow: 'hidden' }),
  tree: css({ position: 'absolute', left: 0, top: 0, bottom: 0, width: '38%', overflow: 'hidden', borderRight: `1px solid ${theme.colors.border.weak}` }),
  bars: css({ position: 'absolute', left: '38%', right: 0, top: 0, bottom: 0 }),
  canvas: css({ position: 'absolute', inset: 0, width: '100%', height: '100%' }),
});
