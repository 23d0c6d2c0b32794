import { decodeOtlpProtobuf, encodeOtlpProtobuf } from '../../formats';
import { messageOf, randomSpans } from '../../formats/testing/random-spans';
import { uniteSets } from '../sets/merge-sets';
import { FileBackend, timeRangeOf } from './file-backend';

const set = decodeOtlpProtobuf(messageOf(randomSpans(5, 60, { sane: true })));
const backend = new FileBackend('a.json', set);
const range = timeRangeOf(set);

describe('FileBackend', () => {
  it('finds, samples and opens what the file holds', async () => {
    const { traces, isLimited } = await backend.search({ filter: {}, range, limit: 1 });
    expect([traces.length, isLimited]).toEqual([1, set.traceCount > 1]);
    const sample = await backend.sample({ filter: {}, range, limit: 1 });
    expect([sample.traces.traceCount, sample.coverage.kind, sample.notes]).toEqual([set.traceCount, 'all', []]);
    expect((await backend.trace(set.traceId(0))).traceCount).toBe(1);
    expect(await backend.tagValues({ tag: { scope: 'resource', key: 'service.name' }, range })).toEqual([...set.columns.services].sort());
    expect((await backend.search({ filter: { service: 'nobody' }, range, limit: 9 })).traces).toEqual([]);
  });

  it('says where its traces are when the time range is elsewhere', async () => {
    const { traces, notes } = await backend.search({ filter: {}, range: { fromMs: 0, toMs: 1 }, limit: 9 });
    expect(traces).toEqual([]);
    expect(notes.join()).toContain(new Date(range.fromMs).toISOString());
  });

  it('refuses what it cannot do', async () => {
    await expect(backend.search({ filter: { traceql: '{ }' }, range, limit: 9 })).rejects.toMatchObject({ kind: 'unsupported' });
    await expect(backend.trace('0'.repeat(31) + '7' as never)).rejects.toMatchObject({ kind: 'notFound' });
  });
});

it('parts of one trace in two files become one trace', () => {
  const spans = randomSpans(5, 60, { sane: true });
  const halves = [spans.filter((_, at) => at % 2 === 0), spans.filter((_, at) => at % 2 === 1)].map((half) => decodeOtlpProtobuf(messageOf(half)));
  const united = uniteSets(halves);
  const ids = (of: typeof set) => Array.from({ length: of.traceCount }, (_, trace) => `${of.traceId(trace)} ${of.endRow(trace) - of.firstRow(trace)}`).sort();
  expect(ids(united)).toEqual(ids(decodeOtlpProtobuf(encodeOtlpProtobuf(set))));
});
