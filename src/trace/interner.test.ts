import fc from 'fast-check';
import { Interner } from './interner';

test('numbers texts as a map does, wherever they lie', () => {
  const letter = fc.constantFrom('a', 'b', '\0', 'é', '😀');
  fc.assert(
    fc.property(fc.array(fc.string({ unit: letter, maxLength: 11 }), { maxLength: 200 }), fc.nat(5), (texts, offset) => {
      const interner = new Interner();
      const numbers = new Map<string, number>();
      for (const text of texts) {
        const bytes = new TextEncoder().encode(' '.repeat(offset) + text);
        numbers.set(text, numbers.get(text) ?? numbers.size);
        expect(interner.intern(bytes, offset, bytes.length)).toBe(numbers.get(text));
      }
      expect(interner.texts).toEqual([...numbers.keys()]);
    }),
    { seed: 5, numRuns: 200 }
  );
});
