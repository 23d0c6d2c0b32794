import { useEffect } from 'react';

/**
 * Calls `refresh` one interval after the last answer came, and only while the tab is visible. Not while one is awaited: a
 * backend slower than the interval would be asked anew each time before it can answer.
 *
 * @param intervalMs undefined: never
 */
export function useRefreshInterval(intervalMs: number | undefined, isLoading: boolean, refresh: () => void): void {
  useEffect(() => {
    if (!intervalMs || isLoading) {
      return undefined;
    }
    const timer = setInterval(() => document.visibilityState === 'visible' && refresh(), intervalMs);
    return () => clearInterval(timer);
  }, [intervalMs, isLoading, refresh]);
}
