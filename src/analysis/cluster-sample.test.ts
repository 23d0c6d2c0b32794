import { Random } from '../trace/testing/random';
import { ClusterSample } from './cluster-sample';
import { DurationSketch } from './duration-sketch';
import type { Estimate } from './estimate';

interface Call {
  /** Of the window, in [0, 1). */
  readonly at: number;
  readonly durationNs: number;
  readonly isFailed: boolean;
}

const unit = (random: Random) => random.word() / 2 ** 32;
const times = (random: Random, count: number, draw = unit) => Array.from({ length: count }, () => draw(random));
/** Of exponential durations. */
const callsAt = (random: Random, starts: readonly number[], meanNs = 1e7, failing = 0.05): Call[] =>
  starts.map((at) => ({ at, durationNs: -meanNs * Math.log(1 - unit(random)), isFailed: random.chance(failing) }));

const inWave = (amplitude: number) => (random: Random) => {
  for (;;) {
    const at = unit(random);
    if (unit(random) * (1 + amplitude) < 1 + amplitude * Math.sin(2 * Math.PI * at)) {
      return at;
    }
  }
};

const WORKLOADS: Readonly<Record<string, (random: Random) => Call[]>> = {
  'a steady rate': (random) => callsAt(random, times(random, 8000)),
  'a daily wave': (random) => callsAt(random, times(random, 8000, inWave(0.8))),
  'few calls': (random) => callsAt(random, times(random, 150), 1e8, 0.2),
  'few calls in a wave': (random) => callsAt(random, times(random, 400, inWave(0.9)), 1e8, 0.01),
  'ten calls a trace': (random) => callsAt(random, times(random, 800).flatMap((at) => Array<number>(10).fill(at))),
  'a growing rate': (random) => callsAt(random, times(random, 8000, (drawn) => Math.sqrt(unit(drawn)))),
  'slower and failing towards the end': (random) => times(random, 8000).flatMap((at) => callsAt(random, [at], 1e7 * (1 + at), 0.1 * at)),
};

const SEEDS = 30;
const QUANTILES = [0.5, 0.95, 0.99] as const;

/** Each estimate with the truth; none where nothing was read. */
function estimates(calls: readonly Call[], slices: number, fraction: number): ReadonlyArray<Estimate & { readonly truth: number }> {
  const read: Call[][] = Array.from({ length: slices }, () => []);
  for (const call of calls) {
    const stratum = Math.floor(call.at * slices);
    const offset = (((stratum + 1) * 0.618034) % 1) * (1 - fraction);
    const inStratum = call.at * slices - stratum;
    if (inStratum >= offset && inStratum < offset + fraction) {
      read[stratum].push(call);
    }
  }
  const total = read.flat().length;
  if (total === 0) {
    return [];
  }
  const sample = new ClusterSample(Array<number>(slices).fill(1), fraction);
  const sketchOf = (some: readonly Call[]) => some.reduce((sketch, { durationNs }) => (sketch.add(durationNs), sketch), new DurationSketch());
  const [seen, all] = [sketchOf(read.flat()), sketchOf(calls)];
  const counts = read.map((part) => part.length);
  const hits = (isHit: (call: Call) => boolean) => read.map((part) => part.filter(isHit).length);
  return [
    { truth: calls.length * fraction, ...sample.count(counts, total) },
    { truth: calls.filter(({ isFailed }) => isFailed).length / calls.length, ...sample.share(hits(({ isFailed }) => isFailed), counts) },
    ...QUANTILES.map((q) => {
      const limitNs = seen.quantile(q);
      return { truth: all.quantile(q), ...sample.quantile((p) => seen.quantile(p), q, hits(({ durationNs }) => durationNs <= limitNs), counts) };
    }),
  ];
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1];

describe('ClusterSample', () => {
  // Widest: what half the interval of the rate may be, of the rate itself.
  it.each([
    { slices: 8, fraction: 0.02, widest: 0.5 },
    { slices: 16, fraction: 0.02, widest: 0.4 },
    { slices: 8, fraction: 0.3, widest: 0.2 },
    { slices: 16, fraction: 0.3, widest: 0.1 },
    { slices: 8, fraction: 0.97, widest: 0.04 },
  ])('holds the truth in 95 of 100 samples and is narrow: $slices slices, $fraction of the window', ({ slices, fraction, widest }) => {
    const rateWidths: number[] = [];
    let [heldCount, allCount] = [0, 0];
    for (const [name, workload] of Object.entries(WORKLOADS)) {
      const held: boolean[] = [];
      for (let seed = 1; seed <= SEEDS; seed++) {
        const found = estimates(workload(new Random(7 * seed)), slices, fraction);
        // Durations are known to half a bucket.
        held.push(...found.map(({ truth, low, high }) => low <= truth * 1.004 && truth <= high * 1.004));
        rateWidths.push(...found.slice(0, 1).map(({ value, low, high }) => (high - low) / 2 / value));
      }
      const share = held.filter(Boolean).length / held.length;
      expect(`${name}: ${share >= 0.95 ? 'held' : share}`).toBe(`${name}: held`);
      heldCount += share * held.length;
      allCount += held.length;
    }
    expect(heldCount / allCount).toBeGreaterThan(0.95);
    expect(median(rateWidths)).toBeLessThan(widest);
  });

  it('is exact where all was read', () => {
    const sample = new ClusterSample([1, 1, 1], 1);
    expect(sample.count([3, 50, 0], 53)).toEqual({ value: 53, low: 53, high: 53 });
    const { low, high } = sample.share([1, 2, 0], [3, 50, 1]);
    expect([low, high]).toEqual([expect.closeTo(3 / 54, 12), expect.closeTo(3 / 54, 12)]);
  });

  it('takes no more than what was seen for sure where one slice had it all', () => {
    const { low, high } = new ClusterSample([1, 1, 1, 1, 1, 1, 1, 1], 0.01).count([0, 0, 0, 40, 0, 0, 0, 0], 40);
    expect(low).toBeCloseTo(0.4, 6);
    expect(high).toBeGreaterThan(8 * 40);
  });

  it('has no end where the sample is too small for it', () => {
    const durations = [1, 2, 3, 4, 5, 6, 7, 8].map((ms) => ms * 1e6);
    const sketch = durations.reduce((sum, ns) => (sum.add(ns), sum), new DurationSketch());
    const sample = new ClusterSample([1, 1], 0.1);
    expect(sample.quantile((q) => sketch.quantile(q), 0.95, [4, 4], [4, 4])).toMatchObject({ value: 8e6, high: Infinity });
    expect(sample.quantile((q) => sketch.quantile(q), 0.02, [1, 0], [4, 4])).toMatchObject({ value: 1e6, low: 0 });
  });

  it('says what it wants', () => {
    expect(() => new ClusterSample([1], 0.5)).toThrow('actual: 1 and 0.5');
    expect(() => new ClusterSample([1, 1], 1.5)).toThrow('actual: 2 and 1.5');
  });
});
