import fc from 'fast-check';
import { mergedStructure } from './structure';
import { arbitraryTrace } from './testing/arbitrary-trace';
import { pathsOfRows } from './path-of-row';
import { traceSetOf } from './testing/spans';

describe('pathsOfRows', () => {
  it('leads every span to the node of its names, root to span', () => {
    fc.assert(
      fc.property(arbitraryTrace(), (spans) => {
        const set = traceSetOf(spans);
        const tree = mergedStructure(set, [0]);
        const nodes = pathsOfRows(tree, set, 0);
        const counts = new Uint32Array(tree.nodeCount);
        for (let row = set.firstRow(0); row < set.endRow(0); row++) {
          const node = nodes[row];
          counts[node]++;
          expect([tree.service(node), tree.operation(node), tree.columns.depth[node]]).toEqual([set.service(row), set.operation(row), set.columns.depth[row]]);
        }
        expect(counts).toEqual(tree.columns.count);
      }),
      { seed: 4, numRuns: 100 }
    );
  });
});
