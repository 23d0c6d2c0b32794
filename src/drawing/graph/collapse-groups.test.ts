import { collapsedGroupId, collapseGroups } from './collapse-groups';
import type { MapModel } from './map-model';

const node = (id: string, group: string | undefined, count = 10) => ({ id, name: id, kind: 'service' as const, count, errorCount: 1, p95Ns: 5, ...(group === undefined ? {} : { group }) });
const edge = (source: string, target: string, count = 10) => ({ id: `${source}→${target}`, source, target, count, errorCount: 1 });

const model: MapModel = {
  nodes: [node('web', undefined), node('cart', 'shop'), node('pay', 'shop'), node('db', undefined)],
  edges: [edge('web', 'cart'), edge('web', 'pay', 5), edge('cart', 'pay', 4), edge('pay', 'db', 7), edge('web', 'db', 2)],
};

describe('collapseGroups', () => {
  it('makes one node of a group and joins its edges to others', () => {
    const shop = collapsedGroupId('shop');
    const { nodes, edges } = collapseGroups(model, new Set(['shop']));
    expect(nodes.map(({ id }) => id)).toEqual(['web', 'db', shop]);
    expect(edges.map(({ source, target, count }) => [source, target, count])).toEqual([
      ['web', shop, 15],
      [shop, 'db', 7],
      ['web', 'db', 2],
    ]);
  });

  it('counts what enters a group, not what it calls inside; percentiles do not add up', () => {
    const group = collapseGroups(model, new Set(['shop'])).nodes[2];
    expect(group).toMatchObject({ count: 16, errorCount: 1, memberCount: 2, name: 'shop' });
    expect(group.p95Ns).toBeUndefined();
  });

  it('leaves the map alone where nothing is collapsed', () => {
    expect(collapseGroups(model, new Set(['other']))).toBe(model);
  });
});
