import { setImmediate as nextTurn } from 'node:timers/promises';

/** Lets other work on the thread run in between: queries must not wait for a long stretch of ingest. */
const STRETCH_MS = 8;

export class Breather {
  private lastTurnMs = performance.now();

  /** Returns at once, or after a turn of the event loop when the last one was a while ago. */
  async pause(): Promise<void> {
    if (performance.now() - this.lastTurnMs >= STRETCH_MS) {
      await nextTurn();
      this.lastTurnMs = performance.now();
    }
  }
}
