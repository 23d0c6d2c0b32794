import fc from 'fast-check';
import { overlap } from '../spaces';
import { groupAt, groupBoxes } from './group-boxes';
import { groupedLayout } from './grouped-layout';
import { mapGeometry, mapTopology } from './map-geometry';
import type { MapModel } from './map-model';
import { topologyOf } from './stable-layout';

const grouped = fc.tuple(fc.array(fc.integer({ min: -1, max: 4 }), { minLength: 1, maxLength: 25 }), fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 50 })).map(
  ([groups, pairs]): MapModel => ({
    nodes: groups.map((group, v) => ({ id: `s${v}`, name: `s${v}`, kind: 'service', count: 1, errorCount: 0, ...(group < 0 ? {} : { group: `g${group}` }) })),
    edges: pairs.map(([a, b], e) => ({ id: String(e), source: `s${a % groups.length}`, target: `s${b % groups.length}`, count: 1, errorCount: 0 })),
  })
);

function drawn(model: MapModel) {
  const { ids, topology, groupOf } = topologyOf(model);
  const { x, y } = groupedLayout(topology, groupOf);
  const at = (places: Float64Array) => Float64Array.from(model.nodes, ({ id }) => places[ids.indexOf(id)]);
  const geometry = mapGeometry(mapTopology(model), at(x), at(y));
  return { geometry, boxes: groupBoxes(model, geometry) };
}

describe('groupedLayout', () => {
  it('keeps the boxes of groups apart, and strangers out of them', () => {
    fc.assert(
      fc.property(grouped, (model) => {
        const { geometry, boxes } = drawn(model);
        for (const { rect, group } of boxes) {
          const apart = (x: number, y: number, width: number, height: number) =>
            x >= rect.x + rect.width - 1e-6 || x + width <= rect.x + 1e-6 || y >= rect.y + rect.height - 1e-6 || y + height <= rect.y + 1e-6;
          expect(boxes.every((other) => other.group === group || apart(other.rect.x, other.rect.y, other.rect.width, other.rect.height))).toBe(true);
          model.nodes.forEach((node, v) => expect(node.group === group || apart(geometry.nodeX[v], geometry.nodeY[v], 0, 0)).toBe(true));
        }
      }),
      { seed: 31, numRuns: 150 }
    );
  });

  it('sets a long row of groups in bands, about as wide as a screen', () => {
    const model: MapModel = {
      nodes: Array.from({ length: 40 }, (_, v) => ({ id: `s${v}`, name: `s${v}`, kind: 'service', count: 1, errorCount: 0, group: `g${Math.floor(v / 4)}` })),
      edges: Array.from({ length: 39 }, (_, v) => ({ id: String(v), source: `s${v}`, target: `s${v + 1}`, count: 1, errorCount: 0 })),
    };
    const { boxes } = drawn(model);
    const extent = (least: 'x' | 'y', size: 'width' | 'height') => Math.max(...boxes.map(({ rect }) => rect[least] + rect[size])) - Math.min(...boxes.map(({ rect }) => rect[least]));
    const aspect = extent('x', 'width') / extent('y', 'height');
    expect(aspect).toBeGreaterThan(1);
    expect(aspect).toBeLessThan(4.5);
    expect(boxes.every((box, b) => boxes.slice(0, b).every((other) => !overlap(box.rect, other.rect)))).toBe(true);
  });

  it('finds a group by its header', () => {
    const model: MapModel = { nodes: [{ id: 'a', name: 'a', kind: 'service', count: 1, errorCount: 0, group: 'shop' }], edges: [] };
    const { boxes, geometry } = drawn(model);
    expect(groupAt(boxes, boxes[0].rect.x + 5, boxes[0].rect.y + 5)).toBe('shop');
    expect(groupAt(boxes, geometry.nodeX[0], geometry.nodeY[0])).toBeUndefined();
  });
});
