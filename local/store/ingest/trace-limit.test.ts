import { protobufOfJson } from './otlp-json';
import { RequestIndex } from './request-index';
import { TraceLimit } from './trace-limit';

function request(...traces: string[]): RequestIndex {
  const spans = traces.map((trace, i) => ({ traceId: trace.padStart(32, '0'), spanId: String(i + 1).padStart(16, '0'), name: 'x'.repeat(50), startTimeUnixNano: '1', endTimeUnixNano: '2' }));
  return new RequestIndex(protobufOfJson(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] })), 0);
}

function leftOut(limit: TraceLimit, index: RequestIndex): boolean[] {
  const isLeftOut = limit.add(index);
  return Array.from({ length: index.spanCount }, (_, span) => isLeftOut(span));
}

const SPAN_BYTES = request('a').to(0) - request('a').from(0);

test('of a request that goes beyond, no span of the trace is taken, and others are', () => {
  const limit = new TraceLimit(2 * SPAN_BYTES);
  expect(leftOut(limit, request('a', 'a', 'b'))).toEqual([false, false, false]);
  expect(leftOut(limit, request('a', 'b'))).toEqual([true, false]);
  expect(leftOut(limit, request('c', 'c', 'c'))).toEqual([true, true, true]);
});

test('what was left out does not count', () => {
  const limit = new TraceLimit(2 * SPAN_BYTES);
  expect(leftOut(limit, request('a', 'a', 'a'))).toEqual([true, true, true]);
  expect(leftOut(limit, request('a', 'a'))).toEqual([false, false]);
});
