import fc from 'fast-check';
import { StraightCrossings } from './straight-crossings';
import type { Topology } from './topology';

interface Picture {
  readonly topology: Topology;
  readonly layer: Uint32Array;
  readonly y: Float64Array;
}

/** Nodes in five layers at awkward heights, edges from lower to higher layers. */
const picture = fc
  .tuple(fc.array(fc.tuple(fc.nat(4), fc.nat(1000)), { minLength: 2, maxLength: 20 }), fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 40 }))
  .map(([nodes, pairs]): Picture => {
    const edges = pairs.map(([a, b]) => [a % nodes.length, b % nodes.length]).filter(([a, b]) => nodes[a][0] < nodes[b][0]);
    return {
      topology: { nodeCount: nodes.length, edgeSource: Uint32Array.from(edges, ([a]) => a), edgeTarget: Uint32Array.from(edges, ([, b]) => b) },
      layer: Uint32Array.from(nodes, ([layer]) => layer),
      // The square keeps three nodes off one line.
      y: Float64Array.from(nodes, ([layer, height], v) => height + layer * layer * 0.37 + v * v * 0.013),
    };
  });

/** Every pair of edges by the orientation of triangles. */
function naive({ topology: { edgeSource, edgeTarget }, layer, y }: Picture, only: (e: number) => boolean = () => true): number {
  const side = (a: number, b: number, c: number) => (layer[b] - layer[a]) * (y[c] - y[a]) - (y[b] - y[a]) * (layer[c] - layer[a]);
  let crossings = 0;
  for (let e = 0; e < edgeSource.length; e++) {
    for (let f = e + 1; f < edgeSource.length; f++) {
      const [a, b, c, d] = [edgeSource[e], edgeTarget[e], edgeSource[f], edgeTarget[f]];
      const isApart = new Set([a, b, c, d]).size === 4;
      crossings += isApart && (only(e) || only(f)) && side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0 ? 1 : 0;
    }
  }
  return crossings;
}

describe('StraightCrossings', () => {
  it('counts as comparing every pair does', () => {
    fc.assert(
      fc.property(picture, (drawn) => expect(new StraightCrossings(drawn.topology, drawn.layer, drawn.y).total()).toBe(naive(drawn))),
      { seed: 12, numRuns: 300 }
    );
  });

  it('counts the crossings at two nodes of a layer', () => {
    fc.assert(
      fc.property(picture, (drawn) => {
        const { topology, layer, y } = drawn;
        const crossings = new StraightCrossings(topology, layer, y);
        const [u, v] = [0, layer.lastIndexOf(layer[0])];
        fc.pre(u !== v);
        const touches = (e: number) => [u, v].includes(topology.edgeSource[e]) || [u, v].includes(topology.edgeTarget[e]);
        expect(crossings.at(u, v)).toBe(naive(drawn, touches));
        expect(crossings.total()).toBe(naive(drawn));
      }),
      { seed: 13, numRuns: 300 }
    );
  });
});
