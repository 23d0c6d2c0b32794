import { mkdtemp, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Engine } from '../engine/engine';
import { otlpRequest, spanIdOf, traceIdOf } from '../testing/otlp-samples';
import { DEFAULT_RETENTION, type RetentionOptions } from './retention';
import { openEngine } from '../testing/open-engine';

jest.setTimeout(60_000);

describe('retention', () => {
  let directory: string;
  let engine: Engine;

  beforeEach(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'veza-store-'));
  });

  afterEach(async () => {
    await engine.close();
    await rm(directory, { recursive: true });
  });

  async function open(retention: RetentionOptions): Promise<void> {
    engine = await openEngine(directory, { retention });
  }

  /** Traces of one span, each with an attribute of its own. */
  async function send(from: number, to: number, padding = ''): Promise<void> {
    const spans = Array.from({ length: to - from }, (_, i) => ({ traceId: traceIdOf(from + i), spanId: spanIdOf(from + i), name: `name ${from + i}`, attributes: { user: `u-${from + i}-${padding}` } }));
    const outcome = await engine.ingest({ format: 'json', body: Buffer.from(JSON.stringify(otlpRequest('shop', spans))), orgId: undefined });
    expect(outcome.kind).toBe('accepted');
    await engine.ingester.maintain(() => Promise.resolve());
  }

  const count = async (table: string): Promise<number> => Number((await engine.database.query(`SELECT count(*) AS n FROM ${table}`))[0].n);
  const search = async (q: string): Promise<{ traces: Array<{ traceID: string }> }> =>
    JSON.parse(String((await engine.api({ method: 'GET', path: '/api/search', query: `q=${encodeURIComponent(q)}&limit=1000`, accept: '', orgId: undefined })).body));

  test('what came too long ago is removed with everything only it used; the rest is found as before', async () => {
    await open({ ...DEFAULT_RETENTION, keepHours: 1 });
    await send(1, 11);
    await engine.database.execute('UPDATE arrival SET received_s = received_s - 7200');
    await send(11, 16);
    expect(await engine.applyRetention()).toMatchObject({ removedTraces: 10, reason: 'age' });
    expect([await count('trace'), await count('span'), await count('detail'), await count('attribute')]).toEqual([5, 5, 5, 5]);
    // A name and a user for each span, and the service.
    expect(await count('pair')).toBe(11);
    expect((await search('{ span.user =~ "u-.*" }')).traces).toHaveLength(5);

    // What is sent again, known values included, is stored and found again.
    await send(1, 4);
    await send(11, 12);
    expect((await search('{ name = "name 2" && span.user = "u-2-" }')).traces).toHaveLength(1);
    expect((await search('{ resource.service.name = "shop" }')).traces).toHaveLength(8);
    expect(await engine.applyRetention()).toMatchObject({ removedTraces: 0 });
  });

  test('over the disk budget the oldest go and the file really shrinks', async () => {
    await open({ ...DEFAULT_RETENTION, maxDiskBytes: 4 << 20 });
    const noise = (seed: number): string => Array.from({ length: 60 }, (_, i) => Math.imul(seed + i, 2654435761).toString(36)).join('');
    for (let n = 1; n <= 20; n++) {
      await send(n * 1000, n * 1000 + 500, noise(n * 7919));
    }
    await engine.database.fileUse();
    const before = (await stat(path.join(directory, 'traces.duckdb'))).size;
    expect(before).toBeGreaterThan(4 << 20);
    const result = await engine.applyRetention();
    expect(result.reason).toBe('disk');
    const after = (await stat(path.join(directory, 'traces.duckdb'))).size;
    expect(after).toBeLessThanOrEqual(4 << 20);
    const kept = await count('trace');
    expect(kept).toBeGreaterThan(0);
    expect((await search('{ name = "name 20499" }')).traces).toHaveLength(1);
    expect((await search('{ name = "name 1000" }')).traces).toHaveLength(0);
    await send(30_000, 30_010);
    expect(await count('trace')).toBe(kept + 10);
  });

  test('a statement reaches no file outside the data directory', async () => {
    await open(DEFAULT_RETENTION);
    await expect(engine.database.query(`SELECT * FROM read_text('/etc/hostname')`)).rejects.toThrow(/Permission Error/);
    await expect(engine.database.execute('SET enable_external_access = true')).rejects.toThrow();
  });
});
