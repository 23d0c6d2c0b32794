import { DurationSketch } from '../../analysis/duration-sketch';
import { isCounted, type Interval, type MapEdge, type MapFigures, type MapModel, type MapNode, type MapNodeKind } from './map-model';

/**
 * The map with each of these groups as one node, whose edges are those of its members to others. Counts add up; percentiles
 * do not: they are those of all durations together, and left out where these are not known.
 */
export function collapseGroups(model: MapModel, collapsed: ReadonlySet<string>): MapModel {
  const groupOf = new Map<string, string>();
  const members = new Map<string, MapNode[]>();
  for (const node of model.nodes) {
    if (node.group !== undefined && collapsed.has(node.group)) {
      groupOf.set(node.id, node.group);
      members.set(node.group, [...(members.get(node.group) ?? []), node]);
    }
  }
  if (members.size === 0) {
    return model;
  }
  const idOf = (id: string) => {
    const group = groupOf.get(id);
    return group === undefined ? id : collapsedGroupId(group);
  };
  const edges = new Map<string, MapEdge[]>();
  for (const edge of model.edges) {
    const [source, target] = [idOf(edge.source), idOf(edge.target)];
    const isInside = source === target && groupOf.has(edge.source);
    const key = groupOf.has(edge.source) || groupOf.has(edge.target) ? JSON.stringify([source, target]) : JSON.stringify(edge.id);
    if (!isInside) {
      edges.set(key, [...(edges.get(key) ?? []), { ...edge, source, target }]);
    }
  }
  return {
    nodes: [...model.nodes.filter(({ id }) => !groupOf.has(id)), ...[...members].map(([group, nodes]) => groupNode(group, nodes, model.edges, groupOf))],
    edges: [...edges].map(([id, parallel]) => (parallel.length === 1 ? parallel[0] : jointEdge(id, parallel))),
  };
}

const MOST_EXEMPLARS = 10;

/** The id of the node that a collapsed group is drawn as. */
export const collapsedGroupId = (group: string): string => `group ${JSON.stringify(group)}`;

/**
 * Calls of a group are those that enter it: what its members call among themselves is its own affair. Its percentiles are
 * those of the calls that enter, where all of these are seen on connections.
 */
function groupNode(group: string, nodes: readonly MapNode[], edges: readonly MapEdge[], groupOf: ReadonlyMap<string, string>): MapNode {
  const isMember = (id: string) => groupOf.get(id) === group;
  const inner = sumOf(edges.filter(({ source, target }) => isMember(source) && isMember(target)));
  const entering = edges.filter(({ source, target }) => !isMember(source) && isMember(target));
  const all = sumOf(nodes);
  const count = Math.max(0, all.count - inner.count);
  const kinds = new Set<MapNodeKind>(nodes.map(({ kind }) => kind));
  return {
    ...all,
    ...(inner.count > 0 ? NO_DURATIONS : {}),
    ...(inner.count > 0 && sumOf(entering).count === count ? jointDurations(entering) : {}),
    count,
    errorCount: Math.max(0, all.errorCount - inner.errorCount),
    id: collapsedGroupId(group),
    name: group,
    kind: kinds.size === 1 ? nodes[0].kind : 'service',
    group,
    memberCount: nodes.length,
  };
}

const jointEdge = (id: string, parallel: readonly MapEdge[]): MapEdge => {
  const { source, target } = parallel[0];
  const shares = parallel.flatMap(({ share }) => (share === undefined ? [] : [share]));
  const share = shares.length > 0 ? shares.reduce((sum, part) => sum + part) : undefined;
  return { ...sumOf(parallel), share, countInterval: jointInterval(parallel), id, source, target };
};

/** Of the calls together; wider than need be, because it takes all of them to be far off the same way. */
function jointInterval(edges: readonly MapEdge[]): Interval | undefined {
  if (edges.every(({ countInterval }) => countInterval === undefined)) {
    return undefined;
  }
  return {
    low: edges.reduce((sum, { count, countInterval }) => sum + (countInterval?.low ?? count), 0),
    high: edges.reduce((sum, { count, countInterval }) => sum + (countInterval?.high ?? count), 0),
  };
}

type Durations = Pick<MapFigures, 'p50Ns' | 'p95Ns' | 'p99Ns' | 'durations'>;
const NO_DURATIONS: Durations = { p50Ns: undefined, p95Ns: undefined, p99Ns: undefined, durations: undefined };

/** Of all calls together; nothing where those of some are not known. */
function jointDurations(all: readonly MapFigures[]): Durations {
  const called = all.filter(({ count }) => count > 0);
  if (called.length === 1) {
    const { p50Ns, p95Ns, p99Ns, durations } = called[0];
    return { p50Ns, p95Ns, p99Ns, durations };
  }
  const sketches = called.flatMap(({ durations }) => (durations ? [DurationSketch.ofData(durations)] : []));
  if (sketches.length === 0 || sketches.length < called.length) {
    return NO_DURATIONS;
  }
  const joint = sketches.reduce((sum, sketch) => sum.merge(sketch));
  return { p50Ns: joint.quantile(0.5), p95Ns: joint.quantile(0.95), p99Ns: joint.quantile(0.99), durations: joint.toData() };
}

function sumOf(all: readonly MapFigures[]): MapFigures {
  return {
    ...jointDurations(all),
    // Words do not add up.
    label: all.length > 0 && !all.some(isCounted) ? '' : undefined,
    ...(all.some(({ countsErrors }) => countsErrors === false) ? { countsErrors: false } : {}),
    count: all.reduce((sum, { count }) => sum + count, 0),
    errorCount: all.reduce((sum, { errorCount }) => sum + errorCount, 0),
    exemplars: [...new Map(all.flatMap(({ exemplars = [] }) => exemplars.map((exemplar) => [exemplar.traceId, exemplar] as const))).values()].slice(0, MOST_EXEMPLARS),
  };
}
