import { serviceGraph } from '../analysis/service-graph';
import { decodeOtlpProtobuf } from '../formats';
import { OtlpMessageBuilder } from '../formats/otlp/otlp-builder';
import { SpanKind, StatusCode, type SpanId, type TraceId, type TraceSet } from '../trace';
import { Random } from '../trace/testing/random';
import type { Sample, TimeRangeMs } from './backend';
import { edgeIntervals } from './edge-intervals';
import { sampleWindow } from './sampling/sample-window';
import type { AskSlice } from './sampling/slice-answer';
import { SpanCounts } from './sampling/span-counts';

jest.setTimeout(120_000);

const WINDOW_MS = 6 * 3_600_000;
const STEP_MS = 54_000;
const range: TimeRangeMs = { fromMs: 1_795_334_400_000, toMs: 1_795_334_400_000 + WINDOW_MS };
const LIMIT = 1000;
const SEEDS = 8;

/** A trace of `web` that calls these services. */
interface Planned {
  readonly ms: number;
  readonly id: string;
  readonly calls: ReadonlyArray<{ readonly service: string; readonly durationNs: number; readonly isFailed: boolean }>;
}

const unit = (random: Random) => random.word() / 2 ** 32;
type Draw = (random: Random) => number;
const inBurst = (start: number, length: number): Draw => (random) => start + length * unit(random);
const inWave: Draw = (random) => {
  for (;;) {
    const at = unit(random);
    if (unit(random) * 1.8 < 1 + 0.8 * Math.sin(2 * Math.PI * at)) {
      return at;
    }
  }
};

function traces(random: Random, count: number, draw: Draw, services: readonly string[], failing = 0.05): Planned[] {
  return Array.from({ length: count }, () => ({
    ms: range.fromMs + WINDOW_MS * draw(random),
    id: [0, 1, 2, 3].map(() => random.word().toString(16).padStart(8, '0')).join(''),
    calls: services.map((service) => ({ service, durationNs: Math.ceil(-2e7 * Math.log(1 - unit(random))), isFailed: random.chance(failing) })),
  }));
}

const WORKLOADS = {
  steady: (random: Random) => [...traces(random, 4000, unit, ['cart', 'stock']), ...traces(random, 2000, unit, ['search'], 0.01)],
  wave: (random: Random) => [...traces(random, 4000, inWave, ['cart', 'stock']), ...traces(random, 2000, unit, ['search'], 0.01)],
  'rare edge': (random: Random) => [...traces(random, 5000, unit, ['cart']), ...traces(random, 60, unit, ['admin'], 0.3)],
  'hot edge': (random: Random) => [...traces(random, 2000, unit, ['cart']), ...traces(random, 800, unit, Array<string>(12).fill('stock'))],
  'tail-sampled': (random: Random) => traces(random, 12_000, inWave, ['cart', 'stock']).filter(({ calls }) => calls.some(({ isFailed }) => isFailed) || random.chance(0.3)),
  bursts: (random: Random) => [
    ...traces(random, 3000, unit, ['cart']),
    ...[0.13, 0.52, 0.78].flatMap((start) => traces(random, 1000, inBurst(start, 0.01), ['stock'], 0.2)),
  ],
  'short bursts': (random: Random) => [
    ...traces(random, 4000, unit, ['cart', 'stock']),
    ...[0.13, 0.52, 0.78].flatMap((start) => traces(random, 200, inBurst(start, 0.002), ['stock'], 0.2)),
  ],
};

function setOf(planned: readonly Planned[]): TraceSet {
  const message = new OtlpMessageBuilder();
  const add = (service: string, span: Parameters<OtlpMessageBuilder['add']>[2]) => message.add(service, () => [{ key: 'service.name', value: { kind: 'string', value: service } }], span);
  for (const { ms, id, calls } of planned) {
    const startUnixNs = BigInt(Math.round(ms * 1e6));
    const traceId = id as TraceId;
    const root = '1'.padStart(16, '0') as SpanId;
    add('web', { traceId, spanId: root, name: 'page', kind: SpanKind.internal, status: 0, startUnixNs, endUnixNs: startUnixNs + 1_000_000_000n });
    calls.forEach(({ service, durationNs, isFailed }, at) =>
      add(service, {
        traceId, spanId: (at + 2).toString(16).padStart(16, '0') as SpanId, parentSpanId: root, name: 'call', kind: SpanKind.server,
        status: isFailed ? StatusCode.error : StatusCode.unset, startUnixNs, endUnixNs: startUnixNs + BigInt(durationNs),
      })
    );
  }
  return decodeOtlpProtobuf(message.finish());
}

/** Of a backend that gives the newest traces of a range, and counts spans in steps if asked to. */
async function sampleOf(planned: readonly Planned[], isCounting: boolean): Promise<Sample> {
  const sorted = [...planned].sort((a, b) => b.ms - a.ms);
  const ask: AskSlice = async ({ fromMs, toMs }, most) => {
    const inside = sorted.filter(({ ms }) => ms >= fromMs && ms < toMs);
    return { traces: setOf(inside.slice(0, most)), isLimited: inside.length >= most, incomplete: [], notes: [] };
  };
  const count = async (window: TimeRangeMs) => {
    const counts = new Float64Array(Math.ceil(WINDOW_MS / STEP_MS));
    planned.forEach(({ ms, calls }) => (counts[Math.floor((ms - window.fromMs) / STEP_MS)] += 1 + calls.length));
    return new SpanCounts(window, counts, window.fromMs, STEP_MS);
  };
  return sampleWindow(ask, { range, limit: LIMIT, ...(isCounting && { counting: { count, countedIn: (set: TraceSet) => set.spanCount } }) });
}

interface Held {
  readonly rate: boolean;
  readonly errors: boolean;
  readonly percentiles: readonly boolean[];
  /** Half the interval of the rate, over the rate. */
  readonly width: number;
}

/** For each edge on the map, which intervals hold what all traces say; none where rates are called lower bounds. */
function heldBy({ traces: sampled, coverage }: Sample, planned: readonly Planned[]): Held[] {
  const graph = serviceGraph(sampled);
  const truth = new Map(serviceGraph(setOf(planned)).edges.map(({ id, calls }) => [id, calls]));
  const scale = coverage.windowMs / coverage.coveredMs;
  return [...edgeIntervals(graph, sampled, coverage, { kind: 'service' })].flatMap(([id, { countInterval, errorRatioInterval, ...durations }]) => {
    const calls = truth.get(id)!;
    const holds = (interval: { low: number; high: number } | undefined, value: number) => interval !== undefined && interval.low <= value && value <= interval.high;
    const { low, high } = countInterval!;
    return {
      rate: holds({ low: low * scale, high: high * scale }, calls.count),
      errors: holds(errorRatioInterval, calls.errorCount / calls.count),
      percentiles: [holds(durations.p50IntervalNs, calls.p50Ns!), holds(durations.p95IntervalNs, calls.p95Ns!), holds(durations.p99IntervalNs, calls.p99Ns!)],
      width: ((high - low) * scale) / 2 / calls.count,
    };
  });
}

async function cases(names: ReadonlyArray<keyof typeof WORKLOADS>, isCounting: boolean) {
  const samples: Sample[] = [];
  const held: Held[] = [];
  for (const name of names) {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const planned = WORKLOADS[name](new Random(100 * seed));
      const sample = await sampleOf(planned, isCounting);
      samples.push(sample);
      held.push(...heldBy(sample, planned));
    }
  }
  const shareOf = (judge: (edge: Held) => readonly boolean[]) => held.flatMap(judge).filter(Boolean).length / held.flatMap(judge).length;
  return {
    samples,
    rate: shareOf(({ rate }) => [rate]),
    errors: shareOf(({ errors }) => [errors]),
    percentiles: shareOf(({ percentiles }) => percentiles),
    width: held.map(({ width }) => width).sort((a, b) => a - b)[held.length >> 1],
  };
}

const atLeast = (share: number) => ({ asymmetricMatch: (actual: unknown) => typeof actual === 'number' && actual >= share, toString: () => `≥ ${share}` });
const atMost = (width: number) => ({ asymmetricMatch: (actual: unknown) => typeof actual === 'number' && actual <= width, toString: () => `≤ ${width}` });

describe('intervals of edges', () => {
  it('hold the truth in 95 of 100 cases, half of them within ± 9 %, where the backend counts: bursts too', async () => {
    const { samples, ...held } = await cases(['steady', 'wave', 'rare edge', 'hot edge', 'tail-sampled', 'bursts'], true);
    expect(samples.every(({ coverage }) => coverage.countedSpans !== undefined)).toBe(true);
    expect(held).toEqual({ rate: atLeast(0.95), errors: atLeast(0.95), percentiles: atLeast(0.95), width: atMost(0.09) });
  });

  it('hold the truth in 95 of 100 cases, half of them within ± 20 %, where nothing is counted and traffic is steady or slow to change', async () => {
    const { samples, ...held } = await cases(['steady', 'wave', 'rare edge', 'hot edge', 'tail-sampled'], false);
    expect(samples.every(({ coverage }) => coverage.kind === 'slices')).toBe(true);
    expect(held).toEqual({ rate: atLeast(0.95), errors: atLeast(0.95), percentiles: atLeast(0.95), width: atMost(0.2) });
  });

  it('are not claimed of rates that are lower bounds', async () => {
    const { samples, width } = await cases(['bursts'], false);
    expect([width, ...samples.map(({ coverage }) => coverage.kind)]).toEqual([undefined, ...Array<string>(SEEDS).fill('newest')]);
  });

  it('hold the rate in three of four cases where bursts of 43 s may lie between two slices, and the reader is told', async () => {
    const { samples, ...held } = await cases(['short bursts'], false);
    expect(held).toEqual({ rate: atLeast(0.7), errors: atLeast(0.95), percentiles: atLeast(0.95), width: atMost(0.2) });
    expect(samples.every(({ notes }) => /a burst in the up to [\d.]+ (s|min) between two slices is not in them/.test(notes.join()))).toBe(true);
  });

  it('are none where slices left nothing out', async () => {
    const planned = WORKLOADS.steady(new Random(5)).slice(0, 1010);
    const sample = await sampleOf(planned, false);
    expect([sample.coverage.kind, sample.isLimited, sample.traces.traceCount, sample.notes]).toEqual(['all', false, 1010, ['every trace of this range was read, in 8 parts']]);
    expect(heldBy(sample, planned)).toEqual([]);
  });
});
