import { useEffect, useState } from 'react';

/** The last value that stayed for `delayMs`. */
export function useResting<T>(value: T, delayMs: number): T {
  const [resting, setResting] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setResting(value), delayMs);
    return () => clearTimeout(timer);
  }, [value, delayMs]);
  return resting;
}
