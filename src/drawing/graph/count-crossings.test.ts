import fc from 'fast-check';
import { countCrossings } from './count-crossings';

describe('countCrossings', () => {
  it('agrees with comparing every pair', () => {
    const segments = fc.array(fc.tuple(fc.nat(12), fc.nat(12)), { maxLength: 40 });
    fc.assert(
      fc.property(segments, (pairs) => {
        let naive = 0;
        pairs.forEach(([a, b], i) => pairs.slice(i + 1).forEach(([c, d]) => (naive += (a - c) * (b - d) < 0 ? 1 : 0)));
        expect(countCrossings(pairs.map(([a]) => a), pairs.map(([, b]) => b))).toBe(naive);
      }),
      { seed: 11 }
    );
  });
});
