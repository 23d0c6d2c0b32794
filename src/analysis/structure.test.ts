import fc from 'fast-check';
import type { TraceSet } from '../trace';
import type { PathTree } from './path-tree';
import { mergedStructure } from './structure';
import { arbitraryTraces } from './testing/arbitrary-trace';
import { traceSetOf } from './testing/spans';

function pathOfRow(set: TraceSet, row: number): string {
  const up = set.columns.parent[row];
  return `${up < 0 ? '' : pathOfRow(set, up)}/${set.service(row)}:${set.operation(row)}`;
}

function pathOfNode(tree: PathTree, node: number): string {
  const up = tree.columns.parent[node];
  return `${up < 0 ? '' : pathOfNode(tree, up)}/${tree.service(node)}:${tree.operation(node)}`;
}

/** Everything about a tree by path, so that trees built in another order compare equal. */
function contentOf(tree: PathTree): object {
  const { count, errorCount, traceCount, totalNs, selfNs, maxNs, traceSquaresNs2, depth } = tree.columns;
  return Object.fromEntries(
    Array.from({ length: tree.nodeCount }, (_, node) => [
      pathOfNode(tree, node),
      [count, errorCount, traceCount, totalNs, selfNs, maxNs, traceSquaresNs2, depth].map((column) => column[node]).concat(tree.quantileNs(node, 0.5)),
    ])
  );
}

describe('mergedStructure', () => {
  test('equals grouping by the text of the path', () => {
    fc.assert(
      fc.property(arbitraryTraces(), (spans) => {
        const set = traceSetOf(spans);
        const rows = new Map<string, number[]>();
        for (let row = 0; row < set.spanCount; row++) {
          const path = pathOfRow(set, row);
          rows.set(path, [...(rows.get(path) ?? []), row]);
        }
        const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
        const expected = [...rows].map(([path, list]) => {
          const durations = list.map((row) => set.columns.durationNs[row]).sort((a, b) => a - b);
          const traces = [...new Set(list.map((row) => set.traceOf(row)))];
          const perTrace = traces.map((trace) => sum(list.filter((row) => set.traceOf(row) === trace).map((row) => set.columns.durationNs[row])));
          return [
            path,
            [
              list.length, list.filter((row) => set.status(row) === 'error').length, traces.length, sum(durations),
              sum(list.map((row) => set.columns.selfNs[row])), durations.at(-1), sum(perTrace.map((ns) => ns * ns)),
              path.split('/').length - 2, durations[Math.ceil(list.length / 2) - 1],
            ],
          ];
        });
        expect(contentOf(mergedStructure(set))).toEqual(Object.fromEntries(expected));
      }),
      { seed: 13, numRuns: 200 }
    );
  });

  test('is in depth-first order, the longest sibling first', () => {
    fc.assert(
      fc.property(arbitraryTraces(), (spans) => {
        const { columns, nodeCount } = mergedStructure(traceSetOf(spans));
        const lastSibling = new Map<number, number>();
        for (let node = 0; node < nodeCount; node++) {
          const up = columns.parent[node];
          expect(node === 0 || up === -1 || (up < node && node < up + columns.subtreeSize[up])).toBe(true);
          const before = lastSibling.get(up);
          expect(before === undefined || columns.totalNs[before] >= columns.totalNs[node]).toBe(true);
          lastSibling.set(up, node);
        }
      }),
      { seed: 14, numRuns: 100 }
    );
  });

  test('some traces of a set are merged as if they were all', () => {
    fc.assert(
      fc.property(arbitraryTraces(), fc.infiniteStream(fc.boolean()), (spans, choice) => {
        const chosen = new Map([...new Set(spans.map(({ trace }) => trace))].map((trace) => [trace, choice.next().value]));
        const set = traceSetOf(spans);
        const apart = traceSetOf(spans.filter(({ trace }) => chosen.get(trace)));
        const ids = new Set(Array.from({ length: apart.traceCount }, (_, trace) => apart.traceId(trace)));
        const traces = Array.from({ length: set.traceCount }, (_, trace) => trace).filter((trace) => ids.has(set.traceId(trace)));
        const tree = mergedStructure(set, traces);
        expect(contentOf(tree)).toEqual(contentOf(mergedStructure(apart)));
        expect(Array.from(tree.nodeOfRow, (node) => node >= 0)).toEqual(Array.from(set.columns.trace, (trace) => traces.includes(trace)));
      }),
      { seed: 15, numRuns: 50 }
    );
  });

  test('leads every span to the node of its path', () => {
    fc.assert(
      fc.property(arbitraryTraces(), (spans) => {
        const set = traceSetOf(spans);
        const tree = mergedStructure(set);
        tree.nodeOfRow.forEach((node, row) => expect(pathOfNode(tree, node)).toBe(pathOfRow(set, row)));
      }),
      { seed: 16, numRuns: 50 }
    );
  });

  test('names the slowest span', () => {
    const set = traceSetOf([{ id: 1, durationNs: 9 }, { id: 1, trace: 2, durationNs: 30 }, { id: 1, trace: 3, durationNs: 7 }]);
    const { columns } = mergedStructure(set);
    expect(set.traceOf(columns.slowestRow[0])).toBe(1);
  });

  test('100,000 deep and 50,000 wide', () => {
    const deep = traceSetOf(Array.from({ length: 100_000 }, (_, at) => ({ id: at + 1, parent: at || undefined })));
    expect(mergedStructure(deep).columns.depth.at(-1)).toBe(99_999);
    const wide = traceSetOf(Array.from({ length: 50_001 }, (_, at) => ({ id: at + 1, parent: at ? 1 : undefined, name: `n${at % 2}` })));
    expect([...mergedStructure(wide).columns.count]).toEqual([1, 25_000, 25_000]);
    expect(mergedStructure(traceSetOf([])).nodeCount).toBe(0);
  });
});
