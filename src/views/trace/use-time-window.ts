import { useCallback, useMemo, useState } from 'react';
import { panWindow, zoomWindow, type TimeWindow } from '../../drawing/waterfall/time-scale';

export interface TimeWindowControl {
  readonly window: TimeWindow;
  readonly isWhole: boolean;
  readonly show: (window: TimeWindow) => void;
  readonly showAll: () => void;
  readonly zoomAt: (factor: number, anchorNs: number) => void;
  readonly panBy: (byNs: number) => void;
}

/** Which part of the trace is on screen; the whole of it until the user zooms. */
export function useTimeWindow(traceDurationNs: number): TimeWindowControl {
  const whole = useMemo((): TimeWindow => ({ startNs: 0, endNs: Math.max(1, traceDurationNs) }), [traceDurationNs]);
  const [chosen, setChosen] = useState<TimeWindow | undefined>(undefined);
  return {
    window: chosen ?? whole,
    isWhole: chosen === undefined,
    show: setChosen,
    showAll: useCallback(() => setChosen(undefined), []),
    zoomAt: useCallback((factor: number, anchorNs: number) => setChosen((last) => zoomWindow(last ?? whole, factor, anchorNs, whole.endNs)), [whole]),
    panBy: useCallback((byNs: number) => setChosen((last) => panWindow(last ?? whole, byNs, whole.endNs)), [whole]),
  };
}
