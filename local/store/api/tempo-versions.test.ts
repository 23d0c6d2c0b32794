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

  const request = (pathname: string, parameters: Record<string, string>) => engine.api({ method: 'GET', path: pathname, query: String(new URLSearchParams(parameters)), accept: '', orgId: undefined });

  async function ask<T>(pathname: string, parameters: Record<string, string>): Promise<T> {
    return JSON.parse(String((await request(pathname, parameters)).body)) as T;
  }

  async function status(pathname: string, parameters: Record<string, string>): Promise<number> {
    return (await request(pathname, parameters)).status;
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

  test('metrics of what can find nothing have no series, of what has found nothing one of zeros', async () => {
    const labels = async (q: string): Promise<unknown[]> => {
      const { series } = await ask<{ series: unknown[] }>('/api/metrics/query_range', { q, start: String(START_S), end: String(START_S + 200), step: '50s' });
      return series;
    };
    expect(await labels('{ false } | rate()')).toEqual([]);
    expect(await labels('{ name = "nobody" } | rate()')).toHaveLength(1);
    expect(await labels('{ name = "nobody" } | rate() by (name)')).toEqual([]);
  });

  test('durations of traces are listed under the scoped name, as numbers until they are narrowed', async () => {
    const values = async (tag: string, q = ''): Promise<unknown[]> => (await ask<{ tagValues: unknown[] }>(`/api/v2/search/tag/${tag}/values`, { q })).tagValues;
    expect(await values('trace:duration')).toEqual([{ type: 'int', value: '1000000000' }]);
    expect(await values('trace:duration', '{ name =~ "span.1" }')).toEqual([{ type: 'duration', value: '1s' }]);
    expect(await values('traceDuration')).toEqual([]);
    expect(await values('event:timeSinceStart')).toEqual([{ type: 'int', value: '0' }]);
    expect(await values('event:timeSinceStart', '{ name =~ "span.2" }')).toEqual([]);
  });

  test('a range of tags that starts at 0 is one too long', async () => {
    expect(await status('/api/v2/search/tags', { start: '0', end: String(START_S) })).toBe(400);
    expect(await status('/api/search/tag/name/values', { start: '0', end: String(START_S) })).toBe(400);
    expect(await status('/api/search/tags', { start: '0', end: '0' })).toBe(200);
    expect(await status('/api/search/tags', { end: String(START_S) })).toBe(400);
  });

  test('the scope of traces and fields as patterns', async () => {
    expect(await status('/api/v2/search/tags', { scope: 'trace' })).toBe(tempoVersion === '2.7' ? 400 : 200);
    expect(await status('/api/search', { q: '{ name =~ resource.service.name }' })).toBe(tempoVersion === '2.7' ? 200 : 400);
    expect(await status('/api/search', { q: '{ duration > 1µs }' })).toBe(200);
    // The Greek letter, which Go reads but TraceQL does not.
    expect(await status('/api/search', { q: '{ duration > 1μs }' })).toBe(400);
    expect(await status('/api/search', { minDuration: '1μs' })).toBe(200);
  });

  test('a range that ends where it starts is of one step in 3.0, and its points are half as many', async () => {
    const times = { start: String(START_S + 150), end: String(START_S + 150), step: '50s' };
    const query = '/api/metrics/query_range';
    expect(await status(query, { q: '{ } | rate()', ...times })).toBe(tempoVersion === '2.7' ? 400 : 200);
    expect(await status('/api/metrics/query', { q: '{ } | rate()', ...times })).toBe(400);
    expect(await status(query, { q: '{ } | rate()', start: '0', end: '0' })).toBe(400);
    expect(await status(query, { q: '{ } | rate()', start: '1000', end: '4600', step: '359ms' })).toBe(tempoVersion === '2.7' ? 200 : 400);
    expect(await status(query, { q: '{ } | rate()', start: '1000', end: '4600', step: '360ms' })).toBe(200);
  });

  test.each(['/api/search/tag/io%2Fname/values', '/api/v2/search/tag/span.io%2Fname/values', '/api/v2/search/tag/span.io/name/values'])('a tag with a slash, %s, is known in 3.0 only', async (pathname) => {
    expect(await status(pathname, {})).toBe(tempoVersion === '2.7' ? 404 : 200);
    expect(await status('/api/traces/1%2F2', {})).toBe(404);
  });

  if (tempoVersion === '3.0') {
    test('a span without a parent has zeros for its id', async () => {
      expect(await found('{ span:parentID = "0000000000000000" }')).toBe(2);
      expect(await found('{ span:parentID != "a" }')).toBe(2);
      const { traces } = await ask<{ traces: Array<{ spanSets: Array<{ spans: Array<{ attributes: unknown[] }> }> }> }>('/api/search', { q: '{ name = "span 1" } | select(span:parentID)' });
      expect(traces[0].spanSets[0].spans[0].attributes).toEqual([{ key: 'span:parentID', value: { stringValue: '0000000000000000' } }]);
    });
  }
});
