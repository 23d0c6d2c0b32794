import { Random } from '../../trace/testing/random';
import { LatencyBuckets } from './latency-buckets';

const BOUNDS = ['0.002', '0.01', '0.1', '0.5', '1', '5', '+Inf'];

function bucketsOf(durationsS: readonly number[]): LatencyBuckets {
  const buckets = new LatencyBuckets();
  BOUNDS.forEach((le) => buckets.add(le, durationsS.filter((durationS) => durationS <= (le === '+Inf' ? Infinity : Number(le))).length));
  durationsS.forEach((durationS) => buckets.addSum(durationS));
  return buckets;
}

describe('LatencyBuckets', () => {
  it.each(Array.from({ length: 20 }, (_, seed) => seed))('has each quantile in the bucket of the exact one, seed %i', (seed) => {
    const random = new Random(seed);
    const durationsS = Array.from({ length: 1 + random.below(200) }, () => random.below(4000) / 1000).sort((a, b) => a - b);
    const buckets = bucketsOf(durationsS);
    for (const q of [0.01, 0.5, 0.95, 0.99, 1]) {
      const exactS = durationsS[Math.ceil(q * durationsS.length - 1e-9) - 1];
      const upperS = Number(BOUNDS.find((le) => exactS <= Number(le)));
      const lowerS = Number(BOUNDS[BOUNDS.indexOf(String(upperS)) - 1] ?? 0);
      const estimateS = buckets.quantileNs(q)! / 1e9;
      expect([estimateS >= lowerS - 1e-9, estimateS <= upperS + 1e-9]).toEqual([true, true]);
    }
  });

  it('interpolates as Prometheus does', () => {
    const buckets = new LatencyBuckets();
    [['0.1', 10], ['0.2', 30], ['+Inf', 40]].forEach(([le, count]) => buckets.add(String(le), Number(count)));
    expect([0.25, 0.5, 0.9].map((q) => Math.round(buckets.quantileNs(q)! / 1e6))).toEqual([100, 150, 200]);
  });

  it('adds up, and gives nothing of nothing', () => {
    const both = bucketsOf([0.05, 0.05]).merge(bucketsOf([0.05, 3]));
    expect([both.count, both.meanNs]).toEqual([4, 787_500_000]);
    expect([new LatencyBuckets().quantileNs(0.5), new LatencyBuckets().meanNs, bucketsOf([]).quantileNs(0.5)]).toEqual([undefined, undefined, undefined]);
  });
});
