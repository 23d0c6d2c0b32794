import { useEffect, useState } from 'react';
import { repeatedCalls } from '../../analysis/n-plus-one';
import { idleGaps } from '../../drawing/waterfall/idle-gaps';
import { isBeginning } from '../../formats';
import type { TraceSet } from '../../trace';

/** What would make a trace easier to read; 0 where it would not help. */
export interface Hints {
  /** Spans that folding would show as one row for many. */
  readonly repeatedCount: number;
  /** Time in which no span lasts. */
  readonly idleNs: number;
}

export const NO_HINTS: Hints = { repeatedCount: 0, idleNs: 0 };

/** Fewer repeated spans, or a smaller share of them, are no burden. */
const [LEAST_REPEATED, LEAST_REPEATED_SHARE] = [20, 0.1];
const LEAST_IDLE_SHARE = 0.5;
/** Repeated calls of larger traces take too long to look for unasked. */
const MAX_SPANS = 200_000;

export function hintsOf(set: TraceSet, trace: number): Hints {
  const [first, end] = [set.firstRow(trace), set.endRow(trace)];
  const durationNs = set.traceDurationNs(trace);
  // A root without calls below it in some time may be at work itself: idle for certain is only what no span covers.
  const spans = { ...set.columns, depth: new Uint32Array(set.spanCount).fill(1) };
  const idleNs = idleGaps(spans, first, end, durationNs).reduce((sum, { fromNs, toNs }) => sum + toNs - fromNs, 0);
  const repeated = end - first > MAX_SPANS ? [] : repeatedCalls(set, trace);
  const repeatedCount = repeated.reduce((sum, { rows }) => sum + rows.length, 0);
  return {
    repeatedCount: repeatedCount >= Math.max(LEAST_REPEATED, LEAST_REPEATED_SHARE * (end - first)) ? repeatedCount : 0,
    idleNs: idleNs >= LEAST_IDLE_SHARE * durationNs ? idleNs : 0,
  };
}

/** Looked for when the trace is on screen and whole. */
export function useHints(set: TraceSet, trace: number): Hints {
  const [found, setFound] = useState({ set, trace, hints: NO_HINTS });
  useEffect(() => {
    if (isBeginning(set) || set.endRow(trace) === set.firstRow(trace)) {
      return undefined;
    }
    const timer = setTimeout(() => setFound({ set, trace, hints: hintsOf(set, trace) }));
    return () => clearTimeout(timer);
  }, [set, trace]);
  return found.set === set && found.trace === trace ? found.hints : NO_HINTS;
}
