/** What a map knows of its nodes and edges beside their figures: groups, shares of latency, intervals, changes. */
import { criticalPathShares } from '../analysis/critical-path-shares';
import type { GraphChange } from '../analysis/graph-difference';
import { groupColumn } from '../analysis/group-column';
import type { ServiceGraph, ServiceNode } from '../analysis/service-graph';
import type { TraceSet } from '../trace';
import type { EdgeIntervals } from './edge-intervals';

export interface NodeDetail {
  readonly group?: string;
  readonly change?: GraphChange;
}

export interface EdgeDetail extends EdgeIntervals {
  /** Of the end-to-end latency, what its calls are to blame for; in [0, 1]. */
  readonly share?: number;
  readonly change?: GraphChange;
  /** p95 in the earlier window. */
  readonly baselineP95Ns?: number;
}

export interface MapDetails {
  readonly nodeDetails: ReadonlyMap<string, NodeDetail>;
  readonly edgeDetails: ReadonlyMap<string, EdgeDetail>;
}

/**
 * @param intervals by edge id, of what are estimates
 * @param groupBy resource attribute; empty for none. Operations are then grouped by their services.
 */
export function tracedDetails({ nodes, edges }: ServiceGraph, traces: TraceSet, intervals: ReadonlyMap<string, EdgeIntervals>, groupBy: string): MapDetails {
  const groups = groupBy ? groupsOf(traces, groupBy) : new Map<string, string>();
  const groupOf = ({ kind, name, operation }: ServiceNode) => (kind === 'service' ? (groups.get(name) ?? (operation === undefined ? undefined : name)) : undefined);
  // Critical paths are added up by service: an operation's part of them is not known.
  const serviceOf = new Map(nodes.map(({ id, kind, name, operation }) => [id, kind === 'service' && operation === undefined ? name : undefined]));
  const shareOf = new Map(criticalPathShares(traces).edges.map(({ source, target, share }) => [JSON.stringify([source, target]), share]));
  return {
    nodeDetails: new Map(nodes.map((node) => [node.id, { group: groupOf(node) }])),
    edgeDetails: new Map(
      edges.map(({ id, source, target }) => [id, { share: shareOf.get(JSON.stringify([serviceOf.get(source), serviceOf.get(target)])), ...intervals.get(id) }])
    ),
  };
}

/** Service → the value that most of its spans have. */
function groupsOf(traces: TraceSet, key: string): Map<string, string> {
  const groups = groupsIn(traces, 'resource', key);
  // A search's answer has the resource attributes it was asked for among those of the spans.
  return groups.size > 0 ? groups : groupsIn(traces, 'span', key);
}

function groupsIn(traces: TraceSet, scope: 'resource' | 'span', key: string): Map<string, string> {
  const { group, groups } = groupColumn(traces, { kind: 'attribute', scope, key });
  const { service, services } = traces.columns;
  const spanCounts = new Map<number, number>();
  for (let row = 0; row < group.length; row++) {
    const pair = service[row] * groups.length + group[row];
    spanCounts.set(pair, (spanCounts.get(pair) ?? 0) + 1);
  }
  const chosen = new Map<string, string>();
  for (const [pair] of [...spanCounts].sort(([, a], [, b]) => a - b)) {
    const name = groups[pair % groups.length].name;
    if (name) {
      chosen.set(services[Math.floor(pair / groups.length)], name);
    }
  }
  return chosen;
}
