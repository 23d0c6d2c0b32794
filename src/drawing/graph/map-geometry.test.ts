import { mapBounds, mapGeometry, NODE_HEIGHT, NODE_WIDTH } from './map-geometry';
import type { MapModel } from './map-model';

const node = (id: string) => ({ id, name: id, kind: 'service' as const, count: 1, errorCount: 0 });
const edge = (source: string, target: string) => ({ id: `${source}→${target}`, source, target, count: 1, errorCount: 0 });

describe('mapBounds', () => {
  it('covers the cards and the loop of a call to itself', () => {
    const model: MapModel = { nodes: [node('a')], edges: [edge('a', 'a')] };
    const bounds = mapBounds(mapGeometry(model, Float64Array.of(100), Float64Array.of(50)));
    expect(bounds.x).toBe(100 - NODE_WIDTH / 2);
    expect(bounds.y).toBeLessThan(50 - NODE_HEIGHT / 2);
    expect(bounds.y + bounds.height).toBe(50 + NODE_HEIGHT / 2);
  });

  it('is empty for an empty map', () => {
    expect(mapBounds(mapGeometry({ nodes: [], edges: [] }, new Float64Array(), new Float64Array()))).toEqual({ x: 0, y: 0, width: 0, height: 0 });
  });
});

describe('mapGeometry', () => {
  it('refuses an edge whose end is not on the map', () => {
    expect(() => mapGeometry({ nodes: [node('a')], edges: [edge('a', 'gone')] }, Float64Array.of(0), Float64Array.of(0))).toThrow(/gone/);
  });
});
