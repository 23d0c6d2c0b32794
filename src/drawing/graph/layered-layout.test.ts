import fc from 'fast-check';
import { edgesToReverse } from './break-cycles';
import { layeredLayout, SERVICE_MAP_SPACING } from './layered-layout';
import type { Topology } from './topology';

const topology = fc
  .tuple(fc.integer({ min: 1, max: 25 }), fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 60 }))
  .map(
    ([nodeCount, pairs]): Topology => ({
      nodeCount,
      edgeSource: Uint32Array.from(pairs, ([source]) => source % nodeCount),
      edgeTarget: Uint32Array.from(pairs, ([, target]) => target % nodeCount),
    })
  );

const graphOf = (nodeCount: number, ...edges: ReadonlyArray<readonly [number, number]>): Topology => ({
  nodeCount,
  edgeSource: Uint32Array.from(edges, ([source]) => source),
  edgeTarget: Uint32Array.from(edges, ([, target]) => target),
});

describe('edgesToReverse', () => {
  it('leaves no cycle', () => {
    fc.assert(
      fc.property(topology, ({ nodeCount, edgeSource, edgeTarget }) => {
        const reverse = edgesToReverse({ nodeCount, edgeSource, edgeTarget });
        const next: number[][] = Array.from({ length: nodeCount }, () => []);
        edgeSource.forEach((source, e) => {
          if (source !== edgeTarget[e]) {
            reverse[e] ? next[edgeTarget[e]].push(source) : next[source].push(edgeTarget[e]);
          }
        });
        const reaches = (from: number, goal: number, seen = new Set<number>()): boolean =>
          next[from].some((v) => v === goal || (!seen.has(v) && reaches(v, goal, seen.add(v))));
        for (let v = 0; v < nodeCount; v++) {
          expect(reaches(v, v)).toBe(false);
        }
      }),
      { seed: 5 }
    );
  });

  it('turns nothing in a graph without cycles', () => {
    const { edgeSource, edgeTarget, nodeCount } = graphOf(4, [0, 1], [1, 2], [0, 3], [3, 2]);
    expect([...edgesToReverse({ nodeCount, edgeSource, edgeTarget })]).toEqual([0, 0, 0, 0]);
  });
});

describe('layeredLayout', () => {
  it('puts callers left of what they call', () => {
    const { x } = layeredLayout(graphOf(4, [0, 1], [1, 2], [0, 3]));
    expect(x[0]).toBeLessThan(x[1]);
    expect(x[1]).toBeLessThan(x[2]);
    expect(x[0]).toBeLessThan(x[3]);
  });

  it('draws a chain straight', () => {
    const { y } = layeredLayout(graphOf(4, [0, 1], [1, 2], [2, 3]));
    expect(new Set(y)).toEqual(new Set([y[0]]));
  });

  it('never lets two nodes overlap and is deterministic, whatever the graph', () => {
    fc.assert(
      fc.property(topology, (graph) => {
        const { x, y } = layeredLayout(graph);
        for (let v = 0; v < graph.nodeCount; v++) {
          expect(Number.isFinite(x[v]) && Number.isFinite(y[v])).toBe(true);
          for (let w = 0; w < v; w++) {
            const apart = Math.abs(x[v] - x[w]) >= SERVICE_MAP_SPACING.layerDistance - 1e-6 || Math.abs(y[v] - y[w]) >= SERVICE_MAP_SPACING.nodeHeight - 1e-6;
            expect(apart).toBe(true);
          }
        }
        expect(layeredLayout(graph)).toEqual({ x, y });
      }),
      { seed: 6 }
    );
  });
});
