import { useEffect, useState } from 'react';
import { linkEdgesInSteps, type LinkEdges } from '../../analysis/link-edges';
import type { TraceSet } from '../../trace';

const NONE: LinkEdges = { within: [], leaving: [] };
/** So many rows take less than a millisecond. */
const ROWS_A_STEP = 500;
/** The bars come first. */
const DELAY_MS = 300;
/** What is left of an idle moment for others. */
const SPARE_MS = 2;

/** The span links of a trace, found while nothing else is to be done. */
export function useLinkEdges(set: TraceSet, trace: number, isWanted: boolean): LinkEdges {
  const [found, setFound] = useState<{ readonly set: TraceSet; readonly trace: number; readonly edges: LinkEdges } | undefined>(undefined);
  useEffect(() => {
    if (!isWanted) {
      return undefined;
    }
    const steps = linkEdgesInSteps(set, trace, ROWS_A_STEP);
    let handle = 0;
    const work = (deadline: IdleDeadline) => {
      while (deadline.timeRemaining() > SPARE_MS) {
        const { done, value } = steps.next();
        if (done) {
          setFound({ set, trace, edges: value });
          return;
        }
      }
      handle = whenIdle(work);
    };
    const timer = setTimeout(() => (handle = whenIdle(work)), DELAY_MS);
    return () => {
      clearTimeout(timer);
      cancelIdle(handle);
    };
  }, [set, trace, isWanted]);
  return isWanted && found?.set === set && found.trace === trace ? found.edges : NONE;
}

/** Safari has no idle callbacks: a task of a few milliseconds then. */
const hasIdle = typeof globalThis.requestIdleCallback === 'function';
const TASK_MS = 6;

function whenIdle(work: (deadline: IdleDeadline) => void): number {
  if (hasIdle) {
    return requestIdleCallback(work);
  }
  return window.setTimeout(() => {
    const endMs = performance.now() + TASK_MS;
    work({ didTimeout: false, timeRemaining: () => endMs - performance.now() });
  });
}

function cancelIdle(handle: number): void {
  hasIdle ? cancelIdleCallback(handle) : window.clearTimeout(handle);
}
