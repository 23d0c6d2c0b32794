import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Database } from './database';
import { SCHEMA_VERSION } from './schema';

describe('data directories of other layouts', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'veza-store-'));
  });

  afterEach(() => rm(directory, { recursive: true }));

  async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
    const database = await Database.open({ directory, memoryLimitMb: 64 });
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  }

  test('one of layout 1 is brought up to date and keeps its traces; resources without a name are found by the empty one', async () => {
    await withDatabase(async (database) => {
      await database.execute('DROP TABLE arrival');
      await database.execute(`DELETE FROM meta WHERE key = 'written_record'`);
      await database.execute(`UPDATE meta SET value = CASE key WHEN 'schema_version' THEN 1 ELSE 42 END`);
      await database.execute('INSERT INTO trace VALUES (0, 0, 1, 2, 3, 4, NULL, NULL)');
      await database.execute(`INSERT INTO pair VALUES (7, 0, 3, 'service.name', 1, 'web', NULL, NULL, false, NULL)`);
      await database.execute(`INSERT INTO resource VALUES (0, 0, 'web', ''), (1, 0, '', ''), (2, 5, '', '')`);
      await database.execute('INSERT INTO resource_attribute VALUES (7, 0)');
    });
    await withDatabase(async (database) => {
      expect(await database.query('SELECT key, value FROM meta ORDER BY key')).toEqual([
        { key: 'applied_record', value: 42n },
        { key: 'schema_version', value: BigInt(SCHEMA_VERSION) },
        { key: 'written_record', value: 42n },
      ]);
      expect(await database.query('SELECT first_trace FROM arrival')).toEqual([{ first_trace: 0n }]);
      expect(await database.query('SELECT id_low FROM trace')).toEqual([{ id_low: 2n }]);
      expect(await database.query('SELECT a.resource, p.tenant, p.key, p.text FROM resource_attribute a JOIN pair p ON p.id = a.pair ORDER BY a.resource')).toEqual([
        { resource: 0, tenant: 0, key: 'service.name', text: 'web' },
        { resource: 1, tenant: 0, key: 'service.name', text: '' },
        { resource: 2, tenant: 5, key: 'service.name', text: '' },
      ]);
      expect(await database.query('SELECT DISTINCT id FROM pair')).toHaveLength(3);
    });
  });

  test('one of a later layout is refused and left as it is', async () => {
    await withDatabase((database) => database.execute(`UPDATE meta SET value = 99 WHERE key = 'schema_version'`));
    const refused = expect(Database.open({ directory, memoryLimitMb: 64 })).rejects;
    await refused.toThrow(`The data directory ${directory} has layout 99, this store reads up to ${SCHEMA_VERSION}`);
    await expect(Database.open({ directory, memoryLimitMb: 64 })).rejects.toThrow('layout 99');
  });
});
