import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { LoadingPlaceholder, useStyles2, useTheme2 } from '@grafana/ui';
import { Suspense, useCallback, useEffect, useMemo, useReducer, useRef, type KeyboardEvent } from 'react';
import { relativeLabel } from '../../drawing/waterfall/draw-time-axis';
import { positionOf } from '../../drawing/waterfall/visible-rows';
import type { TraceId, TraceSet } from '../../trace';
import { useSize } from '../canvas/use-size';
import { clockLabel } from './clock-label';
import { focusQuietly } from './focus-quietly';
import { LinkedTraces } from './LinkedTraces';
import { runCommand } from './run-command';
import type { AttributeColumn, SpanActions } from './span-actions';
import { legendOf, spanColours } from './span-colours';
import { ancestorsOf, criticalSegments, nextError, nextMarked } from './span-marks';
import { SpanDetails } from './details/SpanDetails';
import type { SpanLinkSource } from './details/SpanLinksOut';
import { TraceHeader } from './TraceHeader';
import { TraceKeyHelp } from './TraceKeyHelp';
import { TraceLegend } from './TraceLegend';
import { TraceMinimap } from './TraceMinimap';
import { TraceTimeline } from './TraceTimeline';
import { TraceToolbar } from './TraceToolbar';
import { commandOf } from './trace-keys';
import { FULL_DISPLAY, type TraceDisplay } from './trace-display';
import { TRACE_TABS } from './trace-tabs';
import { initialTraceView, traceViewReducer } from './trace-view-state';
import { useLinkEdges } from './use-link-edges';
import { useShownTrace } from './use-shown-trace';
import { useSpanOfAddress } from './use-span-of-address';
import { useTraceRows } from './use-trace-rows';
import { roomIn } from './view-room';

export interface TraceViewProps {
  readonly set: TraceSet;
  /** Index of the trace in the set. */
  readonly trace: number;
  readonly traceHref?: (traceId: string, spanId: string) => string;
  /** Where it is set beside another trace. */
  readonly compareHref?: string;
  /** Logs, metrics, profiles and data links of a span. */
  readonly linksOf?: SpanLinkSource;
  /** Everything unless given; what it starts with is read once. */
  readonly display?: TraceDisplay;
  /** Span to show, as hexadecimal text. */
  readonly spanId?: string;
  /** Is told the selected span, '' for none: for addresses that lead to it. */
  readonly onSpan?: (spanId: string) => void;
  /** Whether its keys work at once, where nothing else has the focus. */
  readonly takesFocus?: boolean;
  /** Fetches a linked trace, to be shown in the same timeline. */
  readonly loadTrace?: (traceId: TraceId) => Promise<TraceSet>;
}

/** One trace as a timeline, and in the other ways of TRACE_TABS: names as a tree grid, bars on a canvas, details beside. */
export function TraceView({ set: givenSet, trace: givenTrace, traceHref, compareHref, linksOf, display = FULL_DISPLAY, spanId, onSpan, takesFocus = false, loadTrace }: TraceViewProps) {
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const frameRef = useRef<HTMLDivElement>(null);
  const gridRef = useRef<HTMLDivElement>(null);
  const findRef = useRef<HTMLInputElement>(null);
  const room = roomIn(useSize(frameRef), display);
  const [state, dispatch] = useReducer(traceViewReducer, display, (start) => initialTraceView(givenSet.spanCount, undefined, start));
  const shownTrace = useShownTrace(givenSet, givenTrace, dispatch, loadTrace);
  const { set, trace } = shownTrace;
  const { tab, selected, collapsed, openRuns, colourBy, columns, switches } = state;
  const shown = useTraceRows(set, trace, state);
  const { rows, runs, found, matches, critical, timeMap, time } = shown;
  const colours = useMemo(() => spanColours(set, colourBy, theme.isDark), [set, colourBy, theme.isDark]);
  const legend = useMemo(() => legendOf(colours, set, trace), [colours, set, trace]);
  const edges = useLinkEdges(set, trace, switches.links);
  const tickLabel = useMemo(() => (switches.absoluteTime ? clockLabel(set.baseUnixNs(trace)) : relativeLabel), [set, trace, switches.absoluteTime]);

  const select = useCallback((row: number) => dispatch({ kind: 'select', row }), []);
  const toggle = useCallback((row: number) => dispatch({ kind: 'toggle', row }), []);
  const toggleRun = useCallback((head: number) => dispatch({ kind: 'toggleRun', head }), []);
  const removeColumn = useCallback((column: AttributeColumn) => dispatch({ kind: 'removeColumn', column }), []);
  const reveal = useCallback(
    (row: number | undefined) => {
      if (row !== undefined) {
        const ancestors = ancestorsOf(set, row);
        dispatch({ kind: 'reveal', row, ancestors, runs: runs.hiding(row, ancestors) });
      }
    },
    [set, runs]
  );
  const actions = useMemo(
    (): SpanActions => ({
      onSelect: reveal,
      onFilter: (condition) => dispatch({ kind: 'condition', condition }),
      onColourBy: (by) => dispatch({ kind: 'colourBy', by }),
      onAddColumn: (column) => dispatch({ kind: 'addColumn', column }),
    }),
    [reveal]
  );
  const zoomTo = useCallback(
    (row: number) => {
      const { startNs, durationNs } = set.columns;
      const [from, to] = [timeMap.shownOf(startNs[row]), timeMap.shownOf(startNs[row] + durationNs[row])];
      // A tenth of its length on either side.
      const marginNs = Math.max(1, (to - from) / 10);
      time.show({ startNs: Math.max(0, from - marginNs), endNs: to + marginNs });
    },
    [set, timeMap, time]
  );
  const hasSpans = set.spanCount > 0;
  useEffect(() => {
    if (takesFocus && hasSpans && gridRef.current && document.activeElement === document.body) {
      focusQuietly(gridRef.current);
    }
  }, [takesFocus, hasSpans]);
  useSpanOfAddress(spanId, { set, trace, selected, reveal, onSpan });
  const stepFound = (step: 1 | -1) => matches && reveal(nextMarked(matches.rows, selected, step));
  const onKeyDown = (event: KeyboardEvent, rowsInView: number) => {
    const command = commandOf(event);
    if (!command) {
      return;
    }
    event.preventDefault();
    runCommand(command, {
      set, trace, shown, rowsInView, selected, collapsed, openRuns, dispatch, stepFound, zoomTo,
      find: () => findRef.current?.focus(),
      stepError: (step) => reveal(nextError(set, trace, selected, step)),
      stepCritical: (step) => reveal(nextMarked((critical ?? criticalSegments(set, trace)).marks.rows, selected, step)),
    });
  };

  const View = TRACE_TABS.find(({ kind }) => kind === tab)?.View;
  return (
    <div ref={frameRef} className={styles.frame}>
      {room.header && <TraceHeader shownTrace={shownTrace} switches={switches} dispatch={dispatch} compareHref={compareHref} />}
      {room.toolbar && (
        <TraceToolbar
          state={state}
          dispatch={dispatch}
          shownTrace={shownTrace}
          found={found}
          foundNumber={matches && selected !== undefined && matches.marks[selected] === 1 ? positionOf(matches.rows, selected) + 1 : undefined}
          findRef={findRef}
          isNarrow={room.isNarrow}
          onStep={stepFound}
          onLeave={() => gridRef.current?.focus()}
        />
      )}
      {room.legend && <TraceLegend set={set} trace={trace} by={colourBy} entries={legend} onFilter={actions.onFilter} onColourBy={actions.onColourBy} />}
      {room.legend && <LinkedTraces edges={edges} shownTrace={shownTrace} traceHref={traceHref} />}
      {room.minimap && tab === 'timeline' && <TraceMinimap set={set} rows={rows} colours={colours} timeMap={timeMap} time={time} />}
      <div className={styles.columns}>
        {View ? (
          <Suspense fallback={<LoadingPlaceholder text="Loading" />}>
            <div className={styles.tab}>
              <View {...actions} set={set} trace={trace} filterMarks={matches} selected={selected} columns={columns} onRemoveColumn={removeColumn} />
            </div>
          </Suspense>
        ) : (
          <TraceTimeline
            set={set}
            trace={trace}
            shown={shown}
            openRuns={openRuns}
            colours={colours}
            links={edges.within}
            columns={columns}
            selected={selected}
            tickLabel={tickLabel}
            gridRef={gridRef}
            onSelect={select}
            onToggle={toggle}
            onToggleRun={toggleRun}
            onZoomTo={zoomTo}
            onRemoveColumn={removeColumn}
            onKeyDown={onKeyDown}
          />
        )}
        {display.hasDetails && selected !== undefined && (
          <div className={room.isNarrow ? styles.detailsOver : styles.details}>
            <SpanDetails
              key={selected}
              set={set}
              row={selected}
              traceHref={traceHref}
              actions={actions}
              linksOf={linksOf}
              onClose={() => dispatch({ kind: 'select', row: undefined })}
            />
          </div>
        )}
      </div>
      {switches.help && <TraceKeyHelp onClose={() => dispatch({ kind: 'switch', name: 'help' })} />}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  frame: css({ display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0, gap: theme.spacing(1) }),
  columns: css({ position: 'relative', display: 'flex', flex: 1, minHeight: 0 }),
  tab: css({ flex: 1, minWidth: 0, minHeight: 0, overflow: 'auto' }),
  details: css({ display: 'flex', flex: '0 0 420px', maxWidth: '50%', minHeight: 0 }),
  // Where there is no room beside the spans, over them.
  detailsOver: css({ display: 'flex', position: 'absolute', inset: 0, zIndex: 3 }),
});
