import fc from 'fast-check';
import { nestedSetOf } from './nested-set';

describe('nestedSetOf', () => {
  test('numbers a small tree depth first', () => {
    const { left, right, parent } = nestedSetOf([10n, 11n, 12n, 13n], [0n, 10n, 11n, 10n]);
    expect([...left]).toEqual([1, 2, 3, 6]);
    expect([...right]).toEqual([8, 5, 4, 7]);
    expect([...parent]).toEqual([-1, 1, 2, 1]);
  });

  test('spans without a root above them get zeros: orphans, cycles, a span that is its own parent', () => {
    const { left, parent } = nestedSetOf([1n, 2n, 3n, 4n, 5n], [0n, 99n, 4n, 3n, 5n]);
    expect([...left]).toEqual([1, 0, 0, 0, 0]);
    expect([...parent]).toEqual([-1, 0, 0, 0, 0]);
  });

  test('property: intervals contain one another exactly along the parents', () => {
    const forests = fc.array(fc.nat(30), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(forests, (picks) => {
        const spanIds = picks.map((_, i) => BigInt(i + 1));
        const parents = picks.map((pick, i) => (i === 0 || pick === 0 ? -1 : pick % i));
        const { left, right } = nestedSetOf(spanIds, parents.map((p) => BigInt(p + 1)));
        const isAbove = (a: number, b: number): boolean => {
          for (let up = parents[b]; up >= 0; up = parents[up]) {
            if (up === a) {
              return true;
            }
          }
          return false;
        };
        for (let a = 0; a < picks.length; a++) {
          for (let b = 0; b < picks.length; b++) {
            expect(left[a] < left[b] && right[b] < right[a]).toBe(isAbove(a, b));
          }
        }
      }),
      { seed: 7 },
    );
  });
});
