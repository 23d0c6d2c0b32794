import { Hiding, positionOf, visibleRows, withAncestors } from './visible-rows';

/** 0 ─ 1 ─ 2, 0 ─ 3 ─ 4, and a second root 5. */
const TREE = { subtreeSize: [5, 2, 1, 2, 1, 1], parent: [-1, 0, 1, 0, 3, -1] };
const marks = (rows: number[]) => Uint8Array.from({ length: 6 }, (_, row) => Number(rows.includes(row)));
const shown = (collapsed: number[], only?: number[]) => [...visibleRows(TREE, 0, 6, { hiding: marks(collapsed), only: only && marks(only) })];

describe('visibleRows', () => {
  it('shows every row of the trace in order', () => expect(shown([])).toEqual([0, 1, 2, 3, 4, 5]));
  it('hides what lies below a collapsed row, and nothing else', () => {
    expect(shown([1])).toEqual([0, 1, 3, 4, 5]);
    expect(shown([0])).toEqual([0, 5]);
    expect(shown([0, 1])).toEqual([0, 5]);
  });
  it('shows only the rows chosen', () => expect(shown([3], [0, 3, 4])).toEqual([0, 3]));
  it('counts rows of a later trace from the set', () => {
    expect([...visibleRows({ subtreeSize: [1, 2, 1] }, 1, 3, { hiding: new Uint8Array(3) })]).toEqual([1, 2]);
  });
  it('hides a subtree with its root', () => {
    expect([...visibleRows(TREE, 0, 6, { hiding: Uint8Array.of(0, Hiding.subtree, 0, 0, 0, 0) })]).toEqual([0, 3, 4, 5]);
  });
});

test('positionOf finds a row, or where it would stand', () => {
  const rows = Uint32Array.of(2, 5, 9);
  expect([0, 2, 3, 5, 9, 10].map((row) => positionOf(rows, row))).toEqual([0, 0, 1, 1, 2, 3]);
});

test('withAncestors keeps the path to every match', () => {
  expect([...withAncestors(Uint8Array.of(0, 0, 0, 0, 1, 0), TREE.parent)]).toEqual([1, 0, 0, 1, 1, 0]);
});
