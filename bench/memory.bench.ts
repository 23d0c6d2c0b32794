/** What an open trace keeps beyond the bytes it was opened from. Needs --expose-gc (npm run bench passes it). */
import { decodeOtlpProtobuf } from '../src/formats';
import { collectGarbage, lazily, sink, type Benchmark } from './measure';
import { makeTrace, toOtlpProtobuf } from './workload';

const SPANS = 100_000;
const protobuf = lazily(() => toOtlpProtobuf(makeTrace(SPANS)));

export const benchmarks: readonly Benchmark[] = [
  { name: 'memory.bytesPerSpan', what: 'heap and buffers a span, beyond the input', limit: { atMost: 100 }, run: () => retained(false) },
  { name: 'memory.bytesPerSpan.allAttributes', what: 'the same after every attribute was read', limit: { atMost: 300 }, run: () => retained(true) },
];

function retained(readAll: boolean): number {
  const bytes = protobuf();
  decodeOtlpProtobuf(bytes); // code and caches of the process are not the trace's
  const before = usedBytes();
  const set = decodeOtlpProtobuf(bytes);
  if (readAll) {
    for (let row = 0; row < set.spanCount; row++) {
      sink.value = set.detail(row);
    }
    sink.value = undefined;
  }
  const after = usedBytes();
  return (after - before) / set.spanCount;
}

function usedBytes(): number {
  if (globalThis.gc === undefined) {
    throw new Error('memory benchmarks need node --expose-gc');
  }
  collectGarbage();
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
