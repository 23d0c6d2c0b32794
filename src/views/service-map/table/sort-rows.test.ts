import { sortRows } from './sort-rows';

const rows = [{ name: 'b', p95: 3 }, { name: 'a10', p95: undefined }, { name: 'a9', p95: 1 }, { name: 'c', p95: 3 }];
const names = (sorted: ReadonlyArray<{ name: string }>) => sorted.map(({ name }) => name);

describe('sortRows', () => {
  it('sorts numbers, what is unknown last in either direction, equals as they came', () => {
    expect(names(sortRows(rows, ({ p95 }) => p95, 'ascending'))).toEqual(['a9', 'b', 'c', 'a10']);
    expect(names(sortRows(rows, ({ p95 }) => p95, 'descending'))).toEqual(['b', 'c', 'a9', 'a10']);
  });

  it('sorts texts with their numbers', () => expect(names(sortRows(rows, ({ name }) => name, 'ascending'))).toEqual(['a9', 'a10', 'b', 'c']));
});
