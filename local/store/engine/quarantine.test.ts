/** What cannot be written leaves the queue, is counted and can be imported; the store goes on. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { protobufOfJson } from '../ingest/otlp-json';
import type { LogEntry } from '../log';
import { readOtlpFile } from '../maintenance/otlp-file';
import { otlpRequest, spanIdOf, traceIdOf } from '../testing/otlp-samples';
import { openEngine } from '../testing/open-engine';

jest.setTimeout(60_000);

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'veza-store-'));
});

afterEach(() => rm(directory, { recursive: true }));

const requestOf = (trace: number): Uint8Array => new Uint8Array(protobufOfJson(JSON.stringify(otlpRequest('shop', [{ traceId: traceIdOf(trace), spanId: spanIdOf(1), name: `span ${trace}` }]))));

test('a write that fails for ever is put aside', async () => {
  const log: LogEntry[] = [];
  const engine = await openEngine(directory, { memoryLimitMb: 64, maxWaitingBytes: 1 << 20 }, (entry) => log.push(entry));
  const send = (trace: number): Promise<unknown> => engine.ingest({ format: 'protobuf', body: requestOf(trace), orgId: undefined });
  const written = async (spans: number): Promise<void> => {
    while (engine.ingester.waitingSpans > 0 || engine.ingester.counters.writtenSpans < spans) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  await send(1);
  await written(1);
  await engine.database.execute('ALTER TABLE detail RENAME TO hidden');
  expect(await send(2)).toMatchObject({ kind: 'accepted' });
  await written(1);
  expect(engine.ingester.counters).toMatchObject({ quarantinedSpans: 1, failedWrites: 5 });
  await engine.database.execute('ALTER TABLE hidden RENAME TO detail');
  await send(3);
  await written(2);
  expect(await engine.database.query('SELECT count(*)::INTEGER AS n FROM span')).toEqual([{ n: 2 }]);
  await engine.close();

  const [file] = (await readdir(directory)).filter((name) => name.startsWith('quarantine-'));
  expect(log).toContainEqual(expect.objectContaining({ level: 'error', fields: { spans: 1, file: path.join(directory, file) } }));
  const kept: Uint8Array[] = [];
  for await (const { body } of readOtlpFile(path.join(directory, file))) {
    kept.push(body);
  }
  expect(kept).toEqual([requestOf(2)]);
});
