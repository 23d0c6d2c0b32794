import { decodeTraceFrame } from './grafana/trace-frame';
import { spanIdOfText, traceIdOfText } from './id-text';

describe('ids of frames', () => {
  it.each([
    ['4BF92F3577B34DA6A3CE929D0E0E4736', '4bf92f3577b34da6a3ce929d0e0e4736'],
    ['ab', 'ab'.padStart(32, '0')],
    ['1-5f048fc1-4f1c9b022d6233dacd96fb84', '5f048fc14f1c9b022d6233dacd96fb84'],
    ['f8a1c2d3-0000-4000-8000-0123456789ab', 'f8a1c2d3000040008000' + '0123456789ab'],
    ['', undefined],
  ])('trace %s', (text, id) => expect(traceIdOfText(text)).toBe(id));

  it('hashes what is no id, the same text alike', () => {
    const names = Array.from({ length: 2000 }, (_, at) => `checkout-${at}AWS::Lambda`);
    expect(new Set(names.map((name) => spanIdOfText(name))).size).toBe(names.length);
    expect(spanIdOfText(names[7])).toBe(spanIdOfText(names[7]));
    expect(traceIdOfText('not hex')).toMatch(/^[0-9a-f]{32}$/);
    expect(spanIdOfText('')).toBeUndefined();
  });
});

it('a frame as X-Ray gives it: made-up parents, errors as tags, ids with dashes', () => {
  const traceID = '1-5f048fc1-4f1c9b022d6233dacd96fb84';
  const rows = [
    { traceID, spanID: 'shopAWS::EC2', parentSpanID: undefined, operationName: 'AWS::EC2', serviceName: 'shop', startTime: 1594134465000, duration: 0, tags: [] },
    { traceID, spanID: '6b55dcc497934f1a', parentSpanID: 'shopAWS::EC2', operationName: 'shop', serviceName: 'shop', startTime: 1594134465000, duration: 30, tags: [{ key: 'error', value: true }] },
  ];
  const columns = Object.keys(rows[0]) as Array<keyof (typeof rows)[number]>;
  const set = decodeTraceFrame({ fields: columns.map((name) => ({ name, values: rows.map((row) => row[name]) })) });
  expect([set.traceCount, set.spanCount, set.traceId(0), Array.from(set.columns.parent), Array.from(set.columns.status)]).toEqual([1, 2, '5f048fc14f1c9b022d6233dacd96fb84', [-1, 0], [0, 2]]);
});

it('a frame as ClickHouse and Azure give it: times as text, kinds of OpenTelemetry, tags as objects or JSON', () => {
  const row = { traceID: 'ab', spanID: '1', operationName: 'GET', serviceName: 'web', kind: 'SPAN_KIND_SERVER', startTime: '2026-11-23T10:00:00.250Z', duration: 2, tags: { 'http.route': '/a', nested: { a: 1 } }, serviceTags: '[{"key":"pod","value":"p1"}]' };
  const set = decodeTraceFrame({ fields: Object.entries(row).map(([name, value]) => ({ name, values: [value] })) });
  expect([set.kind(0), set.startUnixNs(0)]).toEqual(['server', BigInt(Date.parse(row.startTime)) * 1_000_000n]);
  expect(set.attribute(0, 'http.route')).toEqual({ kind: 'string', value: '/a' });
  expect(set.attribute(0, 'nested')).toEqual({ kind: 'string', value: '{"a":1}' });
  expect(set.resourceAttribute(0, 'pod')).toEqual({ kind: 'string', value: 'p1' });
});
