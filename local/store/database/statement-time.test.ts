/** A statement that takes too long is stopped, and the connection goes on. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Database } from './database';
import { QueryTimeError } from './database-error';

test('a statement that takes too long is stopped', async () => {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'veza-store-'));
  const database = await Database.open({ directory, memoryLimitMb: 64, maxStatementMs: 300 });
  const endless = 'SELECT sum(a.range * b.range % 7) AS n FROM range(10000000) a, range(10000000) b';
  await expect(database.snapshot((query) => query(endless))).rejects.toThrow(QueryTimeError);
  for (let reader = 0; reader < 4; reader++) {
    expect(await database.snapshot((query) => query('SELECT 1 AS n'))).toEqual([{ n: 1 }]);
  }
  await database.close();
  await rm(directory, { recursive: true });
});
