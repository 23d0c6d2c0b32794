import type { MapModel } from '../../drawing/graph/map-model';
import { findInMap, narrowMap, problemOf } from './narrow-map';

const node = (name: string, errorCount = 0) => ({ id: name, name, kind: 'service' as const, count: 100, errorCount, p95Ns: 5e6 });
const edge = (source: string, target: string, errorCount = 0) => ({ id: `${source}→${target}`, source, target, count: 100, errorCount, p95Ns: 5e6 });
const model: MapModel = {
  nodes: [node('web'), node('api', 5), node('db'), node('worker')],
  edges: [edge('web', 'api', 5), edge('api', 'db'), edge('worker', 'db')],
};
const names = ({ nodes }: MapModel) => nodes.map(({ name }) => name);

describe('narrowMap', () => {
  it('is the same map where nothing is asked', () => expect(narrowMap(model, { hide: '', focus: undefined }, 60)).toBe(model));

  it('does not take what is not counted for few calls', () => {
    const [web, ...others] = model.nodes;
    const uncounted = { ...model, nodes: [{ ...web, count: 0, label: '12 ms' }, ...others] };
    expect(narrowMap(uncounted, { hide: 'rate < 1000 or calls != 7', focus: undefined }, 60).nodes).toEqual([uncounted.nodes[0]]);
    const unfailed = { ...model, nodes: [{ ...web, countsErrors: false as const }, ...others] };
    expect(names(narrowMap(unfailed, { hide: 'failed < 100', focus: undefined }, 60))).toEqual(['web']);
  });

  it('hides what an expression matches, with its edges', () => {
    const narrowed = narrowMap(model, { hide: 'name = worker', focus: undefined }, 60);
    expect(names(narrowed)).toEqual(['web', 'api', 'db']);
    expect(narrowed.edges).toHaveLength(2);
  });

  it('keeps what is within hops up and down of the focus', () => {
    expect(names(narrowMap(model, { hide: '', focus: { nodeId: 'api', upHops: 1, downHops: 1 } }, 60))).toEqual(['web', 'api', 'db']);
    expect(names(narrowMap(model, { hide: '', focus: { nodeId: 'web', upHops: 1, downHops: 1 } }, 60))).toEqual(['web', 'api']);
    expect(names(narrowMap(model, { hide: '', focus: { nodeId: 'worker', upHops: 5, downHops: 5 } }, 60))).toEqual(['db', 'worker']);
  });

  it('counts hops up and down apart', () => {
    expect(names(narrowMap(model, { hide: '', focus: { nodeId: 'api', upHops: 0, downHops: Infinity } }, 60))).toEqual(['api', 'db']);
    expect(names(narrowMap(model, { hide: '', focus: { nodeId: 'db', upHops: Infinity, downHops: 0 } }, 60))).toEqual(['web', 'api', 'db', 'worker']);
  });

  it('forgets a focus that is gone', () => expect(names(narrowMap(model, { hide: '', focus: { nodeId: 'gone', upHops: 1, downHops: 1 } }, 60))).toEqual(names(model)));
});

describe('findInMap', () => {
  it('finds nodes, and edges with their ends', () => {
    expect(findInMap(model, 'errors > 1%', 60)).toEqual({ nodes: new Set([0, 1]), edges: new Set([0]) });
  });

  it('finds nothing in particular while the expression is empty or half typed', () => {
    expect(findInMap(model, '', 60)).toBeUndefined();
    expect(findInMap(model, 'errors >', 60)).toBeUndefined();
    expect(problemOf('errors >')).toBeDefined();
    expect(problemOf('errors > 1%')).toBeUndefined();
  });
});
