import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useEffect, useId, useMemo, type KeyboardEvent, type Ref } from 'react';
import type { TickLabel } from '../../drawing/waterfall/draw-time-axis';
import { Hiding, positionOf } from '../../drawing/waterfall/visible-rows';
import type { LinkEdge, WaterfallScene } from '../../drawing/waterfall/waterfall-scene';
import { NO_PARENT, StatusCode, valueText, type TraceSet } from '../../trace';
import { useSize } from '../canvas/use-size';
import { QUIET_FOCUS } from './focus-quietly';
import { NamesBorder } from './NamesBorder';
import { siblingPlaces } from './sibling-places';
import type { AttributeColumn } from './span-actions';
import type { SpanColours } from './span-colours';
import { SpanEvents } from './span-events';
import { TimelineBars } from './TimelineBars';
import { TimelineHead } from './TimelineHead';
import { TraceTree, type TreeRow } from './TraceTree';
import { useNamesShare } from './use-names-share';
import { useScroll } from './use-scroll';
import type { TraceRows } from './use-trace-rows';
import { shownText } from '../shown-text';

/** What useRef gives for an element: the types of React 18 and 19 differ in whether it names null. */
type DivRef = Extract<Ref<HTMLDivElement>, { readonly current: unknown }>;

interface Props {
  readonly set: TraceSet;
  readonly trace: number;
  readonly shown: TraceRows;
  readonly openRuns: ReadonlySet<number>;
  readonly colours: SpanColours;
  readonly links: readonly LinkEdge[];
  /** Attributes shown beside the names. */
  readonly columns: readonly AttributeColumn[];
  readonly selected: number | undefined;
  readonly tickLabel: TickLabel;
  /** Takes the focus for the keys. */
  readonly gridRef: DivRef;
  readonly onSelect: (row: number) => void;
  readonly onToggle: (row: number) => void;
  readonly onToggleRun: (head: number) => void;
  readonly onZoomTo: (row: number) => void;
  readonly onRemoveColumn: (column: AttributeColumn) => void;
  readonly onKeyDown: (event: KeyboardEvent, rowsInView: number) => void;
}

const ROW_HEIGHT_PX = 24;
/** Longer values are read in the details. */
const CELL_LENGTH = 200;

/** Names as a tree grid and bars on a canvas, scrolled together; nothing outside of it is drawn anew on scrolling. */
export function TraceTimeline(props: Props) {
  const { set, trace, shown, openRuns, colours, links, columns, selected, tickLabel, gridRef, onSelect, onToggle, onToggleRun, onZoomTo, onRemoveColumn, onKeyDown } = props;
  const { rows, hiding, runs, matches, critical, timeMap, time } = shown;
  const styles = useStyles2(getStyles);
  const treeId = useId();
  const viewSize = useSize(gridRef);
  const [namesShare, setNamesShare] = useNamesShare(viewSize.widthPx);
  const namesWidth = `${namesShare * 100}%`;
  const { offsetPx, elementPx, scrollIntoView } = useScroll(gridRef, rows.length, ROW_HEIGHT_PX, viewSize.heightPx);
  useEffect(() => {
    if (selected !== undefined && viewSize.heightPx > 0) {
      scrollIntoView(positionOf(rows, selected));
    }
  }, [selected, rows, scrollIntoView, viewSize.heightPx]);

  const events = useMemo(() => new SpanEvents(set), [set]);
  const scene = useMemo(
    (): WaterfallScene => ({
      spans: set.columns,
      rows,
      rowHeightPx: ROW_HEIGHT_PX,
      time: timeMap,
      colourOf: (row) => colours.colours[colours.group[row]],
      isError: (row) => set.columns.status[row] === StatusCode.error,
      selected,
      found: matches?.marks,
      criticalOf: critical?.segmentsOf,
      runOf: (row) => (openRuns.has(row) ? undefined : runs.at(row)?.rows),
      eventsOf: events.of,
      links,
    }),
    [set, rows, timeMap, colours, selected, matches, critical, runs, openRuns, events, links]
  );

  const first = Math.floor(offsetPx / ROW_HEIGHT_PX);
  const end = Math.min(rows.length, Math.ceil((offsetPx + viewSize.heightPx) / ROW_HEIGHT_PX));
  const deepest = useMemo(() => set.columns.depth.subarray(set.firstRow(trace), set.endRow(trace)).reduce((most, depth) => Math.max(most, depth), 0), [set, trace]);
  const places = useMemo(() => siblingPlaces(set.columns.parent, set.firstRow(trace), set.endRow(trace)), [set, trace]);
  const treeRows = useMemo(
    () =>
      Array.from(rows.subarray(first, end), (row): TreeRow => {
        const run = runs.at(row);
        const isFolded = run !== undefined && !openRuns.has(row);
        return {
          span: row,
          name: shownText(isFolded ? run.operation : set.operation(row)),
          service: shownText(set.service(row)),
          isSameService: set.columns.parent[row] !== NO_PARENT && set.columns.service[set.columns.parent[row]] === set.columns.service[row],
          colour: scene.colourOf(row),
          depth: set.columns.depth[row],
          ...places.of(row),
          childCount: set.columns.subtreeSize[row] - 1,
          isCollapsed: hiding[row] === Hiding.descendants,
          runLength: run?.rows.length,
          isFolded,
          isError: isFolded ? run.rows.some(scene.isError) : scene.isError(row),
          isFound: matches?.marks[row] === 1,
          values: columns.map((column) => attributeText(set, row, column)),
        };
      }),
    [rows, first, end, set, scene, hiding, runs, openRuns, places, matches, columns]
  );
  const isSelectedInView = selected !== undefined && treeRows.some(({ span }) => span === selected);

  return (
    <div className={styles.timeline}>
      <TimelineHead columns={columns} onRemoveColumn={onRemoveColumn} timeMap={timeMap} time={time} label={tickLabel} namesWidth={namesWidth} widthPx={viewSize.widthPx} />
      <NamesBorder share={namesShare} widthPx={viewSize.widthPx} onChange={setNamesShare} />
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
            <div className={styles.tree} role="presentation" style={{ width: namesWidth }}>
              <TraceTree
                id={treeId}
                rows={treeRows}
                rowCount={rows.length}
                deepest={deepest}
                widthPx={namesShare * viewSize.widthPx}
                firstRow={first}
                topPx={first * ROW_HEIGHT_PX - offsetPx}
                rowHeightPx={ROW_HEIGHT_PX}
                selected={selected}
                onSelect={onSelect}
                onToggle={onToggle}
                onToggleRun={onToggleRun}
              />
            </div>
            <div className={styles.bars} role="presentation" style={{ left: namesWidth }}>
              <TimelineBars set={set} scene={scene} runs={runs} time={time} scrollPx={offsetPx} onSelect={onSelect} onZoomTo={onZoomTo} />
            </div>
          </div>
        </div>
      </div>
    </div>
  );
}

function attributeText(set: TraceSet, row: number, { scope, key }: AttributeColumn): string {
  const value = scope === 'span' ? set.attribute(row, key) : set.resourceAttribute(row, key);
  return value === undefined ? '' : valueText(value).slice(0, CELL_LENGTH);
}

const getStyles = (theme: GrafanaTheme2) => ({
  timeline: css({ position: 'relative', display: 'flex', flexDirection: 'column', flex: 1, minWidth: 0, minHeight: 0 }),
  scroll: css({
    flex: 1,
    minHeight: 0,
    overflowX: 'hidden',
    overflowY: 'auto',
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: -2 },
    [`&[${QUIET_FOCUS}]`]: { outline: 'none' },
  }),
  content: css({ position: 'relative' }),
  // Sticky: the browser may scroll before we paint, and this way shows the old rows meanwhile, never a gap.
  view: css({ position: 'sticky', top: 0, overflow: 'hidden' }),
  tree: css({ position: 'absolute', left: 0, top: 0, bottom: 0, overflow: 'hidden' }),
  bars: css({ position: 'absolute', right: 0, top: 0, bottom: 0 }),
});
