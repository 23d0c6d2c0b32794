/** Which of a span's several events a group is named after. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Engine } from '../engine/engine';
import { openEngine } from '../testing/open-engine';
import { spanIdOf, traceIdOf } from '../testing/otlp-samples';

const START_S = 1_700_000_000;
const span = (n: number, names: readonly string[]): object => ({
  traceId: traceIdOf(n), spanId: spanIdOf(n), name: 'load', startTimeUnixNano: `${START_S}000000000`, endTimeUnixNano: `${START_S + 1}000000000`,
  events: names.map((name) => ({ timeUnixNano: `${START_S}000000000`, name, attributes: [{ key: 'level', value: { stringValue: `of ${name}` } }] })),
});
const SPANS = [span(1, ['log']), span(2, ['exception', 'log']), span(3, ['log', 'exception', 'retry'])];

let engine: Engine;
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'veza-store-'));
  engine = await openEngine(directory, {});
  await engine.ingest({ format: 'json', body: Buffer.from(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: SPANS }] }] })), orgId: undefined });
  while ((await ask<{ traces: unknown[] }>('/api/search', { q: '{ }' })).traces.length < SPANS.length) {
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

test.each([
  ['{ event:name = "exception" } | count_over_time() by (event:name)', { exception: 2 }],
  ['{ event:name =~ "e.*|r.*" } | count_over_time() by (event:name)', { exception: 2 }],
  ['{ event:name = "retry" } && { } | count_over_time() by (event:name)', { retry: 1 }],
  ['{ event:name = "log" } | count_over_time() by (event:name)', { log: 3 }],
  ['{ event.level = "of exception" } | count_over_time() by (event.level)', { 'of exception': 2 }],
])('%s', async (q, expected) => {
  const { series } = await ask<{ series: Array<{ labels: Array<{ value: { stringValue: string } }>; value: number }> }>('/api/metrics/query', { q, start: String(START_S - 10), end: String(START_S + 10) });
  expect(Object.fromEntries(series.map(({ labels, value }) => [labels[0].value.stringValue, value]))).toEqual(expected);
});

test('so are the groups of a search', async () => {
  const { traces } = await ask<{ traces: Array<{ spanSets: Array<{ attributes: Array<{ value: { stringValue: string } }> }> }> }>('/api/search', { q: '{ event:name = "exception" } | by(event:name)' });
  expect(traces.map(({ spanSets }) => spanSets[0].attributes[0].value.stringValue)).toEqual(['exception', 'exception']);
});
