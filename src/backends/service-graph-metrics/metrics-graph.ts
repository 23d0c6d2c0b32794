/** Edges as service-graph metrics count them → the same service graph that traces give. */
import type { CallStatistics } from '../../analysis/call-statistics';
import { kindOfName } from '../../analysis/kind-of-name';
import type { EdgeKind, NodeKind, Provenance, ServiceEdge, ServiceGraph, ServiceNode } from '../../analysis/service-graph';
import { LatencyBuckets } from './latency-buckets';

/** Labels of one edge. */
export interface EdgeLabels {
  readonly client: string;
  readonly server: string;
  /** '' for a call seen from both sides, else `database`, `messaging_system` or `virtual_node`. */
  readonly connectionType: string;
  /** Which side sends no spans, where the generator was told to say so: `client` or `server`. */
  readonly virtualSide: string;
}

export interface CountedEdge extends EdgeLabels {
  count: number;
  errorCount: number;
  /** As the server saw the calls, and as the client did. */
  readonly serverSeconds: LatencyBuckets;
  readonly clientSeconds: LatencyBuckets;
}

/** The name that generators give to the unseen caller of a root server span. */
const USER = 'user';

/** @param edges in any order, each pair of ends and connection type once */
export function graphOfMetrics(edges: readonly CountedEdge[]): ServiceGraph {
  const instrumented = instrumentedServices(edges);
  const nodes = new Map<string, NodeDraft>();
  const node = (kind: NodeKind, name: string): NodeDraft => {
    const id = kind === 'service' ? name : `${kind}:${name}`;
    const found = nodes.get(id) ?? { id, name, kind, count: 0, errorCount: 0, seconds: new LatencyBuckets() };
    nodes.set(id, found);
    return found;
  };
  const drawn = edges.map((edge): ServiceEdge => {
    const ends = endsOf(edge, instrumented);
    const source = node(ends.sourceKind, edge.client);
    const target = node(ends.targetKind, edge.server);
    // Whoever sends no spans is counted with durations of 0.
    const seconds = ends.provenance === 'client' && edge.connectionType !== 'database' ? edge.clientSeconds : edge.serverSeconds;
    target.count += edge.count;
    target.errorCount += edge.errorCount;
    target.seconds.merge(seconds);
    return edgeOf(edge, source.id, target.id, ends, seconds);
  });
  return {
    nodes: [...nodes.values()].map(nodeOf).sort(byId),
    edges: mergeSame(drawn).sort(byId),
    traceCount: 0,
    spanCount: 0,
  };
}

interface NodeDraft {
  readonly id: string;
  readonly name: string;
  readonly kind: NodeKind;
  count: number;
  errorCount: number;
  readonly seconds: LatencyBuckets;
}

interface Ends {
  readonly sourceKind: NodeKind;
  readonly targetKind: NodeKind;
  readonly kind: EdgeKind;
  readonly provenance: Provenance;
}

/** Names that are on the reporting side of some edge. */
function instrumentedServices(edges: readonly CountedEdge[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const edge of edges) {
    if (!isVirtualClient(edge)) {
      names.add(edge.client);
    }
    if (edge.connectionType === '' || edge.connectionType === 'messaging_system' || isVirtualClient(edge)) {
      names.add(edge.server);
    }
  }
  return names;
}

const isVirtualClient = ({ connectionType, virtualSide, client }: EdgeLabels): boolean =>
  connectionType === 'virtual_node' && (virtualSide === 'client' || (virtualSide === '' && client === USER));

function endsOf(edge: EdgeLabels, instrumented: ReadonlySet<string>): Ends {
  const peerKind = (name: string, kind: NodeKind): NodeKind => (instrumented.has(name) ? 'service' : kind);
  if (isVirtualClient(edge)) {
    const sourceKind = edge.client === USER ? 'user' : peerKind(edge.client, 'external');
    return { sourceKind, targetKind: 'service', kind: 'call', provenance: 'server' };
  }
  switch (edge.connectionType) {
    case 'database':
      return { sourceKind: 'service', targetKind: 'database', kind: 'database', provenance: 'client' };
    case 'virtual_node':
      return { sourceKind: 'service', targetKind: peerKind(edge.server, kindOfName(edge.server) ?? 'external'), kind: 'call', provenance: 'client' };
    case 'messaging_system':
      return { sourceKind: 'service', targetKind: 'service', kind: 'messaging', provenance: 'both' };
    default:
      return { sourceKind: 'service', targetKind: 'service', kind: 'call', provenance: 'both' };
  }
}

function edgeOf(edge: CountedEdge, source: string, target: string, { kind, provenance }: Ends, seconds: LatencyBuckets): ServiceEdge {
  const { clientSeconds, serverSeconds } = edge;
  const isBoth = provenance === 'both' && clientSeconds.count > 0;
  const [clientNs, serverNs] = [clientSeconds.meanNs, serverSeconds.meanNs];
  return {
    id: `${source}→${target}/${kind}`,
    source,
    target,
    kind,
    provenance,
    calls: statistics(edge.count, edge.errorCount, seconds),
    caller: isBoth ? { count: Math.round(clientSeconds.count), ...durations(clientSeconds) } : undefined,
    gapMeanNs: isBoth && clientNs !== undefined && serverNs !== undefined ? clientNs - serverNs : undefined,
    selfCall: source === target,
  };
}

/** A virtual server may have the name of a service that others were measured to call: the measured edge stays. */
function mergeSame(edges: readonly ServiceEdge[]): ServiceEdge[] {
  const byEdge = new Map<string, ServiceEdge>();
  for (const edge of edges) {
    const known = byEdge.get(edge.id);
    if (known === undefined) {
      byEdge.set(edge.id, edge);
      continue;
    }
    const strong = known.provenance === 'both' ? known : edge;
    const calls = { ...strong.calls, count: known.calls.count + edge.calls.count, errorCount: known.calls.errorCount + edge.calls.errorCount };
    byEdge.set(edge.id, { ...strong, calls });
  }
  return [...byEdge.values()];
}

const nodeOf = ({ id, name, kind, count, errorCount, seconds }: NodeDraft): ServiceNode => ({
  id,
  name,
  kind,
  instrumented: kind === 'service',
  calls: statistics(count, errorCount, seconds),
});

const statistics = (count: number, errorCount: number, seconds: LatencyBuckets): CallStatistics => ({ count, errorCount, ...durations(seconds), exemplars: [] });

const durations = (seconds: LatencyBuckets) => ({
  meanNs: seconds.meanNs,
  p50Ns: seconds.quantileNs(0.5),
  p95Ns: seconds.quantileNs(0.95),
  p99Ns: seconds.quantileNs(0.99),
});

const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
