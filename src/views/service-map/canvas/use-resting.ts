import { useEffect, useState } from 'react';

/** Frames without a change that a rest takes as well: while the page is busy, much time passes between two steps of one motion. */
const QUIET_FRAMES = 3;

/**
 * The last value that stayed for `delayMs`.
 *
 * @param delayMs read when the value changes
 */
export function useResting<T>(value: T, delayMs: { readonly current: number }): T {
  const [resting, setResting] = useState(value);
  useEffect(() => {
    let frame = 0;
    let quietFrames = 0;
    const waitForFrames = () => {
      if (quietFrames++ === QUIET_FRAMES) {
        setResting(value);
      } else {
        frame = requestAnimationFrame(waitForFrames);
      }
    };
    const timer = setTimeout(waitForFrames, delayMs.current);
    return () => {
      clearTimeout(timer);
      cancelAnimationFrame(frame);
    };
  }, [value, delayMs]);
  return resting;
}
