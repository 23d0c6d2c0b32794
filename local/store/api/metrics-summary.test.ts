import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { startStore, type StoreServer } from '../store-server';

jest.setTimeout(60_000);

/** What Tempo 2.7.1 answered to the same spans. */
describe('/api/metrics/summary', () => {
  const nowS = Math.floor(Date.now() / 1000);
  const range = { start: String(nowS - 600), end: String(nowS + 60) };
  const NOTHING = { key: 'span.n', value: {} };
  let directory: string;
  let store: StoreServer;

  beforeAll(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'veza-store-'));
    store = await startStore({ host: '127.0.0.1', tempoPort: 0, otlpHttpPort: 0, otlpGrpcPorts: [], dataDirectory: directory });
    const span = (index: number, name: string, kind: number, durationNs: number, attributes: unknown[], code = 0): unknown => ({
      traceId: `0102030405060708090a0b0c0d0e0f1${index}`, spanId: `010203040506070${index}`, name, kind, attributes, status: { code },
      startTimeUnixNano: `${nowS - 60}000000000`, endTimeUnixNano: String(BigInt(nowS - 60) * 1_000_000_000n + BigInt(durationNs)),
    });
    const spans = [
      span(0, 'x', 2, 1, [{ key: 'n', value: { intValue: '0' } }, { key: 'f', value: { doubleValue: 1.5 } }, { key: 'b', value: { boolValue: true } }]),
      span(1, 'x', 2, 1_000_000, [{ key: 'n', value: { intValue: '7' } }], 2),
      span(2, 'x', 2, 30_000_000, [{ key: 'n', value: { intValue: '7' } }], 1),
      span(3, 'y', 3, 5_000_000_000, [{ key: 'b', value: { boolValue: false } }, { key: 's', value: { stringValue: '' } }]),
    ];
    const body = JSON.stringify({ resourceSpans: [{ resource: { attributes: [{ key: 'service.name', value: { stringValue: 'a' } }] }, scopeSpans: [{ spans }] }] });
    await fetch(`http://127.0.0.1:${store.otlpHttpPort}/v1/traces`, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    while (!('summaries' in (await summary({ q: '{}', groupBy: 'name' })).body)) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  });

  afterAll(async () => {
    await store.close();
    await rm(directory, { recursive: true });
  });

  async function summary(parameters: Record<string, string>): Promise<{ status: number; body: Record<string, unknown>; text: string }> {
    const answer = await fetch(`http://127.0.0.1:${store.tempoPort}/api/metrics/summary?${new URLSearchParams(parameters)}`);
    const text = await answer.text();
    return { status: answer.status, text, body: answer.ok ? (JSON.parse(text) as Record<string, unknown>) : {} };
  }

  async function series(groupBy: string): Promise<unknown[]> {
    const { summaries } = (await summary({ q: '{}', groupBy, ...range })).body as { summaries: Array<{ series: unknown }> };
    return summaries.map((one) => one.series);
  }

  const same = (value: string): Record<string, string> => ({ p99: value, p95: value, p90: value, p50: value });

  test('counts spans, errors and durations of each group', async () => {
    expect((await summary({ q: '{}', groupBy: 'name', ...range })).body).toEqual({
      summaries: [
        { spanCount: '3', errorSpanCount: '1', series: [{ key: 'name', value: { type: 5, s: 'x' } }], ...same('33554432'), p50: '1048576' },
        { spanCount: '1', series: [{ key: 'name', value: { type: 5, s: 'y' } }], ...same('8589934592') },
      ],
    });
  });

  test('writes values as Tempo types them, without what is 0', async () => {
    expect(await series('span.n')).toEqual(expect.arrayContaining([[{ key: 'span.n', value: { type: 3, n: '7' } }], [{ key: 'span.n', value: { type: 3 } }], [NOTHING]]));
    expect(await series('span.f,span.b')).toEqual(expect.arrayContaining([
      [{ key: 'span.f', value: { type: 4, f: 1.5 } }, { key: 'span.b', value: { type: 6, b: true } }],
      [{ key: 'span.f', value: {} }, { key: 'span.b', value: { type: 6 } }],
    ]));
    expect(await series('status')).toEqual(expect.arrayContaining([[{ key: 'status', value: { type: 12, status: 2 } }], [{ key: 'status', value: { type: 12, status: 1 } }], [{ key: 'status', value: { type: 12 } }]]));
    expect(await series('kind, name')).toEqual([
      [{ key: 'kind', value: { type: 13, kind: 3 } }, { key: 'name', value: { type: 5, s: 'x' } }],
      [{ key: 'kind', value: { type: 13, kind: 2 } }, { key: 'name', value: { type: 5, s: 'y' } }],
    ]);
    expect(await series('duration')).toContainEqual([{ key: 'duration', value: { type: 11, d: '5000000000' } }]);
    expect(await series('span:id')).toContainEqual([{ key: 'span:id', value: { type: 5, s: '0102030405060703' } }]);
    expect(await series('statusMessage')).toEqual([[{ key: 'statusMessage', value: { type: 5 } }]]);
  });

  test('counts what starts in the range only', async () => {
    expect((await summary({ q: '{}', groupBy: 'name', start: '1', end: '2' })).body).toEqual({});
    expect((await summary({ q: '{}', groupBy: 'name', start: range.end, end: range.start })).body).toEqual({});
    expect((await summary({ q: '{ name = "nope" }', groupBy: 'name', ...range })).body).toEqual({});
  });

  test.each([
    [{ q: '{', groupBy: 'name' }, 400, 'invalid TraceQL query'],
    [{ q: '{}' }, 500, 'not valid intrinsic or scoped attribute: '],
    [{ q: '{}', groupBy: 'nope' }, 500, 'not valid intrinsic or scoped attribute: nope'],
    [{ q: '{}', groupBy: 'a,b,c,d,e,f' }, 500, 'max group by 5 attributes exceeded'],
    [{ q: '{}', groupBy: 'name', limit: 'x' }, 500, 'invalid limit'],
    [{ q: '{}', groupBy: 'name', start: 'x' }, 500, 'invalid start'],
  ])('refuses %j', async (parameters, status, message) => {
    const answer = await summary(parameters as Record<string, string>);
    expect([answer.status, answer.text]).toEqual([status, expect.stringContaining(message)]);
  });
});
