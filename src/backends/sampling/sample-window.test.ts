import { decodeOtlpProtobuf } from '../../formats';
import { OtlpMessageBuilder } from '../../formats/otlp/otlp-builder';
import type { SpanId, TraceId, TraceSet } from '../../trace';
import { Random } from '../../trace/testing/random';
import type { TimeRangeMs } from '../backend';
import { BackendError } from '../http/http-client';
import { BudgetMeter } from './budget';
import { sampleWindow } from './sample-window';
import type { AskSlice } from './slice-answer';

const HOUR_MS = 3_600_000;
const range: TimeRangeMs = { fromMs: 1_795_334_400_000, toMs: 1_795_334_400_000 + 6 * HOUR_MS };

/** Traces of one span at these times. */
function tracesAt(startsMs: readonly number[]): TraceSet {
  const message = new OtlpMessageBuilder();
  startsMs.forEach((ms, at) => {
    const startUnixNs = BigInt(Math.round(ms)) * 1_000_000n;
    const id = (Math.round(ms) * 1000 + (at % 1000)).toString(16).padStart(16, '0');
    message.add('a', () => [], { traceId: id.padStart(32, '0') as TraceId, spanId: id as SpanId, name: 'op', kind: 1, status: 0, startUnixNs, endUnixNs: startUnixNs + 5n });
  });
  return decodeOtlpProtobuf(message.finish());
}

/** A backend that gives the newest traces of a range. */
function storeOf(startsMs: readonly number[]): { ask: AskSlice; asked: TimeRangeMs[] } {
  const sorted = [...startsMs].sort((a, b) => b - a);
  const asked: TimeRangeMs[] = [];
  const ask: AskSlice = async (slice, limit, meter) => {
    asked.push(slice);
    meter.spend(1000);
    const inside = sorted.filter((ms) => ms >= slice.fromMs && ms < slice.toMs);
    return { traces: tracesAt(inside.slice(0, limit)), isLimited: inside.length >= limit, incomplete: [], notes: [] };
  };
  return { ask, asked };
}

/** At even chances over the window. */
const evenly = (seed: number, count: number): number[] => {
  const random = new Random(seed);
  return Array.from({ length: count }, () => range.fromMs + random.below(range.toMs - range.fromMs));
};

describe('sampleWindow', () => {
  it('takes all of a quiet window in one search', async () => {
    const { ask, asked } = storeOf(evenly(1, 90));
    const sample = await sampleWindow(ask, { range, limit: 100 });
    expect([sample.traces.traceCount, sample.isLimited, sample.coverage.kind, sample.notes]).toEqual([90, false, 'all', []]);
    expect(asked).toHaveLength(1);
  });

  it('says that a burst between two slices is missed, and how long it may be', async () => {
    const { notes, coverage } = await sampleWindow(storeOf(evenly(3, 9000)).ask, { range, limit: 500 });
    const gapsMin = coverage.slices.slice(1).map((slice, at) => (slice.range.fromMs - coverage.slices[at].range.toMs) / 60_000);
    const [said] = /a burst in the up to ([\d.]+) min between two slices/.exec(notes[0])!.slice(1).map(Number);
    expect(said).toBeCloseTo(Math.max(...gapsMin), -1);
  });

  it.each(Array.from({ length: 12 }, (_, seed) => seed))('estimates the rate of a busy window, seed %i', async (seed) => {
    const count = 5000 + 1000 * seed;
    const { coverage, traces } = await sampleWindow(storeOf(evenly(seed, count)).ask, { range, limit: 500 });
    expect(coverage.kind).toBe('slices');
    expect(coverage.slices).toHaveLength(8);
    expect(coverage.slices.reduce((sum, slice) => sum + slice.traceCount, 0)).toBe(traces.traceCount);
    const estimated = (traces.traceCount / coverage.coveredMs) * coverage.windowMs;
    // The interval is of 95 %: in twelve samples some may lie outside it, none far.
    expect(Math.abs(estimated - count) / estimated).toBeLessThan(2 * coverage.rateErrorRatio!);
    // Slices lie in each eighth of the window.
    const eighths = coverage.slices.map((slice) => Math.floor((8 * (slice.range.fromMs - range.fromMs)) / (range.toMs - range.fromMs)));
    expect(eighths).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it('gives the newest traces where slices would miss a burst', async () => {
    const burst = evenly(3, 3000).map((ms) => range.fromMs + 4 * HOUR_MS + (ms - range.fromMs) / 100);
    const { coverage, traces, notes } = await sampleWindow(storeOf(burst).ask, { range, limit: 200 });
    expect([coverage.kind, traces.traceCount]).toEqual(['newest', 200]);
    expect(notes.join()).toContain('lower bounds');
  });

  it('says so where even the shortest slices are too busy', async () => {
    const short: TimeRangeMs = { fromMs: range.fromMs, toMs: range.fromMs + 20_000 };
    const starts = Array.from({ length: 20_000 }, (_, at) => short.fromMs + at);
    const { coverage, notes } = await sampleWindow(storeOf(starts).ask, { range: short, limit: 100 });
    expect(coverage.kind).toBe('newest');
    expect(notes.join()).toContain('lower bounds');
  });

  it('stops where the budget ends, and says so', async () => {
    const { ask, asked } = storeOf(evenly(5, 8000));
    const sample = await sampleWindow(ask, { range, limit: 500, budget: { maxBytes: 4000 } });
    expect(asked.length).toBeLessThan(9);
    expect(sample.notes.join()).toContain('reading stopped');
  });

  it('tells traces that have expired since the search from those that could not be read', async () => {
    const [whole, expired, failing] = ['a', 'b', 'c'].map((digit) => digit.repeat(32) as TraceId);
    const ask: AskSlice = async () => ({ traces: tracesAt(evenly(6, 5)), isLimited: false, incomplete: [whole, expired, failing], notes: [] });
    const fetchTrace = async (traceId: TraceId) => {
      if (traceId !== whole) {
        throw new BackendError(traceId === expired ? 'notFound' : 'timeout', 'no such trace');
      }
      return tracesAt([range.fromMs]);
    };
    const sample = await sampleWindow(ask, { range, limit: 100, fetchTrace });
    expect([sample.traces.traceCount, sample.incompleteTraceCount]).toEqual([6, 1]);
    expect(sample.notes).toContain('1 trace that the search found can no longer be read: expired since');
  });
});

describe('BudgetMeter', () => {
  it('ends by time', () => {
    let nowMs = 0;
    const meter = new BudgetMeter({ maxBytes: 10, maxMs: 100 }, () => nowMs);
    expect(meter.exhausted()).toBeUndefined();
    nowMs = 100;
    expect(meter.exhausted()).toBe('time');
  });
});
