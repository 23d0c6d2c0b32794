import fc from 'fast-check';
import { assignLayers } from './assign-layers';
import { evenRows } from './assign-rows';
import { orderRows } from './order-rows';
import { settleRows } from './settle-rows';
import { StraightCrossings } from './straight-crossings';
import type { Topology } from './topology';

const DISTANCE = 10;

const acyclic = fc.tuple(fc.integer({ min: 2, max: 18 }), fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 50 })).map(([nodeCount, pairs]): Topology => {
  const edges = pairs.map(([a, b]) => [a % nodeCount, b % nodeCount]).filter(([a, b]) => a < b);
  return { nodeCount, edgeSource: Uint32Array.from(edges, ([a]) => a), edgeTarget: Uint32Array.from(edges, ([, b]) => b) };
});

describe('settleRows', () => {
  it('never makes more crossings, counts them right, and keeps nodes apart', () => {
    fc.assert(
      fc.property(acyclic, (topology) => {
        const layer = assignLayers(topology);
        const order = orderRows(topology, layer);
        const y = evenRows(topology.nodeCount, order, () => DISTANCE);
        const crossings = new StraightCrossings(topology, layer, y);
        const before = crossings.total();
        settleRows(y, order, crossings, () => DISTANCE);
        expect(crossings.total()).toBeLessThanOrEqual(before);
        expect(crossings.total()).toBe(new StraightCrossings(topology, layer, y).total());
        for (const nodes of order) {
          const sorted = Array.from(nodes, (v) => y[v]).sort((a, b) => a - b);
          sorted.slice(1).forEach((value, i) => expect(value - sorted[i]).toBeGreaterThanOrEqual(DISTANCE - 1e-9));
        }
      }),
      { seed: 14, numRuns: 200 }
    );
  });

  it('dodges an edge that passes by', () => {
    // 0 → 3 passes between layers; 1 → 2 crosses it only because of where 1 and 2 are.
    const topology = { nodeCount: 4, edgeSource: Uint32Array.of(0, 1), edgeTarget: Uint32Array.of(3, 2) };
    const layer = Uint32Array.of(0, 0, 1, 2);
    const y = Float64Array.of(0, 10, -10, 0);
    const crossings = new StraightCrossings(topology, layer, y);
    expect(crossings.total()).toBe(1);
    settleRows(y, [Uint32Array.of(0, 1), Uint32Array.of(2), Uint32Array.of(3)], crossings, () => DISTANCE);
    expect(crossings.total()).toBe(0);
  });
});
