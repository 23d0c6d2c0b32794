import { hostileRequests } from '../testing/hostile-requests';
import { otlpRequest, spanIdOf, traceIdOf } from '../testing/otlp-samples';
import { Dictionary } from './dictionary';
import { OtlpJsonError, protobufOfJson } from './otlp-json';
import { RequestIndex } from './request-index';
import { SpanBatch } from './span-batch';
import { SpanDecoder } from './span-decoder';
import { WireError } from './wire';

const START = { trace: 0, span: 0, pair: 0, resource: 0, instrumentation: 0 };
const indexOf = (request: object): RequestIndex => new RequestIndex(protobufOfJson(JSON.stringify(request)), 0);

test('lists spans with what decides about them', () => {
  const index = indexOf(
    otlpRequest('shop', [
      { traceId: traceIdOf(1), spanId: spanIdOf(1), name: 'root', startMs: 5, durationMs: 20, kind: 2 },
      { traceId: traceIdOf(1), spanId: spanIdOf(2), parentSpanId: spanIdOf(1), name: 'child', kind: 3, error: true },
      { traceId: traceIdOf(2), spanId: spanIdOf(3), name: 'other' },
    ]),
  );
  expect([index.spanCount, index.rejectedSpans, index.groups.length]).toEqual([3, 0, 1]);
  expect([0, 1, 2].map((span) => [index.spanId(span).toString(16), index.kind(span), index.isError(span), index.parentIdAt(span) >= 0])).toEqual([
    [spanIdOf(1), 2, false, false], [spanIdOf(2), 3, true, true], [spanIdOf(3), 2, false, false],
  ]);
  expect(index.endNs(0) - index.startNs(0)).toBe(20_000_000n);
  expect([index.sameTrace(0, 1), index.sameTrace(1, 2)]).toEqual([true, false]);
});

test('spans with invalid ids are left out, counted and named', () => {
  const index = indexOf(otlpRequest('shop', [{ traceId: '0'.repeat(32), spanId: spanIdOf(1), name: 'x' }, { traceId: traceIdOf(1), spanId: '', name: 'x' }, { traceId: traceIdOf(1), spanId: spanIdOf(2), name: 'x' }]));
  expect([index.spanCount, index.rejectedSpans, index.reason]).toEqual([1, 2, 'trace ids must be 128 bit, received 128 bits']);
});

test('what holds no spans takes no memory and no long steps', async () => {
  const scopes = Buffer.alloc(16_000, Buffer.from([0x12, 0]));
  let pauses = 0;
  const index = await RequestIndex.inSteps(Buffer.concat([Buffer.from([0x0a]), varint(scopes.length), scopes]), 0, () => {
    pauses++;
    return Promise.resolve();
  });
  expect([index.groups.length, index.spanCount]).toEqual([0, 0]);
  expect(pauses).toBe(16);
});

test('a request of nothing but attributes is refused before anything is made of them', () => {
  const wrap = (tag: number, inner: Buffer): Buffer => Buffer.concat([Buffer.from([tag]), varint(inner.length), inner]);
  const span = Buffer.alloc(8_200_000, Buffer.from([0x4a, 0]));
  expect(() => new RequestIndex(wrap(0x0a, wrap(0x12, wrap(0x12, span))), 0)).toThrow('more than 4000000 attributes, values, events and links');
});

test('values that nest too deep are refused', () => {
  const nested = (depth: number): object => (depth === 0 ? { intValue: '1' } : { arrayValue: { values: [nested(depth - 1)] } });
  const request = (depth: number): object => ({ resourceSpans: [{ resource: { attributes: [{ key: 'k', value: nested(depth) }] }, scopeSpans: [] }] });
  expect(indexOf(request(30)).spanCount).toBe(0);
  // Deeper than the JSON reader lets through: the same message, wrapped by hand.
  let value = Buffer.from([0x18, 0x01]);
  for (let depth = 0; depth < 40; depth++) {
    const list = Buffer.concat([Buffer.from([0x0a]), varint(value.length), value]);
    value = Buffer.concat([Buffer.from([0x2a]), varint(list.length), list]);
  }
  const pair = Buffer.concat([Buffer.from([0x12]), varint(value.length), value]);
  const wrapped = [0x0a, 0x0a, 0x0a].reduce((inner, tag) => Buffer.concat([Buffer.from([tag]), varint(inner.length), inner]), pair);
  expect(() => new RequestIndex(wrapped, 0)).toThrow(/nest deeper than 32/);
});

test('what the index lets through can be decoded, whatever it is; nothing else is thrown than that it is malformed', () => {
  const decoder = new SpanDecoder(new Dictionary(START));
  const outcomes = { decoded: 0, refused: 0 };
  for (const { body, contentType, contentEncoding } of hostileRequests(11, 400)) {
    if (contentEncoding !== undefined) {
      continue;
    }
    let index: RequestIndex;
    try {
      index = new RequestIndex(contentType === 'application/json' ? protobufOfJson(Buffer.from(body).toString()) : new Uint8Array(body), 0);
    } catch (error) {
      expect(error instanceof WireError || error instanceof OtlpJsonError ? '' : error).toBe('');
      outcomes.refused++;
      continue;
    }
    const batch = new SpanBatch();
    decoder.decode(index, Array.from({ length: index.spanCount }, (_, span) => span), batch);
    expect(batch.spanCount).toBe(index.spanCount);
    outcomes.decoded++;
  }
  expect(outcomes.decoded).toBeGreaterThan(50);
  expect(outcomes.refused).toBeGreaterThan(50);
});

function varint(value: number): Buffer {
  return value < 128 ? Buffer.from([value]) : Buffer.concat([Buffer.from([(value & 127) | 128]), varint(value >> 7)]);
}
