import { traceSetOf } from '../../analysis/testing/spans';
import { rowsBySpanId } from './rows-by-span-id';

const spans = [1, 2, 3, 4].map((id) => ({ id, parent: id === 1 ? undefined : 1, startNs: 10 * id, durationNs: 5 }));

it('finds spans in the same place, in another, or nowhere', () => {
  const before = traceSetOf(spans);
  const after = traceSetOf([...spans.filter(({ id }) => id !== 3), { id: 9, parent: 1, startNs: 15, durationNs: 1 }]);
  const rowOf = rowsBySpanId(before, 0, after, 0);
  expect([0, 1, 2, 3].map(rowOf)).toEqual([0, 2, -1, 3]);
  const shifted = rowsBySpanId(traceSetOf([{ id: 7, trace: 2 }, ...spans]), 1, before, 0);
  expect(shifted(1)).toBe(0);
});
