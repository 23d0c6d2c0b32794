/** Nodes and edges while they are counted: found by name or number, mergeable, finished into a ServiceGraph's lists. */
import { CallCounter } from './call-statistics';
import { DurationSketch } from './duration-sketch';
import type { EdgeKind, NodeKind, Provenance, ServiceEdge, ServiceNode } from './service-graph';

export interface NodeDraft {
  readonly id: string;
  readonly name: string;
  readonly kind: NodeKind;
  /** Counts nodes from 0. */
  readonly index: number;
  /** Calls that a service reported itself; virtual nodes have none. */
  readonly calls: CallCounter;
  /** Edges from here, by target and kind. */
  readonly out: Map<number, EdgeDraft>;
}

export class EdgeDraft {
  provenance: Provenance = 'internal';
  readonly calls = new CallCounter();
  /** Durations of the calling spans, where the called ones are counted in `calls`. */
  readonly callerDurations = new DurationSketch();
  gapSumNs = 0;

  constructor(
    readonly source: NodeDraft,
    readonly target: NodeDraft,
    readonly kind: EdgeKind
  ) {}

  /** The strongest provenance of its calls is the edge's. */
  seen(provenance: Provenance): this {
    if (PROVENANCES.indexOf(provenance) > PROVENANCES.indexOf(this.provenance)) {
      this.provenance = provenance;
    }
    return this;
  }

  merge(other: EdgeDraft): void {
    this.seen(other.provenance);
    this.calls.merge(other.calls);
    this.callerDurations.merge(other.callerDurations);
    this.gapSumNs += other.gapSumNs;
  }
}

const PROVENANCES: readonly Provenance[] = ['internal', 'server', 'client', 'both'];
const EDGE_KINDS: readonly EdgeKind[] = ['call', 'messaging', 'database', 'link'];

export class ServiceGraphDraft {
  private readonly nodes = new Map<string, NodeDraft>();

  node(kind: NodeKind, name: string): NodeDraft {
    const id = nodeId(kind, name);
    let node = this.nodes.get(id);
    if (node === undefined) {
      node = { id, name, kind, index: this.nodes.size, calls: new CallCounter(), out: new Map() };
      this.nodes.set(id, node);
    }
    return node;
  }

  edge(source: NodeDraft, target: NodeDraft, kind: EdgeKind): EdgeDraft {
    const key = EDGE_KINDS.length * target.index + EDGE_KINDS.indexOf(kind);
    let edge = source.out.get(key);
    if (edge === undefined) {
      source.out.set(key, (edge = new EdgeDraft(source, target, kind)));
    }
    return edge;
  }

  /**
   * Adds the other's counts. An external peer that has the name of an instrumented service is that service: what called it
   * is drawn there, but is not counted among the calls that the service itself reported.
   */
  merge(other: ServiceGraphDraft): this {
    const mapped = (node: NodeDraft) => (other.isAlias(node) || this.isAlias(node) ? this.node('service', node.name) : this.node(node.kind, node.name));
    for (const node of other.nodes.values()) {
      mapped(node).calls.merge(node.calls);
      for (const edge of node.out.values()) {
        this.edge(mapped(node), mapped(edge.target), edge.kind).merge(edge);
      }
    }
    return this;
  }

  /** The lists of a graph, sorted by id. */
  lists(): { nodes: ServiceNode[]; edges: ServiceEdge[] } {
    const nodes = [...this.nodes.values()];
    const edges = nodes.flatMap(({ out }) => [...out.values()]);
    // Services report their own calls; of virtual nodes all that is known is who called them. Copies: a draft may be added to later.
    const received = nodes.map(({ calls }) => new CallCounter().merge(calls));
    for (const { target, calls } of edges) {
      if (target.kind !== 'service') {
        received[target.index].merge(calls);
      }
    }
    return {
      nodes: nodes.map((node) => finishNode(node, received[node.index])).sort(byId),
      edges: edges.map(finishEdge).sort(byId),
    };
  }

  private isAlias({ kind, name }: NodeDraft): boolean {
    return kind === 'external' && this.nodes.has(nodeId('service', name));
  }
}

function finishNode({ id, name, kind }: NodeDraft, calls: CallCounter): ServiceNode {
  return { id, name, kind, instrumented: kind === 'service', calls: calls.statistics() };
}

function finishEdge({ source, target, kind, provenance, calls, callerDurations, gapSumNs }: EdgeDraft): ServiceEdge {
  const pairs = callerDurations.count;
  return {
    id: `${source.id}→${target.id}/${kind}`,
    source: source.id,
    target: target.id,
    kind,
    provenance,
    calls: calls.statistics(),
    caller:
      pairs === 0
        ? undefined
        : {
            count: pairs,
            meanNs: callerDurations.meanNs,
            p50Ns: callerDurations.quantile(0.5),
            p95Ns: callerDurations.quantile(0.95),
            p99Ns: callerDurations.quantile(0.99),
          },
    gapMeanNs: pairs === 0 ? undefined : gapSumNs / pairs,
    selfCall: source === target,
  };
}

/** Services and virtual nodes may have the same name: the kind keeps their ids apart. */
function nodeId(kind: NodeKind, name: string): string {
  return kind === 'service' ? name : `${kind}:${name}`;
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
