import { decodeOtlpProtobuf } from '../../formats';
import { OtlpMessageBuilder } from '../../formats/otlp/otlp-builder';
import type { SpanId, TraceId, TraceSet } from '../../trace';
import { Random } from '../../trace/testing/random';
import type { TimeRangeMs } from '../backend';
import { sampleWindow } from './sample-window';
import type { AskSlice } from './slice-answer';
import { SpanCounts } from './span-counts';

const HOUR_MS = 3_600_000;
const FROM_MS = 1_795_334_400_000;
const range: TimeRangeMs = { fromMs: FROM_MS, toMs: FROM_MS + 6 * HOUR_MS };
const STEP_MS = 54_000;

interface Planned {
  readonly ms: number;
  /** Some traces have many spans, so that spans are no measure of traces. */
  readonly spans: number;
  readonly service: string;
}

function setOf(traces: readonly Planned[]): TraceSet {
  const message = new OtlpMessageBuilder();
  traces.forEach(({ ms, spans, service }, at) => {
    const startUnixNs = BigInt(Math.round(ms)) * 1_000_000n;
    const traceId = (Math.round(ms) * 1000 + (at % 1000)).toString(16).padStart(32, '0') as TraceId;
    for (let span = 0; span < spans; span++) {
      const spanId = (span + 1).toString(16).padStart(16, '0') as SpanId;
      message.add(service, () => [{ key: 'service.name', value: { kind: 'string', value: service } }], {
        traceId, spanId, parentSpanId: span > 0 ? ('1'.padStart(16, '0') as SpanId) : undefined, name: 'op', kind: 1, status: 0, startUnixNs, endUnixNs: startUnixNs + 5n,
      });
    }
  });
  return decodeOtlpProtobuf(message.finish());
}

/** A quiet service all day, and another that comes in one burst of two minutes. */
function traffic(seed: number): Planned[] {
  const random = new Random(seed);
  const at = (fromMs: number, lengthMs: number) => fromMs + random.below(lengthMs);
  const steady = Array.from({ length: 4000 }, () => ({ ms: at(FROM_MS, 6 * HOUR_MS), spans: 1 + random.below(3), service: 'steady' }));
  const burst = Array.from({ length: 4000 }, () => ({ ms: at(FROM_MS + 4 * HOUR_MS, 120_000), spans: 1 + random.below(9), service: 'burst' }));
  return [...steady, ...burst].sort((a, b) => b.ms - a.ms);
}

function storeOf(traces: readonly Planned[], distortion = 1) {
  let asked = 0;
  const ask: AskSlice = async (slice, limit, meter) => {
    asked++;
    meter.spend(1000);
    const inside = traces.filter(({ ms }) => ms >= slice.fromMs && ms < slice.toMs);
    return { traces: setOf(inside.slice(0, limit)), isLimited: inside.length >= limit, incomplete: [], notes: [] };
  };
  const counting = {
    count: async (window: TimeRangeMs) => {
      const counts = new Float64Array((window.toMs - window.fromMs) / STEP_MS);
      traces.forEach(({ ms, spans }) => (counts[Math.floor((ms - window.fromMs) / STEP_MS)] += spans * distortion));
      return new SpanCounts(window, counts, window.fromMs, STEP_MS);
    },
    countedIn: (set: TraceSet) => set.spanCount,
  };
  return { ask, counting, askedCount: () => asked };
}

const tracesOf = (set: TraceSet, service: string) => Array.from({ length: set.traceCount }, (_, trace) => set.service(set.firstRow(trace))).filter((found) => found === service).length;

describe('a sample spread by counts', () => {
  it.each(Array.from({ length: 8 }, (_, seed) => seed))('estimates steady traffic and a burst alike, seed %i', async (seed) => {
    const traces = traffic(seed);
    const { ask, counting, askedCount } = storeOf(traces);
    const { coverage, traces: sampled, notes } = await sampleWindow(ask, { range, limit: 800, counting });
    expect(coverage.countedSpans).toBe(traces.reduce((sum, { spans }) => sum + spans, 0));
    expect(notes.join()).toContain('spans that were counted');
    expect(askedCount()).toBeLessThan(30);
    const scale = coverage.windowMs / coverage.coveredMs;
    // Spans are scaled to what was counted, exactly.
    expect(sampled.spanCount * scale).toBeCloseTo(coverage.countedSpans!, 3);
    for (const service of ['steady', 'burst']) {
      // About 200 traces of each are in the sample: 7 % is one standard error, three are allowed.
      expect(Math.abs(tracesOf(sampled, service) * scale - 4000) / 4000).toBeLessThan(0.3);
    }
  });

  it('is right on average', async () => {
    const estimates = { steady: 0, burst: 0 };
    for (let seed = 20; seed < 40; seed++) {
      const { ask, counting } = storeOf(traffic(seed));
      const { coverage, traces } = await sampleWindow(ask, { range, limit: 800, counting });
      for (const service of ['steady', 'burst'] as const) {
        estimates[service] += (tracesOf(traces, service) * coverage.windowMs) / coverage.coveredMs / 20;
      }
    }
    expect(Math.abs(estimates.steady / 4000 - 1)).toBeLessThan(0.08);
    expect(Math.abs(estimates.burst / 4000 - 1)).toBeLessThan(0.08);
  });

  it('does not trust counts that do not fit what it reads', async () => {
    const { ask, counting } = storeOf(traffic(3), 5);
    const { coverage } = await sampleWindow(ask, { range, limit: 800, counting });
    expect(coverage.countedSpans).toBeUndefined();
  });
});

describe('SpanCounts', () => {
  it('finds times by counts and counts by times', () => {
    const counts = new SpanCounts({ fromMs: 1500, toMs: 4000 }, [10, 0, 30], 1000, 1000);
    expect([counts.total, counts.within({ fromMs: 3000, toMs: 3500 }), counts.timeOf(0), counts.timeOf(5), counts.timeOf(20), counts.timeOf(35)]).toEqual([35, 15, 1500, 2000, 3500, 4000]);
  });
});
