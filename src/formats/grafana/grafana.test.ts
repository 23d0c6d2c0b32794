import { decodeOtlpProtobuf, decodeGraphFrames, decodeTraceFrame, encodeGraphFrames, encodeTraceFrame, FormatError } from '../index';
import { messageOf, randomSpans } from '../testing/random-spans';

describe('trace frame', () => {
  it.each(Array.from({ length: 10 }, (_, seed) => seed))('out and in again, seed %i', (seed) => {
    const first = decodeOtlpProtobuf(messageOf(randomSpans(seed, 30, { sane: true })));
    const frame = encodeTraceFrame(first, 0);
    const second = decodeTraceFrame(JSON.parse(JSON.stringify(frame)));
    const rows = Array.from({ length: second.spanCount }, (_, row) => row);
    expect(second.spanCount).toBe(first.endRow(0));
    for (const read of [(row: number, set = second) => `${set.spanId(row)} ${set.service(row)} ${set.operation(row)} ${set.kind(row)} ${set.status(row)} ${set.detail(row).parentSpanId}`]) {
      expect(rows.map((row) => read(row)).sort()).toEqual(rows.map((row) => read(row, first)).sort());
    }
    // Float milliseconds hold about a quarter of a microsecond today.
    const total = (set: typeof first) => rows.reduce((sum, row) => sum + set.columns.durationNs[row], 0);
    expect(Math.abs(total(second) - total(first))).toBeLessThanOrEqual(rows.length);
  });

  it('reads frames as the query API sends them, with ids that lost their zeros', () => {
    const set = decodeTraceFrame({
      schema: { fields: [{ name: 'traceID' }, { name: 'spanID' }, { name: 'operationName' }, { name: 'serviceName' }, { name: 'startTime' }, { name: 'duration' }, { name: 'tags' }] },
      data: { values: [['ab'], ['1'], ['GET'], ['web'], [1556604172355.737], [1.5], [[{ key: 'n', value: 3 }, { key: 'list', value: ['a'] }]]] },
    });
    expect([set.traceId(0), set.spanId(0), set.startUnixNs(0), set.columns.durationNs[0]]).toEqual(['ab'.padStart(32, '0'), '1'.padStart(16, '0'), 1556604172355737061n, 1_500_000]);
    expect(set.attribute(0, 'n')).toEqual({ kind: 'int', value: 3n });
  });

  it('says what is no trace frame', () => {
    expect(() => decodeTraceFrame({ fields: [{ name: 'Time', values: [] }] })).toThrow(FormatError);
  });
});

it('graph frames: out and in again, without dangling edges', () => {
  const graph = {
    nodes: [
      { id: 'a', title: 'web', mainStat: 1.5, arcs: { ok: 0.9, errors: 0.1 }, details: { namespace: 'shop' }, isInstrumented: true },
      { id: 'b', title: 'db', mainStat: 2, arcs: { ok: 1, errors: 0 }, details: { namespace: '' }, icon: 'database', isInstrumented: false },
    ],
    edges: [{ id: 'a→b', source: 'a', target: 'b', mainStat: '3 req/s', thickness: 2, color: 'red' }, { id: 'x', source: 'a', target: 'gone' }],
  };
  const frames = encodeGraphFrames(graph);
  expect(frames.map(({ name, length }) => [name, length])).toEqual([['nodes', 2], ['edges', 1]]);
  const read = decodeGraphFrames(JSON.parse(JSON.stringify([frames[1], frames[0]])));
  expect(read.nodes).toMatchObject([{ id: 'a', mainStat: 1.5, arcs: { ok: 0.9, errors: 0.1 }, details: { namespace: 'shop' }, isInstrumented: true }, { id: 'b', icon: 'database', isInstrumented: false }]);
  expect(read.edges).toMatchObject([{ id: 'a→b', source: 'a', target: 'b', mainStat: '3 req/s', thickness: 2, color: 'red' }]);
});
