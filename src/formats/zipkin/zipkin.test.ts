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

it('says that it does not know all of Zipkin v1', () => {
  const span = { traceId: '1', id: '2', name: 'x', annotations: [{ timestamp: 1, value: 'sr', endpoint: { serviceName: 'web' } }], binaryAnnotations: [] };
  expect(decodeZipkinJson(json([span, span])).notices).toMatchObject([{ code: 'zipkinV1', count: 2 }]);
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
