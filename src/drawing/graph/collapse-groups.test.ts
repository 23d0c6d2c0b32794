import { DurationSketch } from '../../analysis/duration-sketch';
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

  it('counts what enters a group, not what it calls inside; without durations there are no percentiles', () => {
    const group = collapseGroups(model, new Set(['shop'])).nodes[2];
    expect(group).toMatchObject({ count: 16, errorCount: 1, memberCount: 2, name: 'shop' });
    expect(group.p95Ns).toBeUndefined();
  });

  const called = (durationsNs: readonly number[]) => {
    const sketch = durationsNs.reduce((sum, ns) => (sum.add(ns), sum), new DurationSketch());
    return { count: durationsNs.length, errorCount: 0, p50Ns: sketch.quantile(0.5), p95Ns: sketch.quantile(0.95), p99Ns: sketch.quantile(0.99), durations: sketch.toData() };
  };
  const shopOf = ({ nodes, edges }: MapModel) => {
    const collapsed = collapseGroups({ nodes, edges }, new Set(['shop']));
    return { group: collapsed.nodes.find(({ name }) => name === 'shop'), entering: collapsed.edges.find(({ target }) => target === collapsedGroupId('shop')) };
  };

  it('has the percentiles of all durations of its members together', () => {
    const [fast, slow] = [[1, 2, 3], [100, 200]];
    const { group, entering } = shopOf({
      nodes: [node('web', undefined), { ...node('cart', 'shop'), ...called(fast) }, { ...node('pay', 'shop'), ...called(slow) }],
      edges: [{ ...edge('web', 'cart'), ...called(fast) }, { ...edge('web', 'pay'), ...called(slow) }],
    });
    expect(group).toMatchObject(called([...fast, ...slow]));
    expect(entering).toMatchObject(called([...fast, ...slow]));
  });

  it('has those of the calls that enter where members call each other, and none where some enter unseen', () => {
    const nodes = [node('web', undefined), { ...node('cart', 'shop'), ...called([10, 20]) }, { ...node('pay', 'shop'), ...called([3]) }];
    const inner = { ...edge('cart', 'pay'), ...called([4]) };
    expect(shopOf({ nodes, edges: [{ ...edge('web', 'cart'), ...called([11, 21]) }, inner] }).group).toMatchObject(called([11, 21]));
    const unseen = shopOf({ nodes, edges: [{ ...edge('web', 'cart'), ...called([11]) }, inner] }).group;
    expect([unseen?.count, unseen?.p95Ns, unseen?.durations]).toEqual([2, undefined, undefined]);
  });

  it('keeps saying that counts are estimates where edges are joined', () => {
    const edges = [{ ...edge('web', 'cart', 10), countInterval: { low: 8, high: 13 } }, edge('web', 'pay', 5)];
    expect(shopOf({ nodes: model.nodes, edges }).entering?.countInterval).toEqual({ low: 13, high: 18 });
    expect(shopOf(model).entering?.countInterval).toBeUndefined();
  });

  it('adds up what joined edges are to blame for', () => {
    const edges = [{ ...edge('web', 'cart'), share: 0.25 }, { ...edge('web', 'pay'), share: 0.5 }];
    expect(shopOf({ nodes: model.nodes, edges }).entering?.share).toBe(0.75);
  });

  it('leaves the map alone where nothing is collapsed', () => {
    expect(collapseGroups(model, new Set(['other']))).toBe(model);
  });
});
