import type { MapEdge, MapFigures, MapModel, MapNode, MapNodeKind } from './map-model';

/**
 * The map with each of these groups as one node, whose edges are those of its members to others. Counts add up; percentiles
 * of several services do not, so those of a group with several members are left out.
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
    edges: [...edges].map(([key, parallel]) => (parallel.length === 1 ? parallel[0] : { ...sumOf(parallel), id: key, source: parallel[0].source, target: parallel[0].target })),
  };
}

const MOST_EXEMPLARS = 10;

/** The id of the node that a collapsed group is drawn as. */
export const collapsedGroupId = (group: string): string => `group ${JSON.stringify(group)}`;

/** Calls of a group are those that enter it: what its members call among themselves is its own affair. */
function groupNode(group: string, nodes: readonly MapNode[], edges: readonly MapEdge[], groupOf: ReadonlyMap<string, string>): MapNode {
  const inner = sumOf(edges.filter(({ source, target }) => groupOf.get(source) === group && groupOf.get(target) === group));
  const all = sumOf(nodes);
  const kinds = new Set<MapNodeKind>(nodes.map(({ kind }) => kind));
  return {
    ...all,
    count: Math.max(0, all.count - inner.count),
    errorCount: Math.max(0, all.errorCount - inner.errorCount),
    id: collapsedGroupId(group),
    name: group,
    kind: kinds.size === 1 ? nodes[0].kind : 'service',
    group,
    memberCount: nodes.length,
  };
}

function sumOf(all: readonly MapFigures[]): MapFigures {
  return {
    ...(all.length === 1 ? { p50Ns: all[0].p50Ns, p95Ns: all[0].p95Ns, p99Ns: all[0].p99Ns } : {}),
    count: all.reduce((sum, { count }) => sum + count, 0),
    errorCount: all.reduce((sum, { errorCount }) => sum + errorCount, 0),
    exemplars: [...new Map(all.flatMap(({ exemplars = [] }) => exemplars.map((exemplar) => [exemplar.traceId, exemplar] as const))).values()].slice(0, MOST_EXEMPLARS),
  };
}
