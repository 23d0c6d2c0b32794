import fc from 'fast-check';
import { LayerRows } from './layer-rows';
import { LayerSifter } from './layer-sifter';
import { StraightCrossings } from './straight-crossings';

/** Three layers, edges between neighbouring ones; with `long` ones also past the middle. */
const graph = (long: boolean) =>
  fc.tuple(fc.integer({ min: 3, max: 24 }), fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 50 })).map(([nodeCount, pairs]) => {
    const layer = Uint32Array.from({ length: nodeCount }, (_, v) => v % 3);
    const ends = pairs.map(([a, b]) => [a % nodeCount, b % nodeCount]).filter(([a, b]) => layer[b] > layer[a] && (long || layer[b] === layer[a] + 1));
    const edges = [...new Map(ends.map((pair) => [pair.join(), pair])).values()];
    return { layer, topology: { nodeCount, edgeSource: Uint32Array.from(edges, ([a]) => a), edgeTarget: Uint32Array.from(edges, ([, b]) => b) } };
  });

const crossingsOf = (rows: LayerRows, topology: ConstructorParameters<typeof StraightCrossings>[0], layer: Uint32Array) => new StraightCrossings(topology, layer, rows.y).total();

describe('LayerSifter', () => {
  it('removes as many crossings as it says where edges join neighbouring layers', () => {
    fc.assert(
      fc.property(graph(false), fc.nat(2), ({ topology, layer }, l) => {
        const rows = new LayerRows(topology, layer);
        const before = crossingsOf(rows, topology, layer);
        const removed = new LayerSifter(topology, rows).sift(l);
        expect(removed).toBeGreaterThanOrEqual(0);
        expect(crossingsOf(rows, topology, layer)).toBe(before - removed);
      }),
      { seed: 21, numRuns: 300 }
    );
  });

  it('keeps the nodes of a layer, and finds nothing more the second time', () => {
    fc.assert(
      fc.property(graph(true), ({ topology, layer }) => {
        const rows = new LayerRows(topology, layer);
        const sifter = new LayerSifter(topology, rows);
        const before = [...rows.layers[0]].sort();
        sifter.sift(0);
        expect([...rows.layers[0]].sort()).toEqual(before);
        expect(sifter.sift(0)).toBe(0);
      }),
      { seed: 22, numRuns: 200 }
    );
  });
});
