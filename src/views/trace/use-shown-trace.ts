import { useCallback, useRef, useState, type Dispatch } from 'react';
import { adjustClockSkew } from '../../analysis/clock-skew';
import { joinTraces, type TraceId, type TraceSet } from '../../trace';
import { rowsBySpanId, type RowOf } from './rows-by-span-id';
import type { TraceViewAction } from './trace-view-state';

export interface ShownTrace {
  readonly set: TraceSet;
  readonly trace: number;
  readonly clocks: 'raw' | 'corrected';
  /** Spans that the correction moved. */
  readonly movedCount: number;
  /** Traces that were added to the timeline. */
  readonly added: readonly TraceId[];
  /** Of the last attempt to add a trace. */
  readonly problem: string | undefined;
}

export interface ShownTraceControl extends ShownTrace {
  readonly switchClocks: () => void;
  readonly addTrace: ((traceId: TraceId) => void) | undefined;
}

interface State extends ShownTrace {
  /** The set of the props, and the one as received with what was added: times as they came. */
  readonly given: TraceSet;
  readonly raw: TraceSet;
}

/**
 * The trace as it is shown: as received, with clocks corrected, with linked traces added. Whatever changes the numbers of
 * rows is told to the view's state, so that selection and collapsed rows stay what they are.
 */
export function useShownTrace(
  set: TraceSet,
  trace: number,
  dispatch: Dispatch<TraceViewAction>,
  loadTrace: ((traceId: TraceId) => Promise<TraceSet>) | undefined
): ShownTraceControl {
  const [state, setState] = useState<State>(() => stateOf(set, trace));
  const latest = useRef(state);
  latest.current = state;
  const change = useCallback(
    (next: State, rowOf: RowOf) => {
      latest.current = next;
      setState(next);
      dispatch({ kind: 'renumber', rowOf, spanCount: next.set.spanCount });
    },
    [dispatch]
  );
  if (state.given !== set) {
    change(stateOf(set, trace), rowsBySpanId(state.set, state.trace, set, trace));
  }

  const switchClocks = useCallback(() => {
    const { raw, clocks } = latest.current;
    const { set: corrected, row, movedCount } = adjustClockSkew(raw);
    if (clocks === 'raw') {
      change({ ...latest.current, set: corrected, clocks: 'corrected', movedCount }, (old) => row[old]);
    } else {
      change({ ...latest.current, set: raw, clocks: 'raw', movedCount: 0 }, (shown) => row.indexOf(shown));
    }
  }, [change]);
  const addTrace = useCallback(
    async (traceId: TraceId) => {
      try {
        const added = await loadTrace?.(traceId);
        const { raw, trace: shown, added: before, set: old } = latest.current;
        const from = added?.traceIndex(traceId);
        if (!added || from === undefined) {
          throw new Error('the backend has no such trace');
        }
        // Times as received again: the added spans may move others.
        const joined = joinTraces(raw, shown, added, from);
        change({ ...latest.current, raw: joined, set: joined, trace: 0, clocks: 'raw', movedCount: 0, added: [...before, traceId], problem: undefined }, rowsBySpanId(old, shown, joined, 0));
      } catch (error) {
        setState((last) => ({ ...last, problem: `Trace ${traceId} could not be added: ${error instanceof Error ? error.message : String(error)}` }));
      }
    },
    [loadTrace, change]
  );
  return { ...state, switchClocks, addTrace: loadTrace && ((traceId) => void addTrace(traceId)) };
}

const stateOf = (set: TraceSet, trace: number): State => ({ given: set, raw: set, set, trace, clocks: 'raw', movedCount: 0, added: [], problem: undefined });
