/** Nodes and edges while they are counted: found by name or number, mergeable, finished into a ServiceGraph's lists. */
import { CallCounter } from './call-statistics';
import { DurationSketch } from './duration-sketch';
import { PairIndex } from './pair-index';
import type { EdgeKind, NodeKind, Provenance, ServiceEdge, ServiceNode } from './service-graph';

export interface NodeDraft {
  readonly id: string;
  readonly name: string;
  readonly kind: NodeKind;
  readonly operation: string | undefined;
  /** Of a group, the services met in it. */
  readonly services: Set<string> | undefined;
  /** Counts nodes from 0. */
  readonly index: number;
  /** Calls that arrived, as the service reported them itself; virtual nodes have none. */
  readonly calls: CallCounter;
  /** Roots by which the service called others: nothing arrived there. */
  readonly starts: CallCounter;
}

/** What a call rests on, from the weakest to the strongest; bits: the called and the calling side. */
export const Strength = { internal: 0, server: 1, client: 2, both: 3 } as const;
const PROVENANCES: readonly Provenance[] = ['internal', 'server', 'client', 'both'];

export class EdgeDraft {
  /** What the strongest of its calls rests on: one of Strength. */
  strength: number = Strength.internal;
  readonly calls = new CallCounter();
  /** Durations of the calling spans, where the called ones are counted in `calls`. */
  readonly callerDurations = new DurationSketch();
  gapSumNs = 0;

  constructor(
    readonly source: NodeDraft,
    readonly target: NodeDraft,
    readonly kind: EdgeKind
  ) {}

  /** Notes what one of its calls rests on. */
  seen(strength: number): this {
    this.strength = Math.max(this.strength, strength);
    return this;
  }

  merge(other: EdgeDraft): void {
    this.seen(other.strength);
    this.calls.merge(other.calls);
    this.callerDurations.merge(other.callerDurations);
    this.gapSumNs += other.gapSumNs;
  }
}

export const EdgeKindNumber = { call: 0, messaging: 1, database: 2, link: 3 } as const satisfies Record<EdgeKind, number>;
const EDGE_KINDS: readonly EdgeKind[] = ['call', 'messaging', 'database', 'link'];

export class ServiceGraphDraft {
  /** By their index. */
  readonly edges: EdgeDraft[] = [];
  /** By source, target and kind. */
  private readonly edgeNumbers = new PairIndex();
  private readonly nodes = new Map<string, NodeDraft>();
  /** The nodes that stand for an instrumented service, by its name. */
  private readonly homes = new Map<string, Set<NodeDraft>>();

  /** A service, or one of its operations. */
  service(name: string, operation?: string): NodeDraft {
    const id = operation === undefined ? serviceId(name) : `operation:${JSON.stringify([name, operation])}`;
    return this.settle(this.nodeOf(id, name, 'service', operation), name);
  }

  /** The group of services that `service` is one of. */
  group(name: string, service: string): NodeDraft {
    const node = this.nodeOf(`group:${name}`, name, 'service', undefined, new Set());
    node.services?.add(service);
    return this.settle(node, service);
  }

  /** What sends no spans. */
  virtual(kind: Exclude<NodeKind, 'service'>, name: string): NodeDraft {
    return this.nodeOf(`${kind}:${name}`, name, kind);
  }

  /** The node that another draft's stands for. */
  same({ name, kind, operation, services }: NodeDraft): NodeDraft {
    if (services !== undefined) {
      return [...services].map((service) => this.group(name, service))[0];
    }
    return kind === 'service' ? this.service(name, operation) : this.virtual(kind, name);
  }

  edge(source: NodeDraft, target: NodeDraft, kind: EdgeKind): EdgeDraft {
    return this.edges[this.edgeNumber(source, target, EdgeKindNumber[kind])];
  }

  /** The edge's index; it is added if it is new. @param kind an EdgeKindNumber */
  edgeNumber(source: NodeDraft, target: NodeDraft, kind: number): number {
    const number = this.edgeNumbers.numberOf(source.index, EDGE_KINDS.length * target.index + kind);
    if (number === this.edges.length) {
      this.edges.push(new EdgeDraft(source, target, EDGE_KINDS[kind]));
    }
    return number;
  }

  /**
   * Adds the other's counts. An external peer that has the name of an instrumented service is that service: what called it
   * is drawn there, but is not counted among the calls that the service itself reported.
   */
  merge(other: ServiceGraphDraft): this {
    const mapped = (node: NodeDraft) => this.same(other.home(node) ?? this.home(node) ?? node);
    for (const node of other.nodes.values()) {
      mapped(node).calls.merge(node.calls);
      mapped(node).starts.merge(node.starts);
    }
    for (const edge of other.edges) {
      this.edge(mapped(edge.source), mapped(edge.target), edge.kind).merge(edge);
    }
    return this;
  }

  /** The lists of a graph, sorted by id. */
  lists(): { nodes: ServiceNode[]; edges: ServiceEdge[] } {
    const nodes = [...this.nodes.values()];
    // Services report their own calls; of other nodes all that is known is who called them, and of who is never called what it
    // starts. A draft may be added to later: what its nodes count stays as it is.
    const received = nodes.map(({ calls }) => (calls.count > 0 ? calls : new CallCounter()));
    for (const { target, calls } of this.edges) {
      if (target.calls.count === 0) {
        received[target.index].merge(calls);
      }
    }
    return {
      nodes: nodes.map((node) => finishNode(node, received[node.index].count > 0 ? received[node.index] : node.starts)).sort(byId),
      edges: this.edges.map(finishEdge).sort(byId),
    };
  }

  private nodeOf(id: string, name: string, kind: NodeKind, operation?: string, services?: Set<string>): NodeDraft {
    let node = this.nodes.get(id);
    if (node === undefined) {
      node = { id, name, kind, operation, services, index: this.nodes.size, calls: new CallCounter(), starts: new CallCounter() };
      this.nodes.set(id, node);
    }
    return node;
  }

  private settle(node: NodeDraft, service: string): NodeDraft {
    const known = this.homes.get(service);
    if (known === undefined) {
      this.homes.set(service, new Set([node]));
    } else {
      known.add(node);
    }
    return node;
  }

  /**
   * Where the instrumented service is drawn that an external peer is: in its group if it is in one only; of operations, which
   * of them was called is not known, as the service itself.
   */
  private home({ kind, name }: NodeDraft): NodeDraft | undefined {
    const homes = [...((kind === 'external' && this.homes.get(name)) || [])];
    if (homes.some(({ services }) => services !== undefined)) {
      return homes.length === 1 ? homes[0] : undefined;
    }
    return homes.length === 0 ? undefined : this.service(name);
  }
}

function finishNode({ id, name, kind, operation, services }: NodeDraft, calls: CallCounter): ServiceNode {
  return {
    id,
    name,
    kind,
    ...(operation !== undefined && { operation }),
    ...(services !== undefined && { services: [...services].sort() }),
    instrumented: kind === 'service',
    calls: calls.statistics(),
  };
}

function finishEdge({ source, target, kind, strength, calls, callerDurations, gapSumNs }: EdgeDraft): ServiceEdge {
  const pairs = callerDurations.count;
  return {
    id: `${source.id}→${target.id}/${kind}`,
    source: source.id,
    target: target.id,
    kind,
    provenance: PROVENANCES[strength],
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

/** A service's id is its name, so that it is easily linked to; one that looks like another kind's id is marked. */
function serviceId(name: string): string {
  return /^(user|database|messaging|external|operation|group|service):/.test(name) ? `service:${name}` : name;
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
