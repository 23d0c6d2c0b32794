import { encodeUtf8 } from '../../trace';
import { decodeJaegerJson, decodeOtlpProtobuf, encodeJaegerJson, FormatError, openTraces } from '../index';
import { contentOf } from '../testing/content';
import { messageOf, randomSpans } from '../testing/random-spans';

const json = (value: unknown) => encodeUtf8(JSON.stringify(value));

/** The shape of Jaeger's own answers, with one of everything. */
const TRACE = {
  traceID: '3ebbf12a7d2f9c01',
  spans: [
    {
      traceID: '3ebbf12a7d2f9c01', spanID: '3ebbf12a7d2f9c01', operationName: 'HTTP GET /dispatch', references: [], startTime: 1612345678000123, duration: 700500,
      tags: [
        { key: 'span.kind', type: 'string', value: 'server' }, { key: 'http.status_code', type: 'int64', value: 500 },
        { key: 'big', type: 'int64', value: '9223372036854775807' }, { key: 'sampler.param', type: 'bool', value: true },
        { key: 'ratio', type: 'float64', value: 3 }, { key: 'blob', type: 'binary', value: '3q2+7w==' }, { key: 'error', type: 'bool', value: true },
      ],
      logs: [{ timestamp: 1612345678000200, fields: [{ key: 'event', type: 'string', value: 'retry' }, { key: 'attempt', type: 'int64', value: 2 }] }],
      processID: 'p1', warnings: ['clock skew adjustment disabled'],
    },
    {
      traceID: '3ebbf12a7d2f9c01', spanID: '0af7651916cd43dd', operationName: 'SELECT', startTime: 1612345678000300, duration: 100,
      references: [
        { refType: 'CHILD_OF', traceID: '3ebbf12a7d2f9c01', spanID: '3ebbf12a7d2f9c01' },
        { refType: 'FOLLOWS_FROM', traceID: '000000000000000000000000000000ff', spanID: '00000000000000aa' },
      ],
      tags: [], logs: [], processID: 'p2', warnings: null,
    },
  ],
  processes: { p1: { serviceName: 'frontend', tags: [{ key: 'hostname', type: 'string', value: 'h1' }] }, p2: { serviceName: 'mysql', tags: [] } },
};

it('reads spans that carry their process, as storage exports have it', () => {
  const spans = TRACE.spans.map((span, at) => ({ ...span, processID: undefined, process: { serviceName: ['web', 'db'][at], tags: [{ key: 'ip', type: 'string', value: `10.0.0.${at}` }] } }));
  const set = decodeJaegerJson(json({ spans: [...spans, { ...spans[1], spanID: '01' }] }));
  expect([0, 1, 2].map((row) => set.service(row))).toEqual(['web', 'db', 'db']);
  expect(set.resourceAttribute(1, 'ip')).toEqual({ kind: 'string', value: '10.0.0.1' });
  expect(set.detail(0).attributes).toHaveLength(6);
});

describe('spans outside a trace, as storage has them', () => {
  const loose = TRACE.spans.map((span, at) => ({ ...span, processID: undefined, process: { serviceName: ['web', 'db'][at], tags: [] } }));
  it.each([
    ['one', JSON.stringify(loose[0]), 1],
    ['a list', JSON.stringify(loose), 2],
    ['JSON lines', loose.map((span) => JSON.stringify(span)).join('\r\n'), 2],
    ['an answer of Elasticsearch', JSON.stringify({ took: 3, hits: { total: { value: 2 }, hits: loose.map((span) => ({ _index: 'jaeger-span', _source: span })) } }), 2],
    ['traces after each other', `${JSON.stringify({ data: [TRACE] })}\n${JSON.stringify({ data: [{ ...TRACE, traceID: 'ff', spans: [{ ...TRACE.spans[0], traceID: 'ff' }] }] })}`, 3],
  ])('%s', (_, text, spanCount) => {
    const { format, set } = openTraces(encodeUtf8(text));
    expect([format, set.spanCount, set.notices, set.service(0)]).toEqual(['jaeger-json', spanCount, [], text.includes('processes') ? 'frontend' : 'web']);
  });
});

it('keeps ids that are names apart, and finds parents by them', () => {
  const span = (spanID: string, parent?: string) => ({
    traceID: 'checkout', spanID, operationName: spanID, startTime: 0, duration: 5, processID: 'p1',
    references: parent === undefined ? [] : [{ refType: 'CHILD_OF', traceID: 'checkout', spanID: parent }],
  });
  const set = decodeJaegerJson(json({ spans: [span('span-1'), span('span-2', 'span-1'), span('3q2+796tvu8=', 'span-2'), span('G', '3q2+796tvu8=')], processes: TRACE.processes }));
  expect([...set.columns.parent]).toEqual([-1, 0, 1, 2]);
  expect(set.spanId(2)).toBe('deadbeefdeadbeef');
  expect(set.notices).toMatchObject([{ code: 'madeUpId' }]);
  expect(set.warnings(0)).toEqual([]);
});

describe('times', () => {
  const opened = (startTime: unknown, duration: unknown) => decodeJaegerJson(json({ spans: [{ ...TRACE.spans[0], startTime, duration }], processes: TRACE.processes }));
  it.each([
    [0, 100, 0n, 100_000, []],
    ['1612345678000123', '7', 1612345678000123000n, 7000, []],
    [1612345678000123.5, 0.251, 1612345678000123500n, 251, []],
    [1612345678999999, 86_400_000_001.002, 1612345678999999000n, 86_400_000_001_002, []],
    [1612345678000123000, 7000, 1612345678000123000n, 7000, ['nanoseconds']],
    [1612345678000, 7, 1612345678000000n, 7000, ['january1970']],
    ['2021-02-03T10:00:00Z', 7, 0n, 0, ['unreadable']],
    [-5, 7, 0n, 0, ['unreadable']],
    [null, null, 0n, 0, []],
    [253370764800000000, 7, 0n, 0, []],
  ] as const)('start %p, duration %p', (startTime, duration, startUnixNs, durationNs, codes) => {
    const set = opened(startTime, duration);
    expect([set.startUnixNs(0), set.columns.durationNs[0], set.notices.map(({ code }) => code)]).toEqual([startUnixNs, durationNs, codes]);
  });
});

it('reads NaN and Infinity, which Python writes, as no numbers', () => {
  const text = JSON.stringify({ spans: [{ ...TRACE.spans[0], duration: 'D', tags: [{ key: 'x', type: 'float64', value: 'V' }] }], processes: {} });
  const set = decodeJaegerJson(encodeUtf8(text.replace('"D"', 'Infinity').replace('"V"', 'NaN')));
  expect([set.spanCount, set.attribute(0, 'x'), set.notices.map(({ code }) => code)]).toEqual([1, { kind: 'double', value: NaN }, ['unreadable']]);
});

it('takes what the error tag says as the message', () => {
  const statusOf = (value: unknown) => {
    const set = decodeJaegerJson(json({ spans: [{ ...TRACE.spans[0], tags: [{ key: 'error', type: 'string', value }] }], processes: {} }));
    return `${set.status(0)} ${set.detail(0).statusMessage}`;
  };
  expect([true, 'true', 'card declined', false, 'false'].map(statusOf)).toEqual(['error ', 'error ', 'error card declined', 'unset ', 'unset ']);
});

it('keeps a tag whose value is no Jaeger value as text', () => {
  const set = decodeJaegerJson(json({ spans: [{ ...TRACE.spans[0], tags: [{ key: 'o', type: 'string', value: { deep: [1] } }] }], processes: {} }));
  expect(set.attribute(0, 'o')).toEqual({ kind: 'string', value: '{"deep":[1]}' });
});

it('tells what Jaeger warns of a trace, the same text once, and not without end', () => {
  const warned = (warnings: unknown) => decodeJaegerJson(json({ data: [{ ...TRACE, warnings }, { ...TRACE, warnings }] })).notices;
  expect(warned(['partial trace', null, 'partial trace', 'clock'])).toEqual([
    { code: 'jaeger: partial trace', count: 4, message: 'Jaeger: partial trace' }, { code: 'jaeger: clock', count: 2, message: 'Jaeger: clock' },
  ]);
  expect(warned(null)).toEqual([]);
  expect(warned(Array.from({ length: 1000 }, (_, at) => `warning ${at}`))).toHaveLength(21);
});

it('tells the warnings of its own exports once', () => {
  const set = decodeJaegerJson(json({ ...TRACE, spans: TRACE.spans.slice(1) }));
  const again = decodeJaegerJson(encodeUtf8(encodeJaegerJson(set)));
  expect(set.warnings(0).map(({ code }) => code)).toEqual(['missingParent', 'noRoot']);
  expect([again.warnings(0), again.notices]).toEqual([set.warnings(0), []]);
});

it('reads an answer of the query API', () => {
  const set = decodeJaegerJson(json({ data: [TRACE], total: 0, limit: 0, offset: 0, errors: null }));
  expect(set.notices).toEqual([]);
  expect([set.traceId(0), set.spanCount]).toEqual(['00000000000000003ebbf12a7d2f9c01', 2]);
  expect([set.service(0), set.operation(0), set.kind(0), set.status(0)]).toEqual(['frontend', 'HTTP GET /dispatch', 'server', 'error']);
  expect([set.startUnixNs(0), set.columns.durationNs[0]]).toEqual([1612345678000123000n, 700_500_000]);
  expect(set.detail(0).attributes).toEqual([
    { key: 'http.status_code', value: { kind: 'int', value: 500n } },
    { key: 'big', value: { kind: 'int', value: 9223372036854775807n } },
    { key: 'sampler.param', value: { kind: 'bool', value: true } },
    { key: 'ratio', value: { kind: 'double', value: 3 } },
    { key: 'blob', value: { kind: 'bytes', value: Uint8Array.of(0xde, 0xad, 0xbe, 0xef) } },
    { key: 'jaeger.warnings', value: { kind: 'array', value: [{ kind: 'string', value: 'clock skew adjustment disabled' }] } },
  ]);
  expect(set.detail(0).events).toEqual([
    { timeUnixNs: 1612345678000200000n, name: 'retry', attributes: [{ key: 'attempt', value: { kind: 'int', value: 2n } }], droppedAttributesCount: 0 },
  ]);
  expect(set.columns.parent[1]).toBe(0);
  expect(set.detail(1).links.map(({ spanId }) => spanId)).toEqual(['00000000000000aa']);
  expect(set.resourceAttribute(0, 'hostname')).toEqual({ kind: 'string', value: 'h1' });
});

it.each([
  ['one trace', TRACE],
  ['a list of traces', [TRACE]],
  ['processes first', { traceID: TRACE.traceID, processes: TRACE.processes, spans: TRACE.spans }],
])('reads %s', (_, document) => {
  const set = decodeJaegerJson(json(document));
  expect([set.spanCount, set.service(0), set.service(1)]).toEqual([2, 'frontend', 'mysql']);
});

it('reads what precedes a cut, without the services that follow it', () => {
  const bytes = json({ data: [TRACE] });
  const set = decodeJaegerJson(bytes.subarray(0, bytes.length - 120));
  expect([set.spanCount, set.service(0), set.notices[0].code]).toEqual([2, 'unknown_service', 'truncated']);
  const inSecond = decodeJaegerJson(bytes.subarray(0, new TextDecoder().decode(bytes).indexOf('SELECT')));
  expect([inSecond.spanCount, inSecond.notices[0].code]).toEqual([1, 'truncated']);
});

it('says what is no Jaeger trace', () => {
  expect(() => decodeJaegerJson(json({ hello: 1 }))).toThrow(FormatError);
  expect(() => decodeJaegerJson(json({ spans: [{ traceId: 'AAAAAAAAAAE=', spanId: 'AAAAAAAAAAI=' }] }))).toThrow('no span has a spanID');
  expect(decodeJaegerJson(json({ data: [] })).spanCount).toBe(0);
  expect(decodeJaegerJson(json({ data: null, total: 0, errors: null })).spanCount).toBe(0);
});

describe('out and in again, to the microsecond', () => {
  it.each(Array.from({ length: 15 }, (_, seed) => seed))('seed %i', (seed) => {
    const first = decodeOtlpProtobuf(messageOf(randomSpans(seed, 40)));
    const second = decodeJaegerJson(encodeUtf8(encodeJaegerJson(first)));
    const third = decodeJaegerJson(encodeUtf8(encodeJaegerJson(second)));
    expect(contentOf(third)).toEqual(contentOf(second));
    expect(second.spanCount).toBe(first.spanCount);
    const outline = (set: typeof first) => Array.from({ length: set.spanCount }, (_, row) => [set.spanId(row), set.service(row), set.operation(row), set.kind(row)].join()).sort();
    expect(outline(second)).toEqual(outline(first));
  });
});
