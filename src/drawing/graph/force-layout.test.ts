import fc from 'fast-check';
import { BodyTree } from './body-tree';
import { forceLayout } from './force-layout';
import { gridLayout } from './grid-layout';
import { NODE_HEIGHT, NODE_WIDTH } from './map-geometry';
import type { Topology } from './topology';

const topology = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 80 }))
  .map(
    ([nodeCount, pairs]): Topology => ({
      nodeCount,
      edgeSource: Uint32Array.from(pairs, ([source]) => source % nodeCount),
      edgeTarget: Uint32Array.from(pairs, ([, target]) => target % nodeCount),
    })
  );

function overlaps({ x, y }: { x: Float64Array; y: Float64Array }): number {
  let count = 0;
  for (let v = 0; v < x.length; v++) {
    for (let w = 0; w < v; w++) {
      count += Math.abs(x[v] - x[w]) < NODE_WIDTH && Math.abs(y[v] - y[w]) < NODE_HEIGHT ? 1 : 0;
    }
  }
  return count;
}

describe('forceLayout', () => {
  it('lets no two cards overlap and is deterministic, whatever the graph', () => {
    fc.assert(
      fc.property(topology, (graph) => {
        const layout = forceLayout(graph);
        expect([...layout.x, ...layout.y].every(Number.isFinite)).toBe(true);
        expect(overlaps(layout)).toBe(0);
        expect(forceLayout(graph)).toEqual(layout);
      }),
      { seed: 8, numRuns: 60 }
    );
  });

  it('puts neighbours nearer than strangers', () => {
    // Two triangles joined by one edge.
    const { x, y } = forceLayout({ nodeCount: 6, edgeSource: Uint32Array.of(0, 1, 2, 3, 4, 5, 0), edgeTarget: Uint32Array.of(1, 2, 0, 4, 5, 3, 3) });
    const distance = (v: number, w: number) => Math.hypot(x[v] - x[w], y[v] - y[w]);
    expect(distance(1, 2)).toBeLessThan(distance(1, 4));
    expect(distance(4, 5)).toBeLessThan(distance(2, 5));
  });
});

describe('BodyTree', () => {
  it('pushes about as all pairs do', () => {
    const places = fc.array(fc.tuple(fc.integer({ min: -500, max: 500 }), fc.integer({ min: -500, max: 500 })), { minLength: 2, maxLength: 60 });
    fc.assert(
      fc.property(places, (points) => {
        const [x, y] = [Float64Array.from(points, ([px]) => px), Float64Array.from(points, ([, py]) => py)];
        const [forceX, forceY] = [new Float64Array(x.length), new Float64Array(x.length)];
        const tree = new BodyTree(x, y);
        points.forEach((_, v) => tree.push(v, 1, forceX, forceY));
        points.forEach((_, v) => {
          let [exactX, exactY, sum] = [0, 0, 0];
          points.forEach((__, w) => {
            const [dx, dy] = [x[v] - x[w], y[v] - y[w]];
            const distance2 = dx * dx + dy * dy;
            if (distance2 > 0) {
              exactX += dx / distance2;
              exactY += dy / distance2;
              sum += 1 / Math.sqrt(distance2);
            }
          });
          expect(Math.hypot(forceX[v] - exactX, forceY[v] - exactY)).toBeLessThanOrEqual(0.35 * sum + 1e-9);
        });
      }),
      { seed: 9 }
    );
  });
});

describe('gridLayout', () => {
  it('has a screen’s proportions and a place for each', () => {
    for (const count of [0, 1, 7, 200]) {
      const layout = gridLayout(count);
      expect(overlaps(layout)).toBe(0);
      expect(layout.x).toHaveLength(count);
    }
    const { x, y } = gridLayout(200);
    expect(Math.max(...x)).toBeGreaterThan(Math.max(...y));
  });
});
