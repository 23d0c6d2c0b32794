import { useEffect, type RefObject } from 'react';
import { timeOfX } from '../../drawing/waterfall/time-scale';
import type { TimeWindowControl } from './use-time-window';

const WHEEL_ZOOM = 0.0015;

/** Over the bars, Ctrl or ⌘ and the wheel zoom in time, Shift or a sideways wheel pans; the plain wheel scrolls the rows. */
export function useTimelineGestures(ref: RefObject<HTMLElement | null>, { window, zoomAt, panBy }: TimeWindowControl, widthPx: number): void {
  useEffect(() => {
    const element = ref.current;
    if (!element || widthPx === 0) {
      return undefined;
    }
    const onWheel = (event: WheelEvent) => {
      const sidewaysPx = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        const xPx = event.clientX - element.getBoundingClientRect().left;
        zoomAt(Math.exp(-event.deltaY * WHEEL_ZOOM), timeOfX(xPx, window, widthPx));
      } else if (event.shiftKey || Math.abs(sidewaysPx) > Math.abs(event.deltaY)) {
        event.preventDefault();
        panBy((sidewaysPx / widthPx) * (window.endNs - window.startNs));
      }
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [ref, window, zoomAt, panBy, widthPx]);
}
