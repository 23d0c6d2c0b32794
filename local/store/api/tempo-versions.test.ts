/** The same spans asked as Tempo 2.7 and as 3.0, where real servers answer differently. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Engine } from '../engine/engine';
import { openEngine } from '../testing/open-engine';
import { spanIdOf, traceIdOf } from '../testing/otlp-samples';
import type { TempoVersion } from './compatibility';

jest.setTimeout(30_000);

const START_S = 1_700_000_000;
const span = (n: number, startS: number, further: object = {}): object => ({
  traceId: traceIdOf(n), spanId: spanIdOf(n), name: `span ${n}`, startTimeUnixNano: `${startS}000000000`, endTimeUnixNano: `${startS + 1}000000000`, ...further,
});
const SPANS = [span(1, START_S + 60), span(2, START_S + 150, { events: [{ timeUnixNano: `${START_S + 150}000000000`, name: 'retry' }] })];

describe.each<TempoVersion>(['2.7', '3.0'])('as Tempo %s', (tempoVersion) => {
  let engine: Engine;
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'veza-store-'));
    engine = await openEngine(directory, { tempoVersion });
    await engine.ingest({ format: 'json', body: Buffer.from(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: SPANS }] }] })), orgId: undefined });
    while ((await found('{ }')) < SPANS.length) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });

  afterAll(async () => {
    await engine.close();
    await rm(directory, { recursive: true });
  });

  async function ask<T>(pathname: string, parameters: Record<string, string>): Promise<T> {
    const { body } = await engine.api({ method: 'GET', path: pathname, query: String(new URLSearchParams(parameters)), accept: '', orgId: undefined });
    return JSON.parse(String(body)) as T;
  }

  async function found(q: string): Promise<number> {
    return (await ask<{ traces: unknown[] }>('/api/search', { q })).traces.length;
  }

  test('a span without events counts as one with an empty event in 2.7 only', async () => {
    const all = tempoVersion === '2.7' ? 2 : 1;
    expect(await found('{ event:name != "x" }')).toBe(all);
    expect(await found('{ event:name != nil }')).toBe(all);
    expect(await found('{ event:timeSinceStart < 1ms }')).toBe(all);
    expect(await found('{ event:name = "retry" }')).toBe(1);
  });

  test('the first bucket of a series is of the step after its time in 2.7, of the step before in 3.0', async () => {
    const { series } = await ask<{ series: Array<{ samples: Array<{ timestampMs: string; value?: number }> }> }>('/api/metrics/query_range', {
      q: '{ } | count_over_time()', start: String(START_S + 100), end: String(START_S + 200), step: '50s',
    });
    expect(series[0].samples.map(({ timestampMs, value }) => [Number(timestampMs) / 1000 - START_S, value ?? 0])).toEqual(
      tempoVersion === '2.7' ? [[100, 0], [150, 1], [200, 0]] : [[100, 1], [150, 1], [200, 0]]
    );
  });
});
