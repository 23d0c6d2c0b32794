import { traceSetOf } from '../../analysis/testing/spans';
import { visibleRows } from '../../drawing/waterfall/visible-rows';
import { foldedRuns } from './folded-runs';

// root ─ 6 × SELECT, the third with a span below it, and one other call
const set = traceSetOf([
  { id: 1, startNs: 0, durationNs: 100 },
  ...[0, 1, 2, 3, 4, 5].map((n) => ({ id: 10 + n, parent: 1, kind: 'client' as const, name: 'SELECT', startNs: 10 * n, durationNs: 5 })),
  { id: 20, parent: 12, startNs: 21, durationNs: 1, name: 'connect' },
  { id: 21, parent: 1, startNs: 70, durationNs: 5, name: 'render' },
]);
const namesOf = (hiding: Uint8Array) => Array.from(visibleRows(set.columns, 0, set.spanCount, { hiding }), (row) => set.operation(row));

it('shows a run as its first span until it is opened', () => {
  const runs = foldedRuns(set, 0);
  expect(runs.count).toBe(1);
  expect(runs.at(1)?.rows.length).toBe(6);
  expect(namesOf(runs.hidingWith(new Uint8Array(set.spanCount), new Set()))).toEqual(['op', 'SELECT', 'render']);
  expect(namesOf(runs.hidingWith(new Uint8Array(set.spanCount), new Set([1])))).toHaveLength(9);
});

it('tells what hides a span of a run, or below one', () => {
  const connect = set.columns.operation.findIndex((_, row) => set.operation(row) === 'connect');
  expect(foldedRuns(set, 0).hiding(connect, [connect - 1, 0])).toEqual([1]);
});
