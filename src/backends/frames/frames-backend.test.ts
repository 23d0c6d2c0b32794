import { decodeOtlpProtobuf, encodeTraceFrame } from '../../formats';
import { messageOf, randomSpans } from '../../formats/testing/random-spans';
import type { TimeRangeMs } from '../backend';
import { timeRangeOf } from '../files/file-backend';
import { serviceMapOf } from '../service-map';
import { frameQueriesOf } from './frame-queries';
import { FramesBackend } from './frames-backend';

const set = decodeOtlpProtobuf(messageOf(randomSpans(3, 40, { sane: true })));
const range: TimeRangeMs = timeRangeOf(set);
const table = (name: string, ids: readonly string[]) => ({ fields: [{ name, values: ids }, { name: 'Start time', values: ids.map(() => range.fromMs) }, { name: 'Duration', values: ids.map(() => 5) }] });
const allIds = Array.from({ length: set.traceCount }, (_, trace) => set.traceId(trace));

/** A data source that gives a table for a search, and a frame for an id. */
function tableSource() {
  const asked: string[] = [];
  const queries = frameQueriesOf('any', { search: '{"list": "${limit}"}' });
  const backend = new FramesBackend('X', queries, async ({ query, list }) => {
    asked.push(String(query ?? list));
    const trace = query === undefined ? undefined : set.traceIndex(String(query) as never);
    return query === undefined ? [table('Trace Id', allIds)] : trace === undefined ? [] : [encodeTraceFrame(set, trace)];
  });
  return { backend, asked };
}

describe('FramesBackend', () => {
  it('lists, samples and opens the traces that a table names', async () => {
    const { backend, asked } = tableSource();
    expect((await backend.search({ filter: {}, range, limit: 100 })).traces.map(({ traceId }) => traceId).sort()).toEqual([...allIds].sort());
    expect((await backend.trace(set.traceId(0))).spanCount).toBe(set.endRow(0) - set.firstRow(0));

    const { graph } = await serviceMapOf(backend, { filter: {}, range, limit: 100 });
    expect(graph.nodes.map(({ name }) => name)).toEqual(expect.arrayContaining([...new Set(set.columns.services)].slice(0, 1)));
    expect(asked).toContain('100');
    expect(await backend.tagValues({ tag: { scope: 'resource', key: 'service.name' }, range })).toEqual([...set.columns.services].sort());
  });

  it('applies the filter to what it found, and says so', async () => {
    const { backend } = tableSource();
    const service = set.columns.services[0];
    const { traces, notes } = await backend.sample({ filter: { service }, range, limit: 100 });
    expect(notes.join()).toContain('applied here');
    for (let trace = 0; trace < traces.traceCount; trace++) {
      const rows = Array.from({ length: traces.endRow(trace) - traces.firstRow(trace) }, (_, at) => traces.firstRow(trace) + at);
      expect(rows.some((row) => traces.service(row) === service)).toBe(true);
    }
  });

  it('takes trace frames as the answer to a search', async () => {
    const frames = allIds.map((_, trace) => encodeTraceFrame(set, trace));
    const backend = new FramesBackend('X', frameQueriesOf('any', { search: '{}' }), async () => frames);
    const sample = await backend.sample({ filter: {}, range, limit: 500 });
    expect([sample.traces.traceCount, sample.traces.spanCount, sample.coverage.kind]).toEqual([set.traceCount, set.spanCount, 'all']);
    expect((await backend.capabilities()).search).toEqual({ isAvailable: true });
  });

  it('gives the id back as the data source wrote it', async () => {
    const xRayId = '1-5f048fc1-4f1c9b022d6233dacd96fb84';
    const asked: unknown[] = [];
    const backend = new FramesBackend('AWS', frameQueriesOf('grafana-x-ray-datasource'), async ({ queryType, query }) => {
      asked.push(query);
      return queryType === 'getTraceSummaries' ? [{ fields: [{ name: 'Id', values: [xRayId] }, { name: 'Response Time', values: [0.25] }] }] : [];
    });
    const { traces } = await backend.search({ filter: {}, range, limit: 5 });
    expect(traces).toMatchObject([{ startUnixNs: BigInt(0x5f048fc1) * 1_000_000_000n, durationNs: 250e6 }]);
    await expect(backend.trace(traces[0].traceId)).rejects.toMatchObject({ kind: 'notFound', message: expect.stringContaining(xRayId) });
    expect(asked).toEqual(['', xRayId]);
  });

  it('says what is missing', async () => {
    const noSearch = new FramesBackend('X', frameQueriesOf('any'), async () => [{ fields: [{ name: 'Value', values: [1] }] }]);
    await expect(noSearch.search({ filter: {}, range, limit: 5 })).rejects.toMatchObject({ kind: 'unsupported', message: expect.stringContaining('search query') });
    await expect(noSearch.trace(set.traceId(0))).rejects.toMatchObject({ kind: 'format', message: expect.stringContaining('hold no spans') });
    const noTraces = new FramesBackend('X', frameQueriesOf('any', { search: '{}' }), async () => [{ fields: [{ name: 'Value', values: [1] }] }]);
    expect((await noTraces.capabilities()).search).toMatchObject({ isAvailable: false, reason: expect.stringContaining('name no traces') });
    await expect(noTraces.sample({ filter: { traceql: '{ }' }, range, limit: 5 })).rejects.toMatchObject({ kind: 'format' });
    expect(() => frameQueriesOf('any', { trace: '{' })).toThrow(/no JSON/);
    expect(() => frameQueriesOf('any', { trace: '[]' })).toThrow(/no query/);
  });

  it('says why the traces that a table names cannot be had', async () => {
    const backend = new FramesBackend('X', frameQueriesOf('any', { search: '{"a": 1}' }), async ({ a }) => (a ? [table('traceID', ['ab'])] : [{ fields: [] }]));
    await expect(backend.sample({ filter: {}, range, limit: 5 })).rejects.toMatchObject({ kind: 'format' });
  });
});
