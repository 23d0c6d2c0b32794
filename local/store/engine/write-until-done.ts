/**
 * Tries a write until it works or is given up. A disk that is full or failing may come back: what waits is kept, and the limit refuses
 * requests meanwhile. What fails for a reason of its own would fail for ever.
 */
import type { Database } from '../database/database';

/** After these a write is given up, where its reason does not go by. */
const MAX_ATTEMPTS = 5;
/** A full or failing disk, memory, and what DuckDB says of a database that must be opened anew. */
const PASSING = /IO Error|No space|ENOSPC|Out of Memory|invalidated|FATAL/i;

export interface Attempts {
  /** Called after each attempt that failed. */
  readonly failed: (reason: string) => void;
  /** Waits before the next one. */
  readonly pause: () => Promise<void>;
  readonly isClosing: () => boolean;
}

/** @returns 'closed' when the store is closed before it works */
export async function writeUntilDone(database: Pick<Database, 'reopen'>, write: () => Promise<void>, { failed, pause, isClosing }: Attempts): Promise<'written' | 'given up' | 'closed'> {
  for (let attempts = 0; ; ) {
    try {
      await write();
      return 'written';
    } catch (error) {
      const { message } = error as Error;
      failed(message);
      if (isClosing()) {
        return 'closed';
      }
      if (!PASSING.test(message) && ++attempts === MAX_ATTEMPTS) {
        return 'given up';
      }
      await pause();
      if (/invalidated|FATAL/.test(message)) {
        await database.reopen();
      }
    }
  }
}
