import { useCallback, useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { flushSync } from 'react-dom';
import { ScrollScale } from '../../drawing/waterfall/scroll-scale';

export interface RowScroll {
  /** How far the content is scrolled: its own pixels, not those of the element. */
  readonly offsetPx: number;
  /** Height to give the scrolled element. */
  readonly elementPx: number;
  readonly scrollIntoView: (position: number) => void;
}

/** The vertical position in rows that may be more than any element is high; at most one update a frame. */
export function useScroll(ref: RefObject<HTMLElement | null>, rowCount: number, rowHeightPx: number, viewPx: number): RowScroll {
  const [offsetPx, setOffsetPx] = useState(0);
  const scale = useMemo(() => new ScrollScale(rowCount * rowHeightPx, viewPx), [rowCount, rowHeightPx, viewPx]);
  /** The exact position, and the element's that stands for it: the element's alone is coarse where many rows share a pixel. */
  const exact = useRef({ offsetPx: 0, scrollTopPx: 0 });

  const moveTo = useCallback(
    (toPx: number) => {
      const element = ref.current;
      if (element) {
        const offset = scale.clamp(toPx);
        element.scrollTop = scale.scrollTopOf(offset);
        exact.current = { offsetPx: offset, scrollTopPx: element.scrollTop };
        setOffsetPx(offset);
      }
    },
    [ref, scale]
  );

  useEffect(() => {
    const element = ref.current;
    if (!element) {
      return undefined;
    }
    const onScroll = () => {
      const scrollTopPx = element.scrollTop;
      if (Math.abs(scrollTopPx - exact.current.scrollTopPx) > 0.01) {
        exact.current = { offsetPx: scale.contentOf(scrollTopPx), scrollTopPx };
        // Browsers tell of scrolling once a frame, just before they paint it: names and bars are then of the same frame.
        flushSync(() => setOffsetPx(exact.current.offsetPx));
      }
    };
    const onWheel = (event: WheelEvent) => {
      if (scale.isScaled && !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
        event.preventDefault();
        moveTo(exact.current.offsetPx + event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? rowHeightPx : 1));
      }
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      element.removeEventListener('scroll', onScroll);
      element.removeEventListener('wheel', onWheel);
    };
  }, [ref, scale, moveTo, rowHeightPx]);

  const scrollIntoView = useCallback(
    (position: number) => {
      const topPx = position * rowHeightPx;
      const { offsetPx: shownPx } = exact.current;
      if (topPx < shownPx) {
        moveTo(topPx);
      } else if (topPx + rowHeightPx > shownPx + viewPx) {
        moveTo(topPx + rowHeightPx - viewPx);
      }
    },
    [moveTo, rowHeightPx, viewPx]
  );
  return { offsetPx: scale.clamp(offsetPx), elementPx: scale.elementPx, scrollIntoView };
}
