import { useEffect, useState, type PointerEvent, type RefObject } from 'react';
import { timeOfX } from '../../drawing/waterfall/time-scale';
import type { TimeWindowStore } from './time-window';

const WHEEL_ZOOM = 0.0015;
/** A press that moves less is a click. */
const CLICK_SLOP_PX = 4;

/** A stretch of the timeline being chosen by dragging. */
export interface DraggedRange {
  readonly fromPx: number;
  readonly toPx: number;
}

export interface TimeGestures {
  readonly range: DraggedRange | undefined;
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  /** True where the press was a drag, so no click. */
  readonly onPointerUp: () => boolean;
}

interface Press {
  readonly fromPx: number;
  readonly toPx: number;
  readonly isPan: boolean;
}

/**
 * Over the bars Ctrl or ⌘ and the wheel zoom in time, Shift or a sideways wheel pans, the plain wheel scrolls the rows;
 * dragging zooms to what was dragged across, with Shift it pans.
 */
export function useTimeGestures(ref: RefObject<HTMLElement | null>, time: TimeWindowStore, widthPx: number): TimeGestures {
  const [press, setPress] = useState<Press | undefined>(undefined);
  useEffect(() => {
    const element = ref.current;
    if (!element || widthPx === 0) {
      return undefined;
    }
    const onWheel = (event: WheelEvent) => {
      const sidewaysPx = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX;
      const window = time.snapshot();
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        const xPx = event.clientX - element.getBoundingClientRect().left;
        time.zoomAt(Math.exp(-event.deltaY * WHEEL_ZOOM), timeOfX(xPx, window, widthPx));
      } else if (event.shiftKey || Math.abs(sidewaysPx) > Math.abs(event.deltaY)) {
        event.preventDefault();
        time.panBy((sidewaysPx / widthPx) * (window.endNs - window.startNs));
      }
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [ref, time, widthPx]);

  const xOf = (event: PointerEvent<HTMLElement>) => Math.max(0, Math.min(widthPx, event.clientX - event.currentTarget.getBoundingClientRect().left));
  const isDrag = press !== undefined && Math.abs(press.toPx - press.fromPx) >= CLICK_SLOP_PX;
  return {
    range: press && isDrag && !press.isPan ? { fromPx: Math.min(press.fromPx, press.toPx), toPx: Math.max(press.fromPx, press.toPx) } : undefined,
    onPointerDown: (event) => {
      if (event.button === 0) {
        event.currentTarget.setPointerCapture(event.pointerId);
        setPress({ fromPx: xOf(event), toPx: xOf(event), isPan: event.shiftKey });
      }
    },
    onPointerMove: (event) => {
      if (press) {
        const toPx = xOf(event);
        if (press.isPan) {
          const { startNs, endNs } = time.snapshot();
          time.panBy(((press.toPx - toPx) / widthPx) * (endNs - startNs));
        }
        setPress({ ...press, toPx });
      }
    },
    onPointerUp: () => {
      setPress(undefined);
      if (press && isDrag && !press.isPan) {
        const window = time.snapshot();
        time.show({
          startNs: timeOfX(Math.min(press.fromPx, press.toPx), window, widthPx),
          endNs: timeOfX(Math.max(press.fromPx, press.toPx), window, widthPx),
        });
      }
      return isDrag;
    },
  };
}
