/**
 * Who may use the processor: whoever asks sits at a screen, whoever sends can wait. Ingest works in short stretches, lets the event loop
 * turn in between, and stands back while queries run, though not for ever: beside long ones it gets a third of the time.
 */
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';

/** A stretch of ingest: what a query may wait for before it starts. */
const STRETCH_MS = 4;
/** How long ingest stands back at most, and how long it then works beside the queries. */
const STAND_BACK_MS = 60;
const BESIDE_MS = 30;

export class IngestTurns {
  private lastTurnMs = performance.now();
  private besideUntilMs = 0;
  private queries = 0;
  private idle = Promise.resolve();
  private becomeIdle = (): void => undefined;

  /** Runs a query; ingest stands back meanwhile. */
  async query<T>(run: () => Promise<T>): Promise<T> {
    this.started();
    try {
      return await run();
    } finally {
      this.ended();
    }
  }

  /** For a query that needs what ingest is about to do. */
  async waitForIngest(done: Promise<void>): Promise<void> {
    this.ended();
    await done;
    this.started();
  }

  private started(): void {
    if (this.queries++ === 0) {
      this.idle = new Promise((resolve) => (this.becomeIdle = resolve));
    }
  }

  private ended(): void {
    if (--this.queries === 0) {
      this.becomeIdle();
    }
  }

  /** For ingest, between its steps. */
  readonly pause = async (): Promise<void> => {
    const nowMs = performance.now();
    if (nowMs - this.lastTurnMs < STRETCH_MS) {
      return;
    }
    await nextTurn();
    if (this.queries > 0 && nowMs >= this.besideUntilMs) {
      const waiting = new AbortController();
      await Promise.race([this.idle, delay(STAND_BACK_MS, undefined, { signal: waiting.signal }).catch(() => undefined)]);
      waiting.abort();
      if (this.queries > 0) {
        this.besideUntilMs = performance.now() + BESIDE_MS;
      }
    }
    this.lastTurnMs = performance.now();
  };
}
