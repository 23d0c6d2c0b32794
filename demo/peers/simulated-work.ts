import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../random';
import type { Condition } from './condition';

/** An error of something we call: its name becomes `exception.type` and `error.type`. */
export class PeerError extends Error {
  constructor(type: string, message: string) {
    super(message);
    this.name = type;
  }
}

export interface SimulatedWork {
  readonly medianMs: number;
  /** Set at a hot path's weak spot only. */
  readonly condition?: Condition;
  /** What a failing call throws. */
  readonly failure?: () => PeerError;
}

/** Waits as long as the work would have taken; fails or dawdles as the condition says. Sleeps, so it costs no processor. */
export async function simulateWork(random: Random, work: SimulatedWork): Promise<void> {
  await sleep(random.latencyMs(work.medianMs));
  if (work.condition === 'slow') {
    await sleep(random.integer(550, 1500)); // above the 500 ms from which a request counts as slow
  }
  if (work.condition === 'error' && work.failure) {
    await sleep(random.integer(80, 250));
    throw work.failure();
  }
}
