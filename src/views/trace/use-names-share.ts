import { useCallback, useState } from 'react';

const KEY = 'veza-traces.names-share';
const USUAL = 0.38;
/** Where that is less than names need, up to a half. */
const NAMES_PX = 220;
const [LEAST, MOST] = [0.1, 0.8];

/** The part of the timeline's width that names have, 0 to 1, and how to change it; the browser remembers what was chosen. */
export function useNamesShare(widthPx: number): readonly [number, (share: number) => void] {
  const [share, setShare] = useState(rememberedShare);
  const change = useCallback((to: number) => {
    const next = Math.max(LEAST, Math.min(MOST, to));
    setShare(next);
    try {
      localStorage.setItem(KEY, String(next));
    } catch {
      // No storage: it is kept while the view is open.
    }
  }, []);
  return [share ?? Math.max(USUAL, Math.min(0.5, NAMES_PX / Math.max(1, widthPx))), change];
}

function rememberedShare(): number | undefined {
  try {
    const share = Number(localStorage.getItem(KEY) ?? undefined);
    return share >= LEAST && share <= MOST ? share : undefined;
  } catch {
    return undefined;
  }
}
