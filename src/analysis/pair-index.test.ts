import fc from 'fast-check';
import { PairIndex } from './pair-index';

test('numbers pairs as a map of their texts does', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(40), fc.nat(40)), { maxLength: 600 }), (pairs) => {
      const index = new PairIndex();
      const known = new Map<string, number>();
      for (const [a, b] of pairs) {
        const key = `${a} ${b}`;
        known.set(key, known.get(key) ?? known.size);
        expect(index.numberOf(a, b)).toBe(known.get(key));
      }
      expect(index.count).toBe(known.size);
    }),
    { seed: 1 }
  );
});
