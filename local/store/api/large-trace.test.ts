/** Traces that are read and written in several steps. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { otlpRequest, spanIdOf, traceIdOf } from '../testing/otlp-samples';
import { openEngine } from '../testing/open-engine';

jest.setTimeout(60_000);

const SPANS = 9001;

interface TraceJson {
  readonly batches: ReadonlyArray<{ readonly scopeSpans: ReadonlyArray<{ readonly spans: ReadonlyArray<{ readonly name: string }> }> }>;
}

/** The last span's name as protobuf has it. */
const LAST_NAME = Buffer.from(`\x2a\x09span ${SPANS - 1}`);

test('a large trace comes whole, and the event loop turns while its answers are made', async () => {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'veza-store-'));
  const engine = await openEngine(directory, { memoryLimitMb: 64, maxWaitingBytes: 16 << 20 });
  const names = Array.from({ length: SPANS }, (_, n) => `span ${n}`);
  const spans = names.map((name, n) => ({ traceId: traceIdOf(1), spanId: spanIdOf(n + 1), name }));
  await engine.ingest({ format: 'json', body: Buffer.from(JSON.stringify(otlpRequest('shop', spans))), orgId: undefined });
  const ask = async (accept: string): Promise<{ body: Buffer; turns: number }> => {
    let turns = 0;
    const counting = setInterval(() => turns++, 1);
    const { status, body } = await engine.api({ method: 'GET', path: `/api/traces/${traceIdOf(1)}`, query: '', accept, orgId: undefined });
    clearInterval(counting);
    expect(status).toBe(200);
    return { body: Buffer.from(body), turns };
  };
  const json = await ask('');
  const protobuf = await ask('application/protobuf');
  const gone = await engine.api({ method: 'GET', path: `/api/traces/${traceIdOf(1)}`, query: '', accept: '', orgId: undefined }, AbortSignal.abort());
  await engine.close();
  await rm(directory, { recursive: true });

  const { batches } = JSON.parse(json.body.toString()) as TraceJson;
  expect(batches.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans.map(({ name }) => name)))).toEqual(names);
  expect(json.turns).toBeGreaterThan(1);
  expect(protobuf.body.includes(LAST_NAME)).toBe(true);
  expect(protobuf.turns).toBeGreaterThan(1);
  expect(gone.status).toBe(499);
});
