import { RequestIndex } from '../ingest/request-index';
import { protobufOfJson } from '../ingest/otlp-json';
import { traceKeyOf } from '../ingest/span-batch';
import { otlpRequest, type SampleSpan, spanIdOf, traceIdOf } from '../testing/otlp-samples';
import { seededRandom } from '../testing/seeded-random';
import { DEFAULT_SAMPLING, type SamplingOptions } from './sampling-options';
import { TailSampler } from './tail-sampler';
import { isInShare, thresholdOf } from './trace-share';

const request = (spans: readonly SampleSpan[]): RequestIndex => new RequestIndex(protobufOfJson(JSON.stringify(otlpRequest('shop', spans))), 0);
const spanNames = (index: RequestIndex, spans: readonly number[]): string[] => spans.map((span) => index.spanId(span).toString(16));

function sampler(options: Partial<SamplingOptions> = {}, keptBefore?: string[]): { sampler: TailSampler; kept: string[] } {
  const kept: string[] = [];
  return { kept, sampler: new TailSampler({ ...DEFAULT_SAMPLING, ...options }, (index, spans) => kept.push(...spanNames(index, spans)), keptBefore) };
}

/** A trace that neither the share nor its number picks: found by trying. */
function unluckyTrace(from: number): number {
  for (let n = from; ; n++) {
    if (!isInShare(Buffer.from(traceIdOf(n), 'hex'), thresholdOf(DEFAULT_SAMPLING.keptShare))) {
      return n;
    }
  }
}

const [a, b] = [unluckyTrace(1), unluckyTrace(1000)];

test('an error anywhere keeps the whole trace, at the end of its wait and not before', () => {
  const { sampler: tail, kept } = sampler();
  tail.add(1, request([{ traceId: traceIdOf(a), spanId: spanIdOf(1), name: 'root' }]), 0);
  tail.add(2, request([{ traceId: traceIdOf(a), spanId: spanIdOf(2), name: 'child', error: true }, { traceId: traceIdOf(b), spanId: spanIdOf(3), name: 'other' }]), 10_000);
  tail.decideDue(14_999);
  expect([kept, tail.waitingTraces, tail.firstWaitingRecord]).toEqual([[], 2, 1]);
  tail.decideDue(15_000);
  expect([kept, tail.waitingTraces, tail.firstWaitingRecord]).toEqual([[spanIdOf(1), spanIdOf(2)], 1, 2]);
  tail.decideDue(25_000);
  expect(tail.counters).toMatchObject({ keptSpans: 2, droppedSpans: 1, keptTraces: { errors: 1, slow: 0, rest: 0 }, droppedTraces: 1 });
  expect([tail.waitingSpans, tail.waitingBytes, tail.firstWaitingRecord]).toEqual([0, 0, undefined]);
});

test('slow is the time from the first start to the last end, over all requests', () => {
  const { sampler: tail, kept } = sampler();
  tail.add(1, request([{ traceId: traceIdOf(a), spanId: spanIdOf(1), name: 'early', startMs: 0, durationMs: 10 }, { traceId: traceIdOf(b), spanId: spanIdOf(9), name: 'fast', durationMs: 499 }]), 0);
  tail.add(2, request([{ traceId: traceIdOf(a), spanId: spanIdOf(2), name: 'late', startMs: 490, durationMs: 10 }]), 0);
  tail.decideDue(15_000);
  expect(kept).toEqual([spanIdOf(1), spanIdOf(2)]);
});

test('spans that come late follow the decision, an error among them too', () => {
  const { sampler: tail, kept } = sampler({}, [traceKeyOf(0, Buffer.from(traceIdOf(b), 'hex'), 0)]);
  tail.add(1, request([{ traceId: traceIdOf(a), spanId: spanIdOf(1), name: 'dropped' }]), 0);
  tail.decideDue(15_000);
  tail.add(2, request([{ traceId: traceIdOf(a), spanId: spanIdOf(2), name: 'late', error: true }, { traceId: traceIdOf(b), spanId: spanIdOf(3), name: 'kept in an earlier run' }]), 16_000);
  expect([kept, tail.counters.lateSpans, tail.waitingTraces]).toEqual([[spanIdOf(3)], 2, 0]);
});

test.each([{ maxWaitingTraces: 3 }, { maxWaitingSpans: 3 }, { maxWaitingBytes: 330 }])('what waits is bounded: %p', (limit) => {
  const { sampler: tail } = sampler(limit);
  for (let n = 1; n <= 20; n++) {
    tail.add(n, request([{ traceId: traceIdOf(n), spanId: spanIdOf(n), name: 'x' }]), 0);
  }
  expect(tail.waitingTraces).toBeLessThanOrEqual(3);
  expect(tail.counters.earlyDecisions).toBe(20 - tail.waitingTraces);
  expect(tail.firstWaitingRecord).toBe(21 - tail.waitingTraces);
});

test('much that is due at once is decided step by step', () => {
  const { sampler: tail } = sampler();
  for (let n = 1; n <= 3; n++) {
    tail.add(n, request(Array.from({ length: 3000 }, (_, i) => ({ traceId: traceIdOf(n), spanId: spanIdOf(n * 10_000 + i), name: 'x' }))), 0);
  }
  expect([tail.decideDue(15_000), tail.waitingTraces]).toEqual([true, 1]);
  expect([tail.decideDue(15_000), tail.waitingTraces]).toEqual([false, 0]);
});

test('the share is picked by id alone and has its size', () => {
  const random = seededRandom(7);
  const ids = Array.from({ length: 20_000 }, () => Buffer.from(Array.from({ length: 16 }, () => Math.floor(random() * 256))));
  const inTenth = ids.filter((id) => isInShare(id, thresholdOf(0.1)));
  expect(inTenth.length / ids.length).toBeCloseTo(0.1, 2);
  // A larger share holds the smaller one, so that raising it never loses a trace.
  expect(inTenth.every((id) => isInShare(id, thresholdOf(0.3)))).toBe(true);
  expect([ids.filter((id) => isInShare(id, thresholdOf(0))).length, ids.filter((id) => isInShare(id, thresholdOf(1))).length]).toEqual([0, 20_000]);
});

/** The same rules over a plain list of everything that ever came, decided trace by trace. */
test.each([1, 2, 3, 4, 5, 6, 7, 8])('keeps what a naive sampler keeps, seed %p', (seed) => {
  const random = seededRandom(seed);
  const { sampler: tail, kept } = sampler();
  const arrived: Array<SampleSpan & { atMs: number }> = [];
  let nowMs = 0;
  for (let record = 1; record <= 300; record++) {
    nowMs += Math.floor(random() * 400);
    tail.decideDue(nowMs);
    const spans = Array.from({ length: 1 + Math.floor(random() * 5) }, (_, i) => ({
      traceId: traceIdOf(Math.floor(nowMs / 2000) + Math.floor(random() * 12)), spanId: spanIdOf(record * 8 + i), name: 'x',
      startMs: Math.floor(random() * 460), durationMs: Math.floor(random() * 60), error: random() < 0.02,
    }));
    tail.add(record, request(spans), nowMs);
    arrived.push(...spans.map((span) => ({ ...span, atMs: nowMs })));
  }
  tail.decideDue(nowMs + 60_000);

  const expected: string[] = [];
  for (const traceId of new Set(arrived.map((span) => span.traceId))) {
    const all = arrived.filter((span) => span.traceId === traceId);
    // The decision falls at the first request at least 15 s after the first span; what came before it counts.
    const inTime = all.filter(({ atMs }) => atMs - all[0].atMs < 15_000);
    const lengthMs = Math.max(...inTime.map((span) => span.startMs! + span.durationMs!)) - Math.min(...inTime.map((span) => span.startMs!));
    if (inTime.some((span) => span.error) || lengthMs >= 500 || isInShare(Buffer.from(traceId, 'hex'), thresholdOf(0.1))) {
      expected.push(...all.map((span) => span.spanId));
    }
  }
  expect([...kept].sort()).toEqual(expected.sort());
  expect([tail.waitingSpans, tail.waitingBytes]).toEqual([0, 0]);
  expect(tail.counters.keptSpans + tail.counters.droppedSpans).toBe(arrived.length);
});
