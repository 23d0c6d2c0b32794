import fc from 'fast-check';
import type { TraceSet } from '../trace';
import type { GroupBy } from './group-column';
import { selfTimes } from './self-time';
import { spanStatistics } from './statistics';
import { arbitraryTraces } from './testing/arbitrary-trace';
import { traceSetOf } from './testing/spans';

const rowsOf = (set: TraceSet): number[] => Array.from({ length: set.spanCount }, (_, row) => row);

/** Self time by counting the nanoseconds that no child covers. */
function selfNsOf(set: TraceSet, row: number): number {
  const { parent, startNs, durationNs } = set.columns;
  const children = rowsOf(set).filter((child) => parent[child] === row);
  let selfNs = 0;
  for (let ns = startNs[row]; ns < startNs[row] + durationNs[row]; ns++) {
    selfNs += children.some((child) => startNs[child] <= ns && ns < startNs[child] + durationNs[child]) ? 0 : 1;
  }
  return selfNs;
}

function hasAncestor(set: TraceSet, row: number, holds: (row: number) => boolean): boolean {
  for (let up = set.columns.parent[row]; up >= 0; up = set.columns.parent[up]) {
    if (holds(up)) {
      return true;
    }
  }
  return false;
}

const GROUPINGS: ReadonlyArray<[GroupBy, (set: TraceSet, row: number) => string]> = [
  [{ kind: 'service' }, (set, row) => set.service(row)],
  [{ kind: 'operation' }, (set, row) => `${set.service(row)} ${set.operation(row)}`],
];

describe('spanStatistics and selfTimes', () => {
  test.each(GROUPINGS)('by %j equal a count with objects', (by, keyOf) => {
    fc.assert(
      fc.property(arbitraryTraces(), (spans) => {
        const set = traceSetOf(spans);
        const statistics = spanStatistics(set, by);
        expect(statistics.map(({ selfNs }) => selfNs)).toEqual(selfTimes(set, by).map(({ selfNs }) => selfNs));
        for (const group of statistics) {
          const key = group.service === undefined ? group.name : `${group.service} ${group.name}`;
          const inGroup = (row: number) => keyOf(set, row) === key;
          const rows = rowsOf(set).filter(inGroup);
          const durations = rows.map((row) => set.columns.durationNs[row]).sort((a, b) => a - b);
          const outermost = rows.filter((row) => !hasAncestor(set, row, inGroup));
          expect(group).toMatchObject({
            count: rows.length,
            errorCount: rows.filter((row) => set.status(row) === 'error').length,
            selfNs: rows.reduce((sum, row) => sum + selfNsOf(set, row), 0),
            totalNs: outermost.reduce((sum, row) => sum + set.columns.durationNs[row], 0),
            p50Ns: durations[Math.ceil(durations.length / 2) - 1],
            minNs: durations[0],
            maxNs: durations.at(-1),
          });
        }
      }),
      { seed: 7, numRuns: 100 }
    );
  });

  test('by an attribute, also where it is missing or of another type', () => {
    const set = traceSetOf([
      { id: 1, durationNs: 10, attributes: { region: 'eu' }, resource: { pod: 'p1' } },
      { id: 2, parent: 1, durationNs: 4, attributes: { region: 7 }, resource: { pod: 'p2' } },
      { id: 3, parent: 1, startNs: 6, durationNs: 1, resource: { pod: 'p2' } },
    ]);
    const names = (by: GroupBy) => spanStatistics(set, by).map(({ name, selfNs, count }) => [name, selfNs, count]);
    expect(names({ kind: 'attribute', scope: 'span', key: 'region' })).toEqual([['eu', 5, 1], ['7', 4, 1], [undefined, 1, 1]]);
    expect(names({ kind: 'attribute', scope: 'resource', key: 'pod' })).toEqual([['p1', 5, 1], ['p2', 5, 2]]);
    expect(names({ kind: 'attribute', scope: 'resource', key: '__proto__' })).toEqual([[undefined, 10, 3]]);
  });

  test('of a range of rows', () => {
    const set = traceSetOf([{ id: 1, durationNs: 10 }, { id: 2, parent: 1, durationNs: 4 }, { id: 3, trace: 2, durationNs: 1 }]);
    expect(spanStatistics(set, { kind: 'service' }, { from: set.firstRow(1), to: set.endRow(1) })).toMatchObject([{ count: 1, totalNs: 1 }]);
  });

  test('an empty set', () => expect([...spanStatistics(traceSetOf([]), { kind: 'service' }), ...selfTimes(traceSetOf([]), { kind: 'operation' })]).toEqual([]));

  it('counts only the marked rows where some are', () => {
    fc.assert(
      fc.property(arbitraryTraces(), fc.nat(), (spans, seed) => {
        const set = traceSetOf(spans);
        const marks = Uint8Array.from(rowsOf(set), (row) => ((row * 7 + seed) % 3 === 0 ? 1 : 0));
        const groups = spanStatistics(set, { kind: 'service' }, { from: 0, to: set.spanCount, marks });
        for (const { name, count, selfNs } of groups) {
          const rows = rowsOf(set).filter((row) => marks[row] === 1 && set.service(row) === name);
          expect(count).toBe(rows.length);
          expect(selfNs).toBe(rows.reduce((sum, row) => sum + set.columns.selfNs[row], 0));
        }
        expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(marks.reduce((sum, mark) => sum + mark, 0));
      })
    );
  });
});
