import { useCallback, useState } from 'react';

const KEY = 'veza-traces.names-share';
const USUAL = 0.38;
const [LEAST, MOST] = [0.1, 0.8];

/** The part of the timeline's width that names have, 0 to 1, and how to change it; the browser remembers it. */
export function useNamesShare(): readonly [number, (share: number) => void] {
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
  return [share, change];
}

function rememberedShare(): number {
  try {
    const share = Number(localStorage.getItem(KEY) ?? USUAL);
    return share >= LEAST && share <= MOST ? share : USUAL;
  } catch {
    return USUAL;
  }
}
