import fc from 'fast-check';
import { TimeMap } from './time-map';

const GAPS = [
  { fromNs: 100, toNs: 5_000 },
  { fromNs: 5_100, toNs: 9_900 },
];

describe('TimeMap', () => {
  it('changes nothing without gaps', () => {
    const map = new TimeMap(1000, []);
    expect([map.shownDurationNs, map.shownOf(123.4), map.timeOf(999)]).toEqual([1000, 123.4, 999]);
  });

  it('is its own inverse, rises, and keeps what is no gap as long as it is', () => {
    const map = new TimeMap(10_000, GAPS);
    expect(map.shownDurationNs).toBeLessThan(320);
    expect(map.shownOf(100)).toBe(100);
    expect(map.shownOf(5_100) - map.shownOf(5_000)).toBeCloseTo(100);
    expect(map.shownOf(10_000)).toBeCloseTo(map.shownDurationNs);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 10_000, noNaN: true }), fc.double({ min: 0, max: 10_000, noNaN: true }), (a, b) => {
        expect(map.timeOf(map.shownOf(a))).toBeCloseTo(a, 6);
        expect(Math.sign(map.shownOf(b) - map.shownOf(a)) * Math.sign(b - a)).toBeGreaterThanOrEqual(0);
      }),
      { seed: 3 }
    );
  });
});
