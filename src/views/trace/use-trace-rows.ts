import { useMemo } from 'react';
import { idleGaps } from '../../drawing/waterfall/idle-gaps';
import { TimeMap } from '../../drawing/waterfall/time-map';
import { visibleRows, withAncestors } from '../../drawing/waterfall/visible-rows';
import type { TraceSet } from '../../trace';
import { foldedRuns, NO_RUNS, type FoldedRuns } from './folded-runs';
import { criticalSegments, type CriticalSegments, type SpanMarks } from './span-marks';
import { TimeWindowStore } from './time-window';
import type { TraceViewState } from './trace-view-state';
import { useFound, type Found } from './use-found';

export interface TraceRows {
  /** The rows shown, ascending. */
  readonly rows: Uint32Array;
  /** Of each row of the set, see Hiding: what is collapsed, and what closed runs hide. */
  readonly hiding: Uint8Array;
  readonly runs: FoldedRuns;
  readonly found: Found;
  readonly matches: SpanMarks | undefined;
  /** While it is asked for. */
  readonly critical: CriticalSegments | undefined;
  readonly timeMap: TimeMap;
  readonly time: TimeWindowStore;
}

/** Which spans of the trace are shown, and on which time scale. */
export function useTraceRows(set: TraceSet, trace: number, { collapsed, openRuns, filterText, criticalPath, switches }: TraceViewState): TraceRows {
  const [first, end] = [set.firstRow(trace), set.endRow(trace)];
  const { onlyMatches, foldRepeats, compressGaps } = switches;
  const found = useFound(set, trace, filterText);
  const matches = found.kind === 'found' || found.kind === 'finding' ? found.found : undefined;
  const critical = useMemo(() => (criticalPath === 'hidden' ? undefined : criticalSegments(set, trace)), [set, trace, criticalPath]);
  const only = useMemo(() => {
    const chosen = criticalPath === 'only' ? critical?.marks.marks : onlyMatches ? matches?.marks : undefined;
    return chosen && withAncestors(chosen.slice(), set.columns.parent);
  }, [set, critical, criticalPath, matches, onlyMatches]);
  const isFolded = foldRepeats && !only;
  const runs = useMemo(() => (isFolded ? foldedRuns(set, trace) : NO_RUNS), [set, trace, isFolded]);
  const hiding = useMemo(() => (runs.count === 0 ? collapsed : runs.hidingWith(collapsed, openRuns)), [runs, collapsed, openRuns]);
  const rows = useMemo(() => visibleRows(set.columns, first, end, { hiding, only }), [set, first, end, hiding, only]);
  const timeMap = useMemo(() => {
    const durationNs = set.traceDurationNs(trace);
    return new TimeMap(durationNs, compressGaps ? idleGaps(set.columns, first, end, durationNs) : []);
  }, [set, trace, first, end, compressGaps]);
  const time = useMemo(() => new TimeWindowStore(timeMap.shownDurationNs), [timeMap]);
  return { rows, hiding, runs, found, matches, critical, timeMap, time };
}
