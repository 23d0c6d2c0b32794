import { siblingPlaces } from './sibling-places';

it('counts siblings below each parent, and roots among themselves', () => {
  // A trace of rows 2 to 7: 2 ─ 3, 2 ─ 4 ─ 5, and the root 6.
  const places = siblingPlaces(Int32Array.of(-1, 0, -1, 2, 2, 4, -1), 2, 7);
  expect([2, 3, 4, 5, 6].map((row) => [places.of(row).place, places.of(row).siblingCount])).toEqual([[1, 2], [1, 2], [2, 2], [1, 1], [2, 2]]);
});
