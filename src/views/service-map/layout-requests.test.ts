import type { MapModel } from '../../drawing/graph/map-model';
import { LayoutRequests } from './layout-requests';

type Pair = readonly [string, string];

const mapOf = (nodes: ReadonlyArray<readonly [id: string, group?: string]>, edges: readonly Pair[], count = 1): MapModel => ({
  nodes: nodes.map(([id, group]) => ({ id, name: id, kind: 'service', group, count, errorCount: 0 })),
  edges: edges.map(([source, target]) => ({ id: `${source}→${target} ${count}`, source, target, count, errorCount: 0 })),
});

const NODES = [['web'], ['cart', 'shop'], ['db', 'shop']] as const;
const EDGES: readonly Pair[] = [['web', 'cart'], ['cart', 'db']];

describe('LayoutRequests', () => {
  it('keeps the request that runs when a refresh brings other figures of the same graph, in another order', () => {
    const requests = new LayoutRequests();
    const first = requests.requestFor(mapOf(NODES, EDGES), 'layered');
    expect(requests.requestFor(mapOf(NODES.toReversed(), EDGES.toReversed(), 7), 'layered')).toBe(first);
  });

  it.each<[string, MapModel]>([
    ['a node', mapOf([...NODES, ['mail']], EDGES)],
    ['an edge', mapOf(NODES, [...EDGES, ['web', 'db']])],
    ['the direction of an edge', mapOf(NODES, [['cart', 'web'], ['cart', 'db']])],
    ['a group', mapOf([['web'], ['cart', 'shop'], ['db', 'storage']], EDGES)],
  ])('asks anew where %s is different', (_, model) => {
    const requests = new LayoutRequests();
    const first = requests.requestFor(mapOf(NODES, EDGES), 'layered');
    expect(requests.requestFor(model, 'layered')).not.toBe(first);
  });

  it('asks anew for another kind of layout', () => {
    const requests = new LayoutRequests();
    const model = mapOf(NODES, EDGES);
    expect(requests.requestFor(model, 'force')).not.toBe(requests.requestFor(model, 'layered'));
  });

  it('does not mistake names for one another that look alike when they are joined', () => {
    const requests = new LayoutRequests();
    const first = requests.requestFor(mapOf([['a","b']], []), 'grid');
    expect(requests.requestFor(mapOf([['a', 'b']], []), 'grid')).not.toBe(first);
  });
});
