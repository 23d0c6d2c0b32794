/** Statements that take too long, or that nobody waits for any longer, are stopped, and the connections go on. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Database } from './database';
import { QueryCancelledError, QueryTimeError } from './database-error';

const ENDLESS = 'SELECT sum(a.range * b.range % 7) AS n FROM range(10000000) a, range(10000000) b';

describe('readers', () => {
  let directory: string;
  let database: Database;

  beforeEach(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'veza-store-'));
  });

  afterEach(async () => {
    for (let reader = 0; reader < 4; reader++) {
      expect(await database.snapshot((query) => query('SELECT 1 AS n'))).toEqual([{ n: 1 }]);
    }
    await database.close();
    await rm(directory, { recursive: true });
  });

  test('a statement that takes too long is stopped', async () => {
    database = await Database.open({ directory, memoryLimitMb: 64, maxStatementMs: 300 });
    await expect(database.snapshot((query) => query(ENDLESS))).rejects.toThrow(QueryTimeError);
    await expect(database.reads().query(ENDLESS)).rejects.toThrow(QueryTimeError);
  });

  test('who goes away frees the statement that runs and those that wait for a turn', async () => {
    database = await Database.open({ directory, memoryLimitMb: 64 });
    const gone = new AbortController();
    const reads = database.reads(gone.signal);
    const all = Array.from({ length: 5 }, (_, i) => (i % 2 === 0 ? reads.query(ENDLESS) : reads.snapshot((query) => query(ENDLESS))));
    const ends = Promise.allSettled(all);
    await pause(100);
    gone.abort();
    expect((await ends).map((end) => end.status === 'rejected' && end.reason instanceof QueryCancelledError)).toEqual([true, true, true, true, true]);
    await expect(reads.query('SELECT 1')).rejects.toThrow(QueryCancelledError);
  });
});
