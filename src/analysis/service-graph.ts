/**
 * The service graph of any number of traces: who calls whom, how often, how long, with what errors. Mergeable and
 * incremental: add sets as they arrive.
 *
 * A call is drawn from the pair of a client (producer) span and its server (consumer) child; a child of another service
 * without such a pair counts too. A client nobody answers calls a virtual peer (see peer.ts); a root server is called by
 * `user`.
 */
import { NO_PARENT, Repair, SpanKind, type TraceSet } from '../trace';
import { CallCounter, type CallStatistics } from './call-statistics';
import { peerOf, type PeerKind } from './peer';

export type NodeKind = 'service' | 'user' | PeerKind;
export type EdgeKind = 'call' | 'messaging' | 'database' | 'link';
/** What an edge rests on: spans of both sides, of one side only, or a change of service inside a span's children. */
export type Provenance = 'both' | 'client' | 'server' | 'internal';

export interface ServiceNode {
  readonly id: string;
  readonly name: string;
  readonly kind: NodeKind;
  /** False for virtual nodes: peers that send no spans, and the user. */
  readonly instrumented: boolean;
  /** Calls that arrive here. */
  readonly calls: CallStatistics;
}

export interface ServiceEdge {
  readonly id: string;
  /** Node ids. */
  readonly source: string;
  readonly target: string;
  readonly kind: EdgeKind;
  readonly provenance: Provenance;
  readonly calls: CallStatistics;
  /** Mean of client duration − server duration, where both were seen: network and queueing. */
  readonly gapMeanNs: number | undefined;
  readonly selfCall: boolean;
}

export interface ServiceGraph {
  readonly nodes: readonly ServiceNode[];
  readonly edges: readonly ServiceEdge[];
  readonly traceCount: number;
  readonly spanCount: number;
}

interface NodeDraft {
  readonly id: string;
  readonly name: string;
  readonly kind: NodeKind;
  readonly calls: CallCounter;
}

interface EdgeDraft {
  readonly source: NodeDraft;
  readonly target: NodeDraft;
  readonly kind: EdgeKind;
  provenance: Provenance;
  readonly calls: CallCounter;
  gapSumNs: number;
  gapCount: number;
}

export function serviceGraph(set: TraceSet): ServiceGraph {
  return new ServiceGraphBuilder().add(set).finish();
}

export class ServiceGraphBuilder {
  private readonly nodes = new Map<string, NodeDraft>();
  private readonly edges = new Map<string, EdgeDraft>();
  private traceCount = 0;
  private spanCount = 0;

  add(set: TraceSet): this {
    const { parent, service, kind, repair } = set.columns;
    const answered = new Uint8Array(set.spanCount);
    const services = set.columns.services.map((name): NodeDraft | undefined => this.nodes.get(nodeId('service', name)));
    const nodeOf = (row: number) => (services[service[row]] ??= this.node('service', set.service(row)));
    for (let row = 0; row < set.spanCount; row++) {
      const up = parent[row];
      const serving = kind[row] === SpanKind.server || kind[row] === SpanKind.consumer;
      const node = nodeOf(row);
      if (up === NO_PARENT) {
        if (kind[row] === SpanKind.server && (repair[row] & Repair.missingParent) === 0) {
          this.call(this.node('user', 'user'), node, 'call', 'server').calls.add(set, row);
          node.calls.add(set, row);
        }
        continue;
      }
      const calling = kind[up] === SpanKind.client || kind[up] === SpanKind.producer;
      if ((serving && calling) || service[row] !== service[up]) {
        const edge = this.call(nodeOf(up), node, kind[row] === SpanKind.consumer ? 'messaging' : 'call', serving && calling ? 'both' : 'internal');
        edge.calls.add(set, row, calling && set.columns.status[up] === 2);
        node.calls.add(set, row);
        if (calling) {
          answered[up] = 1;
          edge.gapSumNs += set.columns.durationNs[up] - set.columns.durationNs[row];
          edge.gapCount++;
        }
      }
    }
    for (let row = 0; row < set.spanCount; row++) {
      if (answered[row] === 0 && (kind[row] === SpanKind.client || kind[row] === SpanKind.producer)) {
        const peer = peerOf(set, row);
        const target = this.node(peer.kind, peer.name);
        this.call(nodeOf(row), target, peer.kind === 'external' ? 'call' : peer.kind, 'client').calls.add(set, row);
        target.calls.add(set, row);
      }
    }
    this.traceCount += set.traceCount;
    this.spanCount += set.spanCount;
    return this;
  }

  finish(): ServiceGraph {
    return {
      nodes: [...this.nodes.values()].map(({ id, name, kind, calls }) => ({ id, name, kind, instrumented: kind === 'service', calls: calls.statistics() })),
      edges: [...this.edges].map(([id, { source, target, kind, provenance, calls, gapSumNs, gapCount }]) => ({
        id, source: source.id, target: target.id, kind, provenance, calls: calls.statistics(),
        gapMeanNs: gapCount === 0 ? undefined : gapSumNs / gapCount, selfCall: source === target,
      })),
      traceCount: this.traceCount,
      spanCount: this.spanCount,
    };
  }

  private node(kind: NodeKind, name: string): NodeDraft {
    const id = nodeId(kind, name);
    let node = this.nodes.get(id);
    if (node === undefined) {
      this.nodes.set(id, (node = { id, name, kind, calls: new CallCounter() }));
    }
    return node;
  }

  private call(source: NodeDraft, target: NodeDraft, kind: EdgeKind, provenance: Provenance): EdgeDraft {
    const id = `${source.id}→${target.id}/${kind}`;
    let edge = this.edges.get(id);
    if (edge === undefined) {
      this.edges.set(id, (edge = { source, target, kind, provenance, calls: new CallCounter(), gapSumNs: 0, gapCount: 0 }));
    }
    if (provenance === 'both') {
      edge.provenance = 'both';
    }
    return edge;
  }
}

/** Services and virtual nodes may have the same name: the kind keeps their ids apart. */
function nodeId(kind: NodeKind, name: string): string {
  return kind === 'service' ? name : `${kind}:${name}`;
}
