import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { useCallback, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { drawWaterfall, type WaterfallScene } from '../../drawing/waterfall/draw-waterfall';
import { serviceColours } from '../../drawing/service-colour';
import { visibleRows } from '../../drawing/waterfall/visible-rows';
import { StatusCode, type TraceSet } from '../../trace';
import { useCanvas } from '../canvas/use-canvas';
import { useSize } from '../canvas/use-size';
import { SpanDetails } from './SpanDetails';
import { TimeAxis } from './TimeAxis';
import { TraceHeader } from './TraceHeader';
import { TraceMinimap } from './TraceMinimap';
import { waterfallPalette } from './trace-palette';
import { TraceTree, type TreeRow } from './TraceTree';
import { useScroll } from './use-scroll';
import { useTimelineGestures } from './use-timeline-gestures';
import { useTimeWindow } from './use-time-window';

export interface TraceViewProps {
  readonly set: TraceSet;
  /** Index of the trace in the set. */
  readonly trace: number;
  readonly traceHref?: (traceId: string, spanId: string) => string;
}

const ROW_HEIGHT_PX = 26;

/** One trace as a timeline: names as a tree grid, bars on a canvas, both scrolled together. */
export function TraceView({ set, trace, traceHref }: TraceViewProps) {
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const treeId = useId();
  const scrollRef = useRef<HTMLDivElement>(null);
  const barsRef = useRef<HTMLDivElement>(null);
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const viewSize = useSize(scrollRef);
  const barsSize = useSize(barsRef);
  const { scrollPx, scrollRowIntoView } = useScroll(scrollRef);
  const [collapsed, setCollapsed] = useState<ReadonlySet<number>>(new Set());
  const [selected, setSelected] = useState<number | undefined>(undefined);

  const durationNs = set.traceDurationNs(trace);
  const time = useTimeWindow(durationNs);
  useTimelineGestures(barsRef, time, barsSize.widthPx);

  const rows = useMemo(() => visibleRows(set.columns, set.firstRow(trace), set.endRow(trace), collapsed), [set, trace, collapsed]);
  const scene = useMemo((): WaterfallScene => {
    const colours = serviceColours(set.columns.services, theme.isDark);
    return {
      spans: set.columns,
      rows,
      rowHeightPx: ROW_HEIGHT_PX,
      colourOf: (row) => colours[set.columns.service[row]],
      isError: (row) => set.columns.status[row] === StatusCode.error,
      selected,
    };
  }, [set, rows, selected, theme.isDark]);

  const palette = useMemo(() => waterfallPalette(theme), [theme]);
  const paint = useCallback(
    (ctx: CanvasRenderingContext2D) => drawWaterfall(ctx, scene, time.window, { ...barsSize, scrollPx }, palette),
    [scene, time.window, barsSize, scrollPx, palette]
  );
  useCanvas(canvasRef, barsSize, paint);

  const toggle = useCallback((row: number) => setCollapsed((last) => withToggled(last, row)), []);
  const select = useCallback(
    (position: number) => {
      const row = rows[position];
      if (row !== undefined) {
        setSelected(row);
        scrollRowIntoView(position, ROW_HEIGHT_PX);
      }
    },
    [rows, scrollRowIntoView]
  );

  const onKeyDown = (event: KeyboardEvent) => {
    const position = selected === undefined ? -1 : rows.indexOf(selected);
    const act = KEYS[event.key];
    if (act && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      act({ position, rows, selected, set, collapsed, select, toggle, clear: () => setSelected(undefined), showAll: time.showAll });
    }
  };

  const firstInView = Math.max(0, Math.floor(scrollPx / ROW_HEIGHT_PX) - 4);
  const endInView = Math.min(rows.length, Math.ceil((scrollPx + viewSize.heightPx) / ROW_HEIGHT_PX) + 4);
  const treeRows = Array.from(rows.subarray(firstInView, endInView), (row): TreeRow => ({
    span: row,
    name: set.operation(row),
    service: set.service(row),
    colour: scene.colourOf(row),
    depth: set.columns.depth[row],
    childCount: set.columns.subtreeSize[row] - 1,
    isCollapsed: collapsed.has(row),
    isError: scene.isError(row),
  }));

  return (
    <div className={styles.frame}>
      <TraceHeader set={set} trace={trace} />
      <TraceMinimap scene={scene} traceDurationNs={durationNs} window={time.window} onShow={time.show} onShowAll={time.showAll} />
      <div className={styles.columns}>
        <div className={styles.timeline}>
          <div className={styles.head}>
            <div className={styles.names}>Service and span</div>
            <TimeAxis window={time.window} />
          </div>
          <div
            ref={scrollRef}
            className={styles.scroll}
            role="treegrid"
            aria-label="Spans"
            aria-rowcount={rows.length}
            aria-activedescendant={selected === undefined ? undefined : `${treeId}-${selected}`}
            tabIndex={0}
            onKeyDown={onKeyDown}
          >
            <div className={styles.content} style={{ height: rows.length * ROW_HEIGHT_PX }}>
              <div className={styles.tree}>
                <TraceTree
                  id={treeId}
                  rows={treeRows}
                  rowCount={rows.length}
                  firstRow={firstInView}
                  rowHeightPx={ROW_HEIGHT_PX}
                  selected={selected}
                  onSelect={setSelected}
                  onToggle={toggle}
                />
              </div>
              <div
                ref={barsRef}
                className={styles.bars}
                style={{ top: scrollPx, height: viewSize.heightPx }}
                onClick={(event) => setSelected(rows[Math.floor((scrollPx + event.nativeEvent.offsetY) / ROW_HEIGHT_PX)])}
              >
                <canvas ref={canvasRef} className={styles.canvas} aria-hidden />
              </div>
            </div>
          </div>
        </div>
        {selected !== undefined && (
          <SpanDetails
            key={selected}
            traceId={set.traceId(trace)}
            spanId={set.spanId(selected)}
            name={set.operation(selected)}
            service={set.service(selected)}
            kind={set.kind(selected)}
            status={set.status(selected)}
            startNs={set.columns.startNs[selected]}
            durationNs={set.columns.durationNs[selected]}
            traceStartUnixNs={set.baseUnixNs(trace)}
            detail={set.detail(selected)}
            resource={set.resource(selected)}
            scope={set.scope(selected)}
            traceHref={traceHref}
            onClose={() => setSelected(undefined)}
          />
        )}
      </div>
    </div>
  );
}

interface KeyContext {
  /** Of the selection among the rows shown; −1 where nothing is selected. */
  readonly position: number;
  readonly rows: Uint32Array;
  readonly selected: number | undefined;
  readonly set: TraceSet;
  readonly collapsed: ReadonlySet<number>;
  readonly select: (position: number) => void;
  readonly toggle: (row: number) => void;
  readonly clear: () => void;
  readonly showAll: () => void;
}

/** As a tree grid works: left collapses or goes to the parent, right expands or goes to the first child. */
const KEYS: Readonly<Record<string, ((context: KeyContext) => void) | undefined>> = {
  ArrowDown: ({ position, rows, select }) => select(Math.min(rows.length - 1, position + 1)),
  ArrowUp: ({ position, select }) => select(Math.max(0, position - 1)),
  Home: ({ select }) => select(0),
  End: ({ rows, select }) => select(rows.length - 1),
  ArrowLeft: ({ selected, set, collapsed, rows, select, toggle }) => {
    if (selected === undefined) {
      return;
    }
    if (set.columns.subtreeSize[selected] > 1 && !collapsed.has(selected)) {
      toggle(selected);
    } else if (set.columns.parent[selected] >= 0) {
      select(rows.indexOf(set.columns.parent[selected]));
    }
  },
  ArrowRight: ({ selected, position, set, collapsed, select, toggle }) => {
    if (selected === undefined || set.columns.subtreeSize[selected] === 1) {
      return;
    }
    if (collapsed.has(selected)) {
      toggle(selected);
    } else {
      select(position + 1);
    }
  },
  Escape: ({ clear }) => clear(),
  '0': ({ showAll }) => showAll(),
};

function withToggled(rows: ReadonlySet<number>, row: number): ReadonlySet<number> {
  const next = new Set(rows);
  if (!next.delete(row)) {
    next.add(row);
  }
  return next;
}

const getStyles = (theme: GrafanaTheme2) => ({
  frame: css({ display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0, gap: theme.spacing(1) }),
  columns: css({ display: 'flex', flex: 1, minHeight: 0 }),
  timeline: css({ display: 'flex', flexDirection: 'column', flex: 1, minWidth: 0, minHeight: 0 }),
  head: css({ display: 'flex', alignItems: 'center', flexShrink: 0, borderBottom: `1px solid ${theme.colors.border.weak}` }),
  names: css({ flex: '0 0 38%', color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize, paddingLeft: theme.spacing(1) }),
  scroll: css({
    flex: 1,
    minHeight: 0,
    overflow: 'auto',
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: -2 },
  }),
  content: css({ position: 'relative' }),
  tree: css({ position: 'absolute', left: 0, top: 0, bottom: 0, width: '38%', borderRight: `1px solid ${theme.colors.border.weak}` }),
  bars: css({ position: 'absolute', left: '38%', right: 0 }),
  canvas: css({ position: 'absolute', inset: 0, width: '100%', height: '100%' }),
});
