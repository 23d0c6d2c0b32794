/** Searches whose traces are read whole, and those that find too large ones for that, count the same spans. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Engine } from '../engine/engine';
import { otlpRequest, spanIdOf, traceIdOf } from '../testing/otlp-samples';
import { openEngine } from '../testing/open-engine';

jest.setTimeout(30_000);

const LARGE = 4100;

interface SearchJson {
  readonly traces: ReadonlyArray<{
    readonly serviceStats: Readonly<Record<string, { readonly spanCount: number; readonly errorCount?: number }>>;
    readonly spanSet: { readonly matched: number; readonly spans: ReadonlyArray<{ readonly spanID: string }> };
  }>;
}

describe('spans of found traces', () => {
  let engine: Engine;
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'veza-store-'));
    engine = await openEngine(directory, { maxWaitingBytes: 16 << 20 });
    await send(1, 'shop', 3);
    await send(2, 'orders', LARGE);
    while ((await found('{ name = "last" }')).length < 2) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });

  afterAll(async () => {
    await engine.close();
    await rm(directory, { recursive: true });
  });

  async function send(trace: number, service: string, count: number): Promise<void> {
    const spans = Array.from({ length: count }, (_, at) => ({
      traceId: traceIdOf(trace), spanId: spanIdOf(at + 1), name: at === count - 1 ? 'last' : 'step', error: at % 3 === 0,
    }));
    await engine.ingest({ format: 'json', body: Buffer.from(JSON.stringify(otlpRequest(service, spans))), orgId: undefined });
  }

  async function found(q: string): Promise<SearchJson['traces']> {
    const { body } = await engine.api({ method: 'GET', path: '/api/search', query: String(new URLSearchParams({ q })), accept: '', orgId: undefined });
    return (JSON.parse(String(body)) as SearchJson).traces;
  }

  test.each([
    ['shop', 3, 1],
    ['orders', LARGE, Math.ceil(LARGE / 3)],
  ])('of %s', async (service, spanCount, errorCount) => {
    const [trace, ...others] = await found(`{ name = "last" && resource.service.name = "${service}" }`);
    expect(others).toEqual([]);
    expect(trace.serviceStats).toEqual({ [service]: { spanCount, errorCount } });
    expect(trace.spanSet).toMatchObject({ matched: 1, spans: [{ spanID: spanIdOf(spanCount) }] });
  });
});
