import fc from 'fast-check';
import { GeometryCache } from './geometry-cache';
import { mapBounds, mapGeometry, mapTopology, NODE_HEIGHT, NODE_WIDTH, type MapGeometry } from './map-geometry';
import type { MapModel } from './map-model';

const node = (id: string) => ({ id, name: id, kind: 'service' as const, count: 1, errorCount: 0 });
const edge = (source: string, target: string, id = `${source}→${target}`) => ({ id, source, target, count: 1, errorCount: 0 });
const geometryOf = (model: MapModel, x: readonly number[], y: readonly number[]): MapGeometry => mapGeometry(mapTopology(model), Float64Array.from(x), Float64Array.from(y));

describe('mapBounds', () => {
  it('covers the cards and the loop of a call to itself', () => {
    const bounds = mapBounds(geometryOf({ nodes: [node('a')], edges: [edge('a', 'a')] }, [100], [50]));
    expect(bounds.x).toBe(100 - NODE_WIDTH / 2);
    expect(bounds.y).toBeLessThan(50 - NODE_HEIGHT / 2);
    expect(bounds.y + bounds.height).toBe(50 + NODE_HEIGHT / 2);
  });

  it('is empty for an empty map', () => {
    expect(mapBounds(geometryOf({ nodes: [], edges: [] }, [], []))).toEqual({ x: 0, y: 0, width: 0, height: 0 });
  });
});

describe('mapTopology', () => {
  it('knows which edges have one in the other direction', () => {
    const { isTwoWay } = mapTopology({ nodes: [node('a'), node('b'), node('c')], edges: [edge('a', 'b'), edge('b', 'c'), edge('b', 'a')] });
    expect([...isTwoWay]).toEqual([1, 0, 1]);
  });

  it('refuses an edge whose end is not on the map', () => {
    expect(() => mapTopology({ nodes: [node('a')], edges: [edge('a', 'gone')] })).toThrow(/gone/);
  });
});

describe('GeometryCache', () => {
  const at = fc.record({ x: fc.integer({ min: -2000, max: 2000 }), y: fc.integer({ min: -2000, max: 2000 }) });
  const NODES = 6;
  const moves = fc.array(fc.tuple(fc.nat({ max: NODES - 1 }), at), { maxLength: 6 });

  // Beyond a few hundred edges curves are kept one by one.
  it.each([12, 400])('has the geometry of the places after any moves, with %i edges', (edgeCount) => {
    const pairs = fc.array(fc.tuple(fc.nat({ max: NODES - 1 }), fc.nat({ max: NODES - 1 })), { minLength: edgeCount, maxLength: edgeCount });
    fc.assert(
      fc.property(pairs, fc.array(at, { minLength: NODES, maxLength: NODES }), moves, (ends, start, moved) => {
        const model = { nodes: start.map((_, v) => node(String(v))), edges: ends.map(([a, b], e) => edge(String(a), String(b), String(e))) };
        const places = new Map(start.map((place, v) => [String(v), place]));
        const cache = new GeometryCache();
        let kept = cache.geometryOf(model, (id) => places.get(id));
        for (const [v, place] of moved) {
          places.set(String(v), place);
          kept = cache.geometryOf(model, (id) => places.get(id));
        }
        const all = [...places.values()];
        expect(kept).toEqual(geometryOf(model, all.map(({ x }) => x), all.map(({ y }) => y)));
      }),
      { numRuns: 25, seed: 6 }
    );
  });
});
