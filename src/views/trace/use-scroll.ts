import { useCallback, useEffect, useState, type RefObject } from 'react';

/** The vertical scroll position of an element, at most one update a frame. */
export function useScroll(ref: RefObject<HTMLElement | null>): { scrollPx: number; scrollRowIntoView: (row: number, rowHeightPx: number) => void } {
  const [scrollPx, setScrollPx] = useState(0);
  useEffect(() => {
    const element = ref.current;
    if (!element) {
      return undefined;
    }
    let frame = 0;
    const onScroll = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => setScrollPx(element.scrollTop));
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      element.removeEventListener('scroll', onScroll);
      cancelAnimationFrame(frame);
    };
  }, [ref]);

  const scrollRowIntoView = useCallback(
    (row: number, rowHeightPx: number) => {
      const element = ref.current;
      if (!element) {
        return;
      }
      const topPx = row * rowHeightPx;
      if (topPx < element.scrollTop) {
        element.scrollTop = topPx;
      } else if (topPx + rowHeightPx > element.scrollTop + element.clientHeight) {
        element.scrollTop = topPx + rowHeightPx - element.clientHeight;
      }
    },
    [ref]
  );
  return { scrollPx, scrollRowIntoView };
}
