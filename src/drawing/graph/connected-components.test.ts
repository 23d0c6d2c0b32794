import fc from 'fast-check';
import { connectedComponents } from './connected-components';

describe('connectedComponents', () => {
  it('joins exactly the nodes between which there is a path', () => {
    const graph = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 14 }));
    fc.assert(
      fc.property(graph, ([nodeCount, pairs]) => {
        const edges = pairs.map(([a, b]) => [a % nodeCount, b % nodeCount] as const);
        const reaches = Array.from({ length: nodeCount }, (_, v) => Array.from({ length: nodeCount }, (__, w) => v === w));
        edges.forEach(([a, b]) => (reaches[a][b] = reaches[b][a] = true));
        // Warshall's closure.
        reaches.forEach((_, via) => reaches.forEach((row) => row[via] && reaches[via].forEach((reached, w) => (row[w] ||= reached))));
        const components = connectedComponents({ nodeCount, edgeSource: Uint32Array.from(edges, ([a]) => a), edgeTarget: Uint32Array.from(edges, ([, b]) => b) });
        expect(components.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: nodeCount }, (_, v) => v));
        components.forEach((nodes) => expect(nodes).toEqual(reaches[nodes[0]].flatMap((reached, w) => (reached ? [w] : []))));
      }),
      { seed: 52 }
    );
  });
});
