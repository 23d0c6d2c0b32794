import fc from 'fast-check';
import type { TraceSet } from '../trace';
import type { PathTree } from './path-tree';
import { mergedStructure, StructureBuilder } from './structure';
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
  const { count, errorCount, traceCount, totalNs, selfNs, minNs, maxNs, traceSquaresNs2, depth } = tree.columns;
  return Object.fromEntries(
    Array.from({ length: tree.nodeCount }, (_, node) => [
      pathOfNode(tree, node),
      [count, errorCount, traceCount, totalNs, selfNs, minNs, maxNs, traceSquaresNs2, depth].map((column) => column[node]).concat(tree.quantileNs(node, 0.5)),
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
              sum(list.map((row) => set.columns.selfNs[row])), durations[0], durations.at(-1), sum(perTrace.map((ns) => ns * ns)),
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

  test('several sets, or one, or trace by trace', () => {
    fc.assert(
      fc.property(arbitraryTraces(), arbitraryTraces(), (left, right) => {
        const [a, b] = [traceSetOf(left), traceSetOf(right)];
        const whole = contentOf(mergedStructure(traceSetOf([...left, ...right.map((span) => ({ ...span, trace: span.trace! + 10 }))])));
        expect(contentOf(new StructureBuilder().add(b).add(a).finish())).toEqual(whole);
        const builder = new StructureBuilder().add(a);
        for (let trace = 0; trace < b.traceCount; trace++) {
          builder.add(b, [trace]);
        }
        expect(contentOf(builder.finish())).toEqual(whole);
      }),
      { seed: 15, numRuns: 50 }
    );
  });

  test('names the slowest span', () => {
    const set = traceSetOf([{ id: 1, durationNs: 9 }, { id: 1, trace: 2, durationNs: 30 }, { id: 1, trace: 3, durationNs: 7 }]);
    const { columns } = mergedStructure(set);
    expect([columns.slowestSet[0], set.traceOf(columns.slowestRow[0])]).toEqual([0, 1]);
  });

  test('100,000 deep and 50,000 wide', () => {
    const deep = traceSetOf(Array.from({ length: 100_000 }, (_, at) => ({ id: at + 1, parent: at || undefined })));
    expect(mergedStructure(deep).columns.depth.at(-1)).toBe(99_999);
    const wide = traceSetOf(Array.from({ length: 50_001 }, (_, at) => ({ id: at + 1, parent: at ? 1 : undefined, name: `n${at % 2}` })));
    expect([...mergedStructure(wide).columns.count]).toEqual([1, 25_000, 25_000]);
    expect(mergedStructure(traceSetOf([])).nodeCount).toBe(0);
  });
});
