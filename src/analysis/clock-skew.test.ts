import { decodeOtlpProtobuf } from '../formats';
import { OtlpMessageBuilder } from '../formats/otlp/otlp-builder';
import { messageOf, randomSpans } from '../formats/testing/random-spans';
import type { SpanId, TraceId, TraceSet } from '../trace';
import { adjustClockSkew } from './clock-skew';

const idOf = (number: number) => number.toString(16).padStart(16, '0') as SpanId;

/** Spans given as [id, parent, start, duration, host, kind]. */
function traceOf(...spans: Array<[id: number, parent: number, startNs: number, durationNs: number, host: string, kind?: number]>): TraceSet {
  const message = new OtlpMessageBuilder();
  for (const [id, parent, startNs, durationNs, host, kind = 1] of spans) {
    message.add(host, () => [{ key: 'host.name', value: { kind: 'string', value: host } }], {
      traceId: '1'.repeat(32) as TraceId, spanId: idOf(id), parentSpanId: parent === 0 ? undefined : idOf(parent), name: '', kind, status: 0,
      startUnixNs: 10_000n + BigInt(startNs), endUnixNs: 10_000n + BigInt(startNs + durationNs),
    });
  }
  return decodeOtlpProtobuf(message.finish());
}

const shiftOf = (set: TraceSet, id: number) => adjustClockSkew(set).shiftNs[set.rowOf(0, idOf(id)) ?? -1];

it('centres a span of another host that does not fit, with what it did on its host', () => {
  const set = traceOf([1, 0, 100, 100, 'a'], [2, 1, 50, 60, 'b'], [3, 2, 60, 10, 'b']);
  expect([shiftOf(set, 2), shiftOf(set, 3)]).toEqual([70, 70]);
});

it('moves a longer span to its parent\'s start', () => {
  expect(shiftOf(traceOf([1, 0, 100, 100, 'a'], [2, 1, 50, 300, 'b']), 2)).toBe(50);
});

it.each([
  ['of the same host', traceOf([1, 0, 100, 100, 'a'], [2, 1, 50, 60, 'a'])],
  ['that fits', traceOf([1, 0, 100, 100, 'a'], [2, 1, 110, 60, 'b'])],
  ['that consumes later', traceOf([1, 0, 100, 100, 'a', 4], [2, 1, 500, 60, 'b', 5])],
])('leaves a span alone %s', (_, set) => {
  const adjustment = adjustClockSkew(set);
  expect([adjustment.movedCount, adjustment.set]).toEqual([0, set]);
});

it('keeps the raw set and the details', () => {
  const raw = traceOf([1, 0, 100, 100, 'a'], [2, 1, 50, 60, 'b']);
  const { set } = adjustClockSkew(raw);
  expect(raw.startUnixNs(1)).toBe(10_050n);
  expect(set.startUnixNs(1)).toBe(10_120n);
  expect(set.baseUnixNs(0)).toBe(10_100n);
  expect(set.columns.selfNs[0]).toBe(40);
  expect(set.detail(1)).toEqual(raw.detail(1));
  expect(set.warnings(0)).toEqual([expect.objectContaining({ code: 'unknownService' })]);
});

it('orders siblings anew, and says where each went', () => {
  const raw = traceOf([1, 0, 100, 1000, 'a'], [2, 1, 50, 60, 'b'], [3, 1, 200, 50, 'a'], [4, 2, 60, 10, 'b']);
  const { set, row } = adjustClockSkew(raw);
  expect(Array.from({ length: 4 }, (_, at) => Number(`0x${set.spanId(at)}`))).toEqual([1, 3, 2, 4]);
  expect([...row]).toEqual([0, 2, 3, 1]);
  expect([...set.columns.parent]).toEqual([-1, 0, 0, 2]);
  expect(set.columns.selfNs[0]).toBe(1000 - 60 - 50);
});

describe('afterwards', () => {
  it.each(Array.from({ length: 20 }, (_, seed) => seed))('no span of another host that could fit is outside its parent, seed %i', (seed) => {
    const { set } = adjustClockSkew(decodeOtlpProtobuf(messageOf(randomSpans(seed, 60))));
    const { parent, startNs, durationNs, service, kind } = set.columns;
    for (let row = 0; row < set.spanCount; row++) {
      const up = parent[row];
      if (up >= 0 && service[row] !== service[up]) {
        expect(startNs[row]).toBeGreaterThanOrEqual(startNs[up]);
        if (kind[row] !== 5 && durationNs[row] <= durationNs[up]) {
          expect(startNs[row] + durationNs[row]).toBeLessThanOrEqual(startNs[up] + durationNs[up]);
        }
      }
    }
  });
});
