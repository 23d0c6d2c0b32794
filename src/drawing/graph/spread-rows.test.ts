import fc from 'fast-check';
import { spreadRows } from './spread-rows';
import { StraightCrossings } from './straight-crossings';

/** Layers of random sizes, edges from each layer to later ones. */
const drawing = fc
  .tuple(fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 2, maxLength: 5 }), fc.array(fc.tuple(fc.nat(), fc.nat()), { minLength: 1, maxLength: 40 }))
  .map(([sizes, pairs]) => {
    const layer = Uint32Array.from(sizes.flatMap((size, l) => new Array<number>(size).fill(l)));
    const edges = pairs.map(([a, b]) => [a % layer.length, b % layer.length]).filter(([a, b]) => layer[a] < layer[b]);
    const graph = { nodeCount: layer.length, edgeSource: Uint32Array.from(edges, ([a]) => a), edgeTarget: Uint32Array.from(edges, ([, b]) => b) };
    const layers = sizes.map((_, l) => Uint32Array.from(layer.keys()).filter((v) => layer[v] === l));
    const y = new Float64Array(layer.length);
    layers.forEach((nodes) => nodes.forEach((v, i) => (y[v] = (i - (nodes.length - 1) / 2) * 82)));
    return { graph, layer, layers, y };
  });

const extent = (values: Float64Array) => Math.max(...values) - Math.min(...values);

describe('spreadRows', () => {
  it('keeps the order of each layer, its distances, the height of the picture, and nearly its crossings', () => {
    fc.assert(
      fc.property(drawing, ({ graph, layer, layers, y }) => {
        const before = y.slice();
        const crossings = new StraightCrossings(graph, layer, y);
        const most = crossings.total() * 1.01;
        spreadRows(y, layers, crossings);
        expect(crossings.total()).toBeLessThanOrEqual(most);
        expect(new StraightCrossings(graph, layer, y).total()).toBe(crossings.total());
        expect(extent(y)).toBeCloseTo(extent(before), 6);
        for (const nodes of layers) {
          nodes.slice(1).forEach((v, i) => expect(y[v] - y[nodes[i]]).toBeGreaterThanOrEqual(before[v] - before[nodes[i]] - 1e-6));
        }
      }),
      { seed: 56 }
    );
  });

  it('spreads a thin end', () => {
    const layer = Uint32Array.from([...new Array<number>(10).fill(0), 1, 1]);
    const layers = [0, 1].map((l) => Uint32Array.from(layer.keys()).filter((v) => layer[v] === l));
    const y = Float64Array.from([...Array.from({ length: 10 }, (_, i) => i * 82), 328, 410]);
    const graph = { nodeCount: 12, edgeSource: Uint32Array.of(0, 9), edgeTarget: Uint32Array.of(10, 11) };
    spreadRows(y, layers, new StraightCrossings(graph, layer, y));
    expect(y[11] - y[10]).toBeCloseTo(410, 6);
    expect((y[10] + y[11]) / 2).toBeCloseTo(369, 6);
  });
});
