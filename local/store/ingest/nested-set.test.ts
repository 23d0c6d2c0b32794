import fc from 'fast-check';
import { nestedSetOf, type NestedSet } from './nested-set';

function numbered(spanIds: bigint[], parentIds: bigint[], pause = async (): Promise<void> => undefined): Promise<NestedSet> {
  return nestedSetOf(BigUint64Array.from(spanIds), BigUint64Array.from(parentIds), pause);
}

describe('nestedSetOf', () => {
  test('numbers a small tree depth first', async () => {
    const { left, right, parent } = await numbered([10n, 11n, 12n, 13n], [0n, 10n, 11n, 10n]);
    expect([...left]).toEqual([1, 2, 3, 6]);
    expect([...right]).toEqual([8, 5, 4, 7]);
    expect([...parent]).toEqual([-1, 1, 2, 1]);
  });

  test('spans without a root above them get zeros: orphans, cycles, a span that is its own parent', async () => {
    const { left, parent } = await numbered([1n, 2n, 3n, 4n, 5n], [0n, 99n, 4n, 3n, 5n]);
    expect([...left]).toEqual([1, 0, 0, 0, 0]);
    expect([...parent]).toEqual([-1, 0, 0, 0, 0]);
  });

  test('property: intervals contain one another exactly along the parents', async () => {
    const forests = fc.array(fc.nat(30), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(forests, async (picks) => {
        const spanIds = picks.map((_, i) => BigInt(i + 1));
        const parents = picks.map((pick, i) => (i === 0 || pick === 0 ? -1 : pick % i));
        const { left, right } = await numbered(spanIds, parents.map((p) => BigInt(p + 1)));
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

  test('a large trace is numbered in steps', async () => {
    const ids = Array.from({ length: 20_000 }, (_, i) => BigInt(i + 1));
    let pauses = 0;
    const { left, right } = await numbered(ids, ids.map((id) => id - 1n), () => {
      pauses++;
      return Promise.resolve();
    });
    expect(pauses).toBeGreaterThan(12);
    expect([left[19_999], right[19_999], right[0]]).toEqual([20_000, 20_001, 40_000]);
  });
});
