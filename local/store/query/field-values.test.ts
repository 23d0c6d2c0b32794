/** Values of fields that not every trace has. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Engine } from '../engine/engine';
import { openEngine } from '../testing/open-engine';
import { spanIdOf, traceIdOf } from '../testing/otlp-samples';

const START_S = 1_700_000_000;
const span = (n: number, name: string, further: object = {}): object => ({ traceId: traceIdOf(n), spanId: spanIdOf(n), name, startTimeUnixNano: `${START_S}000000000`, endTimeUnixNano: `${START_S + 1}000000000`, ...further });
const WITH_ROOT = span(1, 'checkout');
const WITHOUT_ROOT = span(2, 'charge', { parentSpanId: spanIdOf(9) });

let engine: Engine;
let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(path.join(os.tmpdir(), 'veza-store-'));
  engine = await openEngine(directory, {});
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] };
  await engine.ingest({ format: 'json', body: Buffer.from(JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans: [WITH_ROOT, WITHOUT_ROOT] }] }] })), orgId: undefined });
  while ((await values('name')).length < 2) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
});

afterAll(async () => {
  await engine.close();
  await rm(directory, { recursive: true });
});

async function values(tag: string, q = ''): Promise<string[]> {
  const { body } = await engine.api({ method: 'GET', path: `/api/v2/search/tag/${tag}/values`, query: String(new URLSearchParams({ q })), accept: '', orgId: undefined });
  return (JSON.parse(String(body)) as { tagValues: Array<{ value?: string }> }).tagValues.map(({ value = '' }) => value);
}

test.each([
  ['rootName', 'checkout'],
  ['rootServiceName', 'shop'],
])('%s is the empty text where the root has not come', async (tag, value) => {
  expect(await values(tag)).toEqual(['', value]);
  expect(await values(tag, '{ name =~ "charge.*" }')).toEqual(['']);
  expect(await values(tag, '{ name =~ "check.*" }')).toEqual([value]);
});
