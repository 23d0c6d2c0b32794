import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Engine } from '../engine/engine';
import { otlpRequest, spanIdOf, traceIdOf } from '../testing/otlp-samples';
import { seededRandom } from '../testing/seeded-random';
import { type ExportFormat, exportTraces } from './export';
import { importFile } from './import';
import { storeStats } from './stats';
import { openEngine } from '../testing/open-engine';

jest.setTimeout(60_000);

const TRACES = 60;

describe('the maintenance of a data directory', () => {
  let root: string;
  const engines: Engine[] = [];

  beforeAll(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'veza-store-'));
  });

  afterAll(async () => {
    await Promise.all(engines.map((engine) => engine.close()));
    await rm(root, { recursive: true });
  });

  async function open(name: string): Promise<Engine> {
    const engine = await openEngine(path.join(root, name));
    engines.push(engine);
    return engine;
  }

  async function exported(engine: Engine, format: ExportFormat): Promise<Buffer> {
    const pieces: Uint8Array[] = [];
    for await (const piece of exportTraces(engine, 0, format)) {
      pieces.push(piece.bytes);
    }
    return Buffer.concat(pieces);
  }

  /** Everything a trace has, in an order of its own. */
  async function traces(engine: Engine): Promise<unknown[]> {
    const answers = await Promise.all(
      Array.from({ length: TRACES }, (_, n) => engine.api({ method: 'GET', path: `/api/v2/traces/${traceIdOf(n + 1)}`, query: '', accept: '', orgId: undefined })),
    );
    return answers.map(({ body }) => JSON.parse(String(body)) as unknown);
  }

  async function filled(name: string): Promise<Engine> {
    const engine = await open(name);
    const random = seededRandom(3);
    const body = { resourceSpans: [] as unknown[] };
    for (let n = 1; n <= TRACES; n++) {
      for (let i = 0; i < 1 + random() * 8; i++) {
        const attributes = { 'http.route': `/r/${Math.floor(random() * 5)}`, n: Math.floor(random() * 1e9), ok: random() < 0.5, note: random() < 0.2 ? 'Zoë\n"q"' : '' };
        const span = { traceId: traceIdOf(n), spanId: spanIdOf(n * 16 + i), ...(i > 0 && { parentSpanId: spanIdOf(n * 16) }), name: `op ${i}`, startMs: Math.floor(random() * 9e5), attributes, error: random() < 0.2, kind: Math.floor(random() * 6) };
        body.resourceSpans.push(...otlpRequest(`service ${Math.floor(random() * 4)}`, [span]).resourceSpans);
      }
    }
    expect(await engine.ingest({ format: 'json', body: Buffer.from(JSON.stringify(body)), orgId: undefined })).toMatchObject({ kind: 'accepted' });
    await engine.ingester.maintain(() => Promise.resolve());
    return engine;
  }

  test.each<[ExportFormat, string, (bytes: Buffer) => Buffer]>([
    ['protobuf', 'plain', (bytes) => bytes],
    ['protobuf', 'packed', (bytes) => gzipSync(bytes)],
    ['json', 'plain', (bytes) => bytes],
  ])('what is exported as %s, %s, and imported elsewhere is the same', async (format, how, pack) => {
    const from = await filled(`from ${format} ${how}`);
    const file = path.join(root, `${format}-${how}`);
    await writeFile(file, pack(await exported(from, format)));
    const to = await open(`to ${format} ${how}`);
    expect(await importFile(to, file, undefined)).toEqual({ requests: format === 'protobuf' ? 1 : TRACES, rejectedSpans: 0 });
    const [before, after] = [await traces(from), await traces(to)];
    if (format === 'protobuf') {
      expect(after).toEqual(before);
      expect(await exported(to, 'protobuf')).toEqual(await exported(from, 'protobuf'));
    } else {
      // A reader's order of the spans.
      expect(after.map(sortedSpans)).toEqual(before.map(sortedSpans));
    }
    await to.ingester.maintain(() => Promise.resolve());
    expect(await storeStats(to)).toMatchObject({ traces: TRACES, tenants: { 'single-tenant': TRACES } });
  });

  test('compaction leaves every trace as it was', async () => {
    const engine = await filled('compact');
    const before = await traces(engine);
    await engine.ingester.maintain(() => engine.database.compact());
    expect(await traces(engine)).toEqual(before);
    expect((await storeStats(engine)).traces).toBe(TRACES);
  });

  test.each([
    ['ends within a request', (bytes: Buffer) => bytes.subarray(0, bytes.length - 3), /ends within request \d+/],
    ['holds something else', () => Buffer.from('hello, this is no trace file'), /this is no file of OTLP requests/],
    ['holds broken JSON', () => Buffer.from('{"resourceSpans": [}\n'), /request 1 of .*: not JSON/],
  ])('a file that %s is refused by name', async (_, spoil, message) => {
    const file = path.join(root, 'bad');
    const engine = engines[0];
    await writeFile(file, spoil(await exported(engine, 'protobuf')));
    await expect(importFile(await open(`bad ${String(message)}`.replaceAll(/\W/g, '')), file, undefined)).rejects.toThrow(message);
    expect((await readFile(file)).length).toBeGreaterThan(0);
  });
});

function sortedSpans(answer: unknown): unknown[] {
  const { trace } = answer as { trace: { resourceSpans: Array<{ resource: unknown; scopeSpans: Array<{ scope: unknown; spans: Array<{ spanId: string }> }> }> } };
  const spans = trace.resourceSpans.flatMap(({ resource, scopeSpans }) => scopeSpans.flatMap(({ scope, spans: list }) => list.map((span) => ({ resource, scope, ...span }))));
  return spans.sort((a, b) => (a.spanId < b.spanId ? -1 : 1));
}
