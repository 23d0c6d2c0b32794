import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { LoadingPlaceholder, useStyles2, useTheme2 } from '@grafana/ui';
import { Suspense, useCallback, useDeferredValue, useMemo, useReducer, useRef, type KeyboardEvent } from 'react';
import { positionOf, visibleRows, withAncestors } from '../../drawing/waterfall/visible-rows';
import { parseSpanId, type TraceSet } from '../../trace';
import { runCommand } from './run-command';
import type { AttributeColumn, SpanActions } from './span-actions';
import { legendOf, spanColours } from './span-colours';
import { ancestorsOf, criticalSegments, findSpans, nextError, nextMarked } from './span-marks';
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
import { TraceTabSwitch } from './TraceTabSwitch';
import { initialTraceView, traceViewReducer } from './trace-view-state';
import { useTimeWindow } from './use-time-window';

export interface TraceViewProps {
  readonly set: TraceSet;
  /** Index of the trace in the set. */
  readonly trace: number;
  readonly traceHref?: (traceId: string, spanId: string) => string;
  /** Logs, metrics, profiles and data links of a span. */
  readonly linksOf?: SpanLinkSource;
  /** Everything unless given; what it starts with is read once. */
  readonly display?: TraceDisplay;
  /** Span to start at, as hexadecimal text. */
  readonly spanId?: string;
}

/** One trace as a timeline: names as a tree grid, bars on a canvas, both scrolled together. */
export function TraceView({ set, trace, traceHref, linksOf, display = FULL_DISPLAY, spanId }: TraceViewProps) {
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const gridRef = useRef<HTMLDivElement>(null);
  const findRef = useRef<HTMLInputElement>(null);
  const [state, dispatch] = useReducer(traceViewReducer, spanId, (id) => initialTraceView(rowOfSpan(set, trace, id), display));
  const { tab, selected, collapsed, onlyMatches, criticalPath, colourBy, columns } = state;
  const time = useTimeWindow(set.traceDurationNs(trace));

  const filterText = useDeferredValue(state.filterText);
  const found = useMemo(() => findSpans(set, trace, filterText), [set, trace, filterText]);
  const matches = found.kind === 'found' ? found.found : undefined;
  const critical = useMemo(() => (criticalPath === 'hidden' ? undefined : criticalSegments(set, trace)), [set, trace, criticalPath]);
  const only = useMemo(() => {
    const chosen = criticalPath === 'only' ? critical?.marks.marks : onlyMatches ? matches?.marks : undefined;
    return chosen && withAncestors(chosen.slice(), set.columns.parent);
  }, [set, critical, criticalPath, matches, onlyMatches]);
  const rows = useMemo(() => visibleRows(set.columns, set.firstRow(trace), set.endRow(trace), { collapsed, only }), [set, trace, collapsed, only]);
  const colours = useMemo(() => spanColours(set, colourBy, theme.isDark), [set, colourBy, theme.isDark]);
  const legend = useMemo(() => legendOf(colours, set, trace), [colours, set, trace]);

  const select = useCallback((row: number) => dispatch({ kind: 'select', row }), []);
  const removeColumn = useCallback((column: AttributeColumn) => dispatch({ kind: 'removeColumn', column }), []);
  const toggle = useCallback((row: number) => dispatch({ kind: 'toggle', row }), []);
  const reveal = useCallback((row: number | undefined) => row !== undefined && dispatch({ kind: 'reveal', row, ancestors: ancestorsOf(set, row) }), [set]);
  const actions = useMemo(
    (): SpanActions => ({
      onSelect: reveal,
      onFilter: (condition) => dispatch({ kind: 'condition', condition }),
      onColourBy: (by) => dispatch({ kind: 'colourBy', by }),
      onAddColumn: (column) => dispatch({ kind: 'addColumn', column }),
    }),
    [reveal]
  );
  const stepFound = (step: 1 | -1) => matches && reveal(nextMarked(matches.rows, selected, step));
  const collapseAll = () => dispatch({ kind: 'collapse', rows: rowsWithChildren(set, trace) });
  const onKeyDown = (event: KeyboardEvent, rowsInView: number) => {
    const command = commandOf(event);
    if (!command) {
      return;
    }
    event.preventDefault();
    runCommand(command, {
      set, rows, rowsInView, selected, collapsed, time, dispatch, stepFound, collapseAll,
      find: () => findRef.current?.focus(),
      stepError: (step) => reveal(nextError(set, trace, selected, step)),
      stepCritical: () => reveal(nextMarked((critical ?? criticalSegments(set, trace)).marks.rows, selected, 1)),
    });
  };

  const View = TRACE_TABS.find(({ kind }) => kind === tab)?.View;
  return (
    <div className={styles.frame}>
      {display.hasHeader && <TraceHeader set={set} trace={trace} />}
      {display.hasToolbar && (
        <>
          <TraceTabSwitch tab={tab} onChange={(chosen) => dispatch({ kind: 'tab', tab: chosen })} />
          <TraceToolbar
            state={state}
            dispatch={dispatch}
            found={found}
            foundNumber={matches && selected !== undefined && matches.marks[selected] === 1 ? positionOf(matches.rows, selected) + 1 : undefined}
            findRef={findRef}
            onStep={stepFound}
            onCollapseAll={collapseAll}
            onLeave={() => gridRef.current?.focus()}
          />
          <TraceLegend by={colourBy} entries={legend} onFilter={actions.onFilter} />
        </>
      )}
      {display.hasMinimap && tab === 'timeline' && <TraceMinimap set={set} rows={rows} colours={colours} traceDurationNs={set.traceDurationNs(trace)} window={time.window} onShow={time.show} onShowAll={time.showAll} />}
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
            rows={rows}
            colours={colours}
            collapsed={collapsed}
            columns={columns}
            selected={selected}
            found={matches?.marks}
            critical={critical}
            time={time}
            gridRef={gridRef}
            onSelect={select}
            onToggle={toggle}
            onRemoveColumn={removeColumn}
            onKeyDown={onKeyDown}
          />
        )}
        {display.hasDetails && selected !== undefined && (
          <SpanDetails
            key={selected}
            set={set}
            row={selected}
            traceHref={traceHref}
            actions={actions}
            linksOf={linksOf}
            onClose={() => dispatch({ kind: 'select', row: undefined })}
          />
        )}
      </div>
      {state.isHelpOpen && <TraceKeyHelp onClose={() => dispatch({ kind: 'help' })} />}
    </div>
  );
}

function rowOfSpan(set: TraceSet, trace: number, text: string | undefined): number | undefined {
  const spanId = text ? parseSpanId(text) : undefined;
  return spanId && set.rowOf(trace, spanId);
}

/** All rows that have something to collapse, but for the roots: their calls stay in sight. */
function rowsWithChildren(set: TraceSet, trace: number): ReadonlySet<number> {
  const { subtreeSize, depth } = set.columns;
  const rows = new Set<number>();
  for (let row = set.firstRow(trace); row < set.endRow(trace); row++) {
    if (subtreeSize[row] > 1 && depth[row] > 0) {
      rows.add(row);
    }
  }
  return rows;
}

const getStyles = (theme: GrafanaTheme2) => ({
  frame: css({ display: 'flex', flexDirection: 'column', height: '100%', minHeight: 0, gap: theme.spacing(1) }),
  columns: css({ display: 'flex', flex: 1, minHeight: 0 }),
  tab: css({ flex: 1, minWidth: 0, minHeight: 0, overflow: 'auto' }),
});
