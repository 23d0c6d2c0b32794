import { useSyncExternalStore } from 'react';
import { panWindow, zoomWindow, type TimeWindow } from '../../drawing/waterfall/time-scale';

/** Which part of the trace is on screen; the whole of it until the user zooms. A store: zooming redraws what shows time only. */
export class TimeWindowStore {
  private chosen: TimeWindow | undefined;
  private readonly whole: TimeWindow;
  private readonly listeners = new Set<() => void>();

  /** @param durationNs of what can be shown, in shown time (see time-map.ts) */
  constructor(durationNs: number) {
    this.whole = wholeOf(durationNs);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): TimeWindow => this.chosen ?? this.whole;

  readonly show = (window: TimeWindow): void => this.set(window);

  readonly showAll = (): void => this.set(undefined);

  readonly zoomAt = (factor: number, anchorNs: number): void => this.set(zoomWindow(this.snapshot(), factor, anchorNs, this.whole.endNs));

  readonly panBy = (byNs: number): void => this.set(panWindow(this.snapshot(), byNs, this.whole.endNs));

  private set(window: TimeWindow | undefined): void {
    this.chosen = window;
    this.listeners.forEach((listener) => listener());
  }
}

export const useTimeWindow = (store: TimeWindowStore): TimeWindow => useSyncExternalStore(store.subscribe, store.snapshot);

const wholeOf = (durationNs: number): TimeWindow => ({ startNs: 0, endNs: Math.max(1, durationNs) });
