import { useLayoutEffect, useState, type RefObject } from 'react';

/** What the page keeps below what fills it. */
const MARGIN_PX = 16;
/** What lies above it is taken to be within these. */
const [LEAST_TOP_PX, MOST_TOP_PX] = [40, 320];

/** The CSS height that fills the window from where an element begins down to its end: Grafana's head differs by version and setting. */
export function useRoomBelow(ref: RefObject<HTMLElement | null>): string {
  const [topPx, setTopPx] = useState(160);
  useLayoutEffect(() => {
    const measure = () => ref.current && setTopPx(Math.min(MOST_TOP_PX, Math.max(LEAST_TOP_PX, Math.round(ref.current.getBoundingClientRect().top))));
    measure();
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, [ref]);
  return `calc(100vh - ${topPx + MARGIN_PX}px)`;
}
