import { encodeUtf8, type TraceSet } from '../../trace';
import { decodeOtlpProtobuf, decodeZipkinJson, encodeZipkinJson, FormatError, openTraces } from '../index';
import { messageOf, randomSpans } from '../testing/random-spans';

const json = (value: unknown) => encodeUtf8(JSON.stringify(value));

const CLIENT = {
  traceId: '5af7183fb1d4cf5f', id: '6b221d5bc9e6496c', parentId: '5af7183fb1d4cf5f', name: 'get /api', kind: 'CLIENT', timestamp: 1556604172355737, duration: 1431,
  localEndpoint: { serviceName: 'web', ipv4: '192.168.1.2' }, remoteEndpoint: { serviceName: 'backend', ipv4: '10.0.0.9', port: 9000 },
  tags: { 'http.method': 'GET', error: 'timeout', __proto__x: '1' }, annotations: [{ timestamp: 1556604172355800, value: 'ws' }],
};
const SERVER = { traceId: '5af7183fb1d4cf5f', id: '6b221d5bc9e6496c', parentId: '5af7183fb1d4cf5f', shared: true, kind: 'SERVER', name: 'get /api', timestamp: 1556604172355900, duration: 900, localEndpoint: { serviceName: 'backend' } };
const LOCAL = { traceId: '5af7183fb1d4cf5f', id: '00000000000000b1', parentId: '6b221d5bc9e6496c', name: 'query', timestamp: 1556604172356000, duration: 100, localEndpoint: { serviceName: 'backend' } };

it('reads spans, and keeps a client and the server that shares its id apart', () => {
  const set = decodeZipkinJson(json([SERVER, LOCAL, CLIENT]));
  expect(set.traceId(0)).toBe('00000000000000005af7183fb1d4cf5f');
  expect(Array.from({ length: 3 }, (_, row) => `${set.columns.depth[row]} ${set.service(row)} ${set.kind(row)}`)).toEqual(['0 web client', '1 backend server', '2 backend unspecified']);
  expect([set.status(0), set.detail(0).statusMessage]).toEqual(['error', 'timeout']);
  expect(set.attribute(0, 'peer.service')).toEqual({ kind: 'string', value: 'backend' });
  expect(set.attribute(0, 'network.peer.port')).toEqual({ kind: 'int', value: 9000n });
  expect(set.detail(0).events[0]).toMatchObject({ name: 'ws', timeUnixNs: 1556604172355800000n });
  expect(set.resourceAttribute(0, 'host.ip')).toEqual({ kind: 'string', value: '192.168.1.2' });
  expect(set.columns.durationNs[0]).toBe(1_431_000);
  expect(set.warnings(0).map(({ code }) => code)).toContain('sharedId');
});

it('takes a span without kind that knows both ends for a client', () => {
  expect(decodeZipkinJson(json([{ ...CLIENT, kind: undefined }])).kind(0)).toBe('client');
});

it('reads lists of traces, and nothing', () => {
  expect(decodeZipkinJson(json([[CLIENT], [{ ...LOCAL, traceId: '0a' }]])).traceCount).toBe(2);
  expect(decodeZipkinJson(json([])).spanCount).toBe(0);
  expect(openTraces(json(CLIENT)).set.spanCount).toBe(1);
  expect(openTraces(encodeUtf8([CLIENT, SERVER, [LOCAL]].map((document) => JSON.stringify(document)).join('\n'))).set.spanCount).toBe(3);
  expect(decodeZipkinJson(encodeUtf8(`${JSON.stringify([CLIENT])} oops`)).notices).toMatchObject([{ code: 'truncated' }]);
  expect(() => decodeZipkinJson(json({}))).toThrow(FormatError);
});

describe('Zipkin v1', () => {
  const WEB = { serviceName: 'web', ipv4: '10.0.0.1', port: 80 };
  const API = { serviceName: 'api', ipv4: '10.0.0.2' };
  const at = (timestamp: number, value: string, endpoint: object) => ({ timestamp, value, endpoint });
  const read = (...spans: object[]) => decodeZipkinJson(json(spans));
  const rows = (set: TraceSet) => [...Array(set.spanCount).keys()].map((row) => `${set.columns.parent[row]} ${set.kind(row)} ${set.service(row)} ${set.columns.startNs[row]}+${set.columns.durationNs[row]}`);

  it('a span with both sides is two', () => {
    const set = read({
      traceId: '0a', id: '1', name: 'get', timestamp: 1000, duration: 90,
      annotations: [at(1000, 'cs', WEB), at(1010, 'sr', API), at(1020, 'cache miss', API), at(1030, 'retry', WEB), at(1050, 'ss', API), at(1090, 'cr', WEB)],
      binaryAnnotations: [
        { key: 'http.path', value: '/tracks', endpoint: WEB }, { key: 'sql', value: 'select', endpoint: API }, { key: 'error', value: true, endpoint: API },
        { key: 'sa', value: true, endpoint: API }, { key: 'lc', value: '', endpoint: WEB },
      ],
    });
    expect(rows(set)).toEqual(['-1 client web 0+90000', '0 server api 10000+40000']);
    expect([0, 1].map((row) => set.detail(row).events.map(({ name }) => name))).toEqual([['retry'], ['cache miss']]);
    expect([0, 1].map((row) => set.detail(row).attributes.map(({ key }) => key))).toEqual([['http.path', 'peer.service', 'network.peer.address'], ['sql']]);
    expect([set.status(0), set.status(1)]).toEqual(['unset', 'error']);
    expect(set.notices).toEqual([]);
    expect(openTraces(json([{ traceId: '0a', id: '1', binaryAnnotations: [] }])).format).toBe('zipkin-json');
  });

  it('client and server that report on their own, and a local span', () => {
    const set = read(
      { traceId: '0a', id: '1', annotations: [at(1000, 'cs', WEB), at(1090, 'cr', WEB)], binaryAnnotations: [] },
      { traceId: '0a', id: '1', annotations: [at(1010, 'sr', API), at(1050, 'ss', API)] },
      { traceId: '0a', id: '2', parentId: '1', timestamp: 1020, duration: 5, binaryAnnotations: [{ key: 'lc', value: 'job', endpoint: API }] }
    );
    expect(rows(set)).toEqual(['-1 client web 0+90000', '0 server api 10000+40000', '1 unspecified api 20000+5000']);
    expect(set.attribute(2, 'lc')).toEqual({ kind: 'string', value: 'job' });
  });

  it('messages, and sides of which only the address of the other is known', () => {
    const set = read(
      { traceId: '0a', id: '1', annotations: [at(1, 'ms', WEB)], binaryAnnotations: [{ key: 'ma', value: true, endpoint: { serviceName: 'kafka' } }] },
      { traceId: '0a', id: '2', parentId: '1', annotations: [at(3, 'mr', API)] },
      { traceId: '0a', id: '3', parentId: '2', timestamp: 4, duration: 1, binaryAnnotations: [{ key: 'sa', value: true, endpoint: { serviceName: 'db' } }, { key: 'x', value: 7, endpoint: API }] }
    );
    expect(rows(set).map((row) => row.split('+')[0])).toEqual(['-1 producer web 0', '0 consumer api 2000', '1 client api 3000']);
    expect([0, 2].map((row) => set.attribute(row, 'peer.service'))).toMatchObject([{ value: 'kafka' }, { value: 'db' }]);
  });

  it('is not what a span of v2 is whose annotations say where they were made', () => {
    const set = read({ ...CLIENT, annotations: [at(1556604172355800, 'retry', API)] });
    expect([set.spanCount, set.service(0), set.kind(0)]).toEqual([1, 'web', 'client']);
    expect(set.attribute(0, 'http.method')).toEqual({ kind: 'string', value: 'GET' });
    expect(set.detail(0).events.map(({ name }) => name)).toEqual(['retry']);
  });

  it('beside spans of v2, many, cut off, nested without end', () => {
    const old = (id: number) => ({ traceId: '0b', id: id.toString(16), annotations: [at(id, 'sr', API)] });
    expect(read(CLIENT, old(1), LOCAL).spanCount).toBe(3);
    const many = read(...Array.from({ length: 9000 }, (_, index) => (index % 2 ? old(index) : { ...LOCAL, id: index.toString(16) })));
    expect([many.spanCount, many.detail(many.spanCount - 1).damage]).toEqual([9000, undefined]);
    expect(decodeZipkinJson(json([old(1), old(2)]).subarray(0, -9))).toMatchObject({ spanCount: 1, notices: [{ code: 'truncated' }] });
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect(decodeZipkinJson(encodeUtf8(`[{"traceId":"1","id":"2","binaryAnnotations":[{"key":"__proto__","value":${deep},"endpoint":{"serviceName":${deep}}}]}]`)).spanCount).toBe(1);
  });
});

it('a span without timestamp is placed at its parent, whatever its duration', () => {
  const set = decodeZipkinJson(json([CLIENT, { ...LOCAL, timestamp: undefined }]));
  expect([set.spanCount, set.columns.traceDurationNs[0], [...set.columns.startNs]]).toEqual([2, 1_431_000, [0, 0]]);
});

it('a span without duration has none', () => {
  expect(decodeZipkinJson(json([{ ...CLIENT, duration: undefined }])).warnings(0).map(({ code }) => code)).toContain('unknownDuration');
});

it('carries links as tags, with their attributes', () => {
  const first = decodeOtlpProtobuf(messageOf([...Array(8).keys()].flatMap((seed) => randomSpans(seed, 40))));
  const second = decodeZipkinJson(encodeUtf8(encodeZipkinJson(first)));
  const links = (set: TraceSet) => [...Array(set.spanCount).keys()].flatMap((row) => set.detail(row).links.map(({ traceId, spanId }) => `${set.spanId(row)} ${traceId} ${spanId}`)).sort();
  expect(links(first).length).toBeGreaterThan(5);
  expect(links(second)).toEqual(links(first));
  const tags = { 'otlp.link.0': '0a|0b|vendor=1|{"__proto__":"x","n":1.5,"ok":true}|2', 'otlp.link.1': 'no link' };
  const set = decodeZipkinJson(json([{ ...CLIENT, tags }]));
  expect(set.detail(0).links).toEqual([{
    traceId: '0a'.padStart(32, '0'), spanId: '0b'.padStart(16, '0'), traceState: 'vendor=1', flags: 0, droppedAttributesCount: 2,
    attributes: [
      { key: '__proto__', value: { kind: 'string', value: 'x' } }, { key: 'n', value: { kind: 'double', value: 1.5 } }, { key: 'ok', value: { kind: 'bool', value: true } },
    ],
  }]);
  expect(set.attribute(0, 'otlp.link.1')).toEqual({ kind: 'string', value: 'no link' });
});

describe('out and in again', () => {
  it.each(Array.from({ length: 15 }, (_, seed) => seed))('seed %i', (seed) => {
    const first = decodeOtlpProtobuf(messageOf(randomSpans(seed, 40)));
    const second = decodeZipkinJson(encodeUtf8(encodeZipkinJson(first)));
    expect(encodeZipkinJson(decodeZipkinJson(encodeUtf8(encodeZipkinJson(second))))).toEqual(encodeZipkinJson(second));
    expect(second.spanCount).toBe(first.spanCount);
  });
});
