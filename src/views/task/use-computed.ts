import { useEffect, useMemo, useState } from 'react';

/** From so many spans on, what looks at each of them takes long enough to be seen. */
const LONG_FROM_SPANS = 200_000;

export interface Computed<T> {
  /** While the next one is computed, the last; undefined before there is one. */
  readonly value: T | undefined;
  readonly isRunning: boolean;
}

/**
 * Computes at once what is quick. What takes longer starts when the page has shown that it is under way.
 *
 * @param compute memoise it; called again when it changes
 * @param spanCount of which it looks at each
 */
export function useComputed<T>(compute: () => T, spanCount: number): Computed<T> {
  const isQuick = spanCount < LONG_FROM_SPANS;
  const atOnce = useMemo(() => (isQuick ? { compute, value: compute() } : undefined), [compute, isQuick]);
  const [later, setLater] = useState<{ readonly compute: () => T; readonly value: T } | undefined>(undefined);
  useEffect(() => (isQuick ? undefined : afterPaint(() => setLater({ compute, value: compute() }))), [compute, isQuick]);
  const last = atOnce ?? later;
  return { value: last?.value, isRunning: last?.compute !== compute };
}

/** @returns how to cancel */
function afterPaint(run: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  // A frame's callbacks run before it is painted, timers they set after that.
  const frame = requestAnimationFrame(() => (timer = setTimeout(run)));
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}
