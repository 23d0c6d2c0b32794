import { traceSetOf } from '../../analysis/testing/spans';
import { collapsedAll, collapsedToDepth, shownDepth, withServiceToggled, withSubtree } from './collapse-rows';

// 0 api ─ 1 db ─ 2 disk, 0 ─ 3 api ─ 4 db
const set = traceSetOf([
  { id: 1, service: 'api', startNs: 0 },
  { id: 2, parent: 1, service: 'db', startNs: 1 },
  { id: 3, parent: 2, service: 'disk', startNs: 2 },
  { id: 4, parent: 1, service: 'api', startNs: 3 },
  { id: 5, parent: 4, service: 'db', startNs: 4 },
]);
const none = new Uint8Array(5);

it('collapses to a depth, and tells which depth is shown', () => {
  expect([0, 1, 2].map((depth) => [...collapsedToDepth(set, 0, depth)])).toEqual([[1, 1, 0, 1, 0], [0, 1, 0, 1, 0], [0, 0, 0, 0, 0]]);
  expect([0, 1, 2].map((depth) => shownDepth(collapsedToDepth(set, 0, depth), set, 0))).toEqual([0, 1, 2]);
});

it('collapses all but roots and their calls, then all but roots', () => {
  const once = collapsedAll(none, set, 0);
  expect([...once]).toEqual([0, 1, 0, 1, 0]);
  expect([...collapsedAll(once, set, 0)]).toEqual([1, 1, 0, 1, 0]);
  const flat = traceSetOf([{ id: 1 }, { id: 2, parent: 1 }]);
  expect([...collapsedAll(new Uint8Array(2), flat, 0)]).toEqual([1, 0]);
});

it('collapses a service and opens it again', () => {
  const once = withServiceToggled(none, set, 0, set.columns.services.indexOf('db'));
  expect([...once]).toEqual([0, 1, 0, 0, 0]);
  expect([...withServiceToggled(once, set, 0, set.columns.services.indexOf('db'))]).toEqual([0, 0, 0, 0, 0]);
});

it('collapses and opens a subtree, leaving the rest as it is', () => {
  expect([...withSubtree(Uint8Array.of(0, 0, 0, 1, 0), set, 1, true)]).toEqual([0, 1, 0, 1, 0]);
  expect([...withSubtree(Uint8Array.of(1, 1, 0, 1, 0), set, 0, false)]).toEqual([0, 0, 0, 0, 0]);
});
