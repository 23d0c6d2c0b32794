/** Long work lets the event loop turn between its steps, so that nobody else waits for all of it. */
import { setImmediate as nextTurn } from 'node:timers/promises';

const STEP_MS = 4;

/** @returns what to await between steps of less than a millisecond: it gives way once they add up to a few */
export function shortSteps(): () => Promise<void> {
  let sinceMs = performance.now();
  return async () => {
    if (performance.now() - sinceMs >= STEP_MS) {
      await nextTurn();
      sinceMs = performance.now();
    }
  };
}
