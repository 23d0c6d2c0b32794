/**
 * What may stay: traces that came within the retention, as far as the disk budget allows. The oldest go first, by arrival, as in Tempo,
 * where times too far from now count as now: a sender's wrong clock neither keeps a trace for ever nor loses it at once.
 */
import type { Database } from '../database/database';
import { removeTracesBefore, type UnusedBelow } from './removal';

export interface RetentionOptions {
  readonly keepHours: number;
  /** Of the database file; undefined: as much as there is. */
  readonly maxDiskBytes: number | undefined;
}

export const DEFAULT_RETENTION: RetentionOptions = { keepHours: 336, maxDiskBytes: undefined };

export interface RetentionResult {
  readonly removedTraces: number;
  readonly reason: 'age' | 'disk' | undefined;
  /** Given back to the file system. */
  readonly freedBytes: number;
}

/** A row of `arrival` is made once a minute: its traces came at most this much later. */
const ARRIVAL_STEP_S = 60;
/** Over the budget, this share of it is made free, so that it is not done again at once. */
const FREED_SHARE = 0.25;
/** A file is compacted when this share of it is free, and at least so much that it matters. */
const COMPACT_SHARE = 0.25;
const COMPACT_BYTES = 16 << 20;
/** Rows differ in size: the estimate of what must go may need another try. */
const MAX_ROUNDS = 4;

/**
 * To be called while nothing else writes.
 * @param unusedBelow dictionary entries that no span still to be written refers to
 */
export async function applyRetention(database: Database, options: RetentionOptions, nextTrace: number, nowS: number, unusedBelow: UnusedBelow): Promise<RetentionResult> {
  const before = (await database.fileUse()).totalBytes;
  let removedTraces = await removeTracesBefore(database, await firstToKeep(database, options.keepHours, nextTrace, nowS), unusedBelow);
  let reason: RetentionResult['reason'] = removedTraces > 0 ? 'age' : undefined;
  let use = await database.fileUse();
  const budget = options.maxDiskBytes ?? Infinity;
  const isOver = use.totalBytes > budget;
  for (let round = 0; isOver && round < MAX_ROUNDS; round++) {
    const used = use.totalBytes - use.freeBytes;
    const target = budget * (1 - FREED_SHARE);
    if (used <= target) {
      break;
    }
    const removed = await removeTracesBefore(database, await afterShare(database, 1 - target / used, nextTrace), unusedBelow);
    reason = 'disk';
    removedTraces += removed;
    use = await database.fileUse();
    if (removed === 0) {
      break;
    }
  }
  if (isOver || (use.freeBytes >= COMPACT_BYTES && use.freeBytes >= COMPACT_SHARE * use.totalBytes)) {
    await database.compact();
    use = await database.fileUse();
  }
  return { removedTraces, reason, freedBytes: Math.max(0, before - use.totalBytes) };
}

/** The first trace that came recently enough. */
async function firstToKeep(database: Database, keepHours: number, nextTrace: number, nowS: number): Promise<number> {
  const cutoffS = nowS - keepHours * 3600 - ARRIVAL_STEP_S;
  const [row] = await database.query(`SELECT min(first_trace)::DOUBLE AS first FROM arrival WHERE received_s > ${cutoffS}`);
  return (row.first as number | null) ?? nextTrace;
}

/** The first trace behind this share of all, oldest first. */
async function afterShare(database: Database, share: number, nextTrace: number): Promise<number> {
  const [row] = await database.query(`SELECT quantile_disc(seq, ${Math.min(1, share)})::DOUBLE + 1 AS first FROM trace`);
  return (row.first as number | null) ?? nextTrace;
}
