import fc from 'fast-check';
import { DurationSketch } from './duration-sketch';

/** Nearest rank over all values. */
function exactQuantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(1, Math.ceil(Number((q * sorted.length).toFixed(9)))) - 1];
}

function sketchOf(values: readonly number[]): DurationSketch {
  const sketch = new DurationSketch();
  values.forEach((value) => sketch.add(value));
  return sketch;
}

/** Every magnitude is as likely as the next. */
const durationNs = fc.tuple(fc.integer({ min: 0, max: 53 }), fc.double({ min: 0.5, max: 1, noNaN: true }))
  .map(([octave, share]) => Math.min(Number.MAX_SAFE_INTEGER, Math.floor(2 ** octave * share)));
const durations = fc.array(durationNs, { minLength: 1, maxLength: 300 });
const quantiles = [0, 0.01, 0.5, 0.9, 0.95, 0.99, 0.999, 1];

describe('DurationSketch', () => {
  test('quantiles are within 1 % of exact ones', () => {
    fc.assert(
      fc.property(durations, (values) => {
        const sketch = sketchOf(values);
        for (const q of quantiles) {
          const exact = exactQuantile(values, q);
          expect(Math.abs(sketch.quantile(q) - exact)).toBeLessThanOrEqual(0.004 * exact);
        }
      }),
      { seed: 1, numRuns: 300 }
    );
  });

  test('merging is the same as adding everything to one, in any order', () => {
    fc.assert(
      fc.property(durations, durations, (left, right) => {
        const all = sketchOf([...left, ...right]);
        for (const merged of [sketchOf(left).merge(sketchOf(right)), sketchOf(right).merge(sketchOf(left))]) {
          expect(quantiles.map((q) => merged.quantile(q))).toEqual(quantiles.map((q) => all.quantile(q)));
          expect([merged.count, merged.minNs, merged.maxNs]).toEqual([all.count, all.minNs, all.maxNs]);
        }
      }),
      { seed: 2, numRuns: 200 }
    );
  });

  test('many at a time are the same as one by one', () => {
    const unknown = fc.constantFrom(NaN, -5, 0.25, Infinity);
    const batch = fc.array(fc.oneof({ weight: 9, arbitrary: durationNs }, unknown), { maxLength: 700 });
    fc.assert(
      fc.property(fc.array(batch, { minLength: 1, maxLength: 6 }), (batches) => {
        const together = new DurationSketch();
        batches.forEach((batch) => together.addAll(Float64Array.of(7, ...batch, 7), 1, batch.length + 1));
        const oneByOne = sketchOf(batches.flat());
        expect(quantiles.map((q) => together.quantile(q))).toEqual(quantiles.map((q) => oneByOne.quantile(q)));
        expect([together.count, together.minNs, together.maxNs]).toEqual([oneByOne.count, oneByOne.minNs, oneByOne.maxNs]);
        expect(Math.abs(together.sumNs - oneByOne.sumNs)).toBeLessThanOrEqual(1e-12 * oneByOne.sumNs);
      }),
      { seed: 3, numRuns: 200 }
    );
  });

  test('survives the way through a worker', () => {
    const sketch = sketchOf([1, 5e6, 7e9]);
    const copy = DurationSketch.ofData(structuredClone(sketch.toData()));
    expect(copy.merge(sketch).count).toBe(6);
    expect(copy.quantile(0.5)).toBe(sketch.quantile(0.5));
    expect(sketch.count).toBe(3);
  });

  test('cleared it is as new', () => {
    const sketch = sketchOf(Array.from({ length: 100 }, (_, at) => at * 1e6)).clear();
    expect([sketch.count, sketch.quantile(0.5)]).toEqual([0, 0]);
    [1, 2, 3].forEach((ns) => sketch.add(ns));
    expect([sketch.count, sketch.sumNs, sketch.quantile(0.5), sketch.maxNs]).toEqual([3, 6, 2, 3]);
  });

  test('empty, zero, negative and absurd durations', () => {
    expect([new DurationSketch().quantile(0.5), new DurationSketch().meanNs]).toEqual([0, 0]);
    expect(sketchOf([0, 0, -5, NaN]).quantile(0.99)).toBe(0);
    expect(sketchOf([Infinity]).quantile(0.5)).toBe(Number.MAX_SAFE_INTEGER);
  });

  test('share up to a limit', () => {
    const sketch = sketchOf([1e6, 2e6, 3e6, 4e6]);
    expect([0, 1.5e6, 3.5e6, 1e9].map((limit) => sketch.shareUpTo(limit))).toEqual([0, 0.25, 0.75, 1]);
  });
});
