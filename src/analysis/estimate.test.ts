import fc from 'fast-check';
import { rateEstimate, ratioEstimate, samplingProbability, totalEstimate } from './estimate';

/** mulberry32 */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** How many of 1000 experiments had the truth in their interval. */
function coverage(experiment: (next: () => number) => boolean): number {
  const next = random(42);
  return Array.from({ length: 1000 }, () => experiment(next)).filter(Boolean).length;
}

describe('estimates', () => {
  test('Wilson: a published example, bounds, rare events', () => {
    const { low, high } = ratioEstimate(10, 100);
    expect([low.toFixed(4), high.toFixed(4)]).toEqual(['0.0552', '0.1744']);
    expect(ratioEstimate(0, 20)).toEqual({ value: 0, low: 0, high: expect.closeTo(0.1611, 4) });
    expect(ratioEstimate(20, 20).high).toBe(1);
    expect(ratioEstimate(0, 0)).toEqual({ value: NaN, low: 0, high: 1 });
    expect(() => ratioEstimate(3, 2)).toThrow('actual: 3 of 2');
  });

  test('intervals hold the ratio and are inside [0, 1]', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(1000), (a, b) => {
        const { value, low, high } = ratioEstimate(Math.min(a, b), Math.max(a, b, 1));
        expect(0 <= low && low <= value + 1e-12 && value <= high + 1e-12 && high <= 1).toBe(true);
      }),
      { seed: 16 }
    );
  });

  test('cover the truth about as often as they say', () => {
    const binomial = (next: () => number, share: number, total: number) => Array.from({ length: total }, next).filter((draw) => draw < share).length;
    expect(coverage((next) => {
      const { low, high } = ratioEstimate(binomial(next, 0.05, 100), 100);
      return low <= 0.05 && 0.05 <= high;
    })).toBeGreaterThan(920);
    expect(coverage((next) => {
      const kept = binomial(next, 0.1, 5000);
      const { low, high } = totalEstimate(Array.from({ length: kept }, () => 0.1));
      return low <= 5000 && 5000 <= high;
    })).toBeGreaterThan(920);
    expect(coverage((next) => {
      const { low, high } = rateEstimate(binomial(next, 0.01, 2000), 10);
      return low <= 2 && 2 <= high;
    })).toBeGreaterThan(920);
  });

  test('Horvitz–Thompson weighs each member', () => {
    expect(totalEstimate([1, 1, 1])).toEqual({ value: 3, low: 3, high: 3 });
    expect(totalEstimate([0.5, 0.25]).value).toBe(6);
    expect(totalEstimate([])).toEqual({ value: 0, low: 0, high: 0 });
    expect(() => totalEstimate([0])).toThrow('actual: 0');
  });

  test.each([
    ['ot=th:8', 0.5],
    ['ot=th:0', 1],
    ['ot=th:c', 0.25],
    ['vendor=x, ot=rv:abcdef01234567;th:fd70a', expect.closeTo(0.01, 5)],
    ['ot=p:3', 0.125],
    ['other=th:8', undefined],
    ['ot=th:zz', undefined],
    ['', undefined],
  ])('trace state %j → %s', (traceState, probability) => expect(samplingProbability(traceState)).toEqual(probability));

  test('rates', () => {
    expect(rateEstimate(0, 60)).toMatchObject({ value: 0, low: 0 });
    expect(() => rateEstimate(1, 0)).toThrow('actual: 0');
  });
});
