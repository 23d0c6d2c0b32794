/**
 * The service graph of any number of traces: who calls whom, how often, how long, with what errors. Mergeable and
 * incremental: add sets as they arrive, each trace in one set.
 *
 * A call is the pair of a client (producer) span and its server (consumer) child; a child of another service without such a
 * pair counts too, and says so in its provenance. A client that nobody answered calls a virtual peer (trace/peers.ts); of
 * nested ones only the outermost that names its peer. A root server was called by `user`. Span links are calls as well
 * (link-resolver.ts).
 */
import { NO_PARENT, Repair, SpanKind, StatusCode, UNKNOWN_PEER, type PeerKind, type TraceSet } from '../trace';
import type { CallStatistics } from './call-statistics';
import { CallsByEdge } from './calls-by-edge';
import { nodeOfRows, type GraphNodes, type NodeOf } from './graph-nodes';
import { LinkResolver } from './link-resolver';
import { EdgeKindNumber, ServiceGraphDraft, Strength, type NodeDraft } from './service-graph-draft';
import { isCalling, isServing, Role, spanRoles } from './span-roles';

export type { GraphNodes };
export type NodeKind = 'service' | 'user' | PeerKind;
export type EdgeKind = 'call' | 'messaging' | 'database' | 'link';
/** What an edge rests on: spans of both sides, of one side only, or a change of service inside a span's children. */
export type Provenance = 'both' | 'client' | 'server' | 'internal';

export interface ServiceNode {
  /** Unique and stable between graphs. */
  readonly id: string;
  /** Of the service, the group or the peer. */
  readonly name: string;
  readonly kind: NodeKind;
  /** At the level of operations, the operation of the service `name` that was called; undefined where that is not known. */
  readonly operation?: string;
  /** Of a group, the names of its services. */
  readonly services?: readonly string[];
  /** False for virtual nodes: peers that send no spans, and the user. */
  readonly instrumented: boolean;
  /** Calls that arrive here, roots included. A root that calls others is none, and counts only where nothing arrives at all. */
  readonly calls: CallStatistics;
}

export interface ServiceEdge {
  readonly id: string;
  /** Node ids. */
  readonly source: string;
  readonly target: string;
  readonly kind: EdgeKind;
  /** The strongest among its calls. */
  readonly provenance: Provenance;
  /** Durations and exemplars are of the called side, or of the calling one where nothing else was seen. Failed: either side. */
  readonly calls: CallStatistics;
  /** Durations as the caller saw them, of the calls seen from both sides. */
  readonly caller: Omit<CallStatistics, 'errorCount' | 'exemplars'> | undefined;
  /**
   * Where both sides were seen, the mean of client − server duration: network and queueing. For messages and links the mean
   * time from the end of the sending span to the start of the receiving one.
   */
  readonly gapMeanNs: number | undefined;
  readonly selfCall: boolean;
}

export interface ServiceGraph {
  // Sorted by id.
  readonly nodes: readonly ServiceNode[];
  readonly edges: readonly ServiceEdge[];
  readonly traceCount: number;
  readonly spanCount: number;
}

/** The graph of one set. */
export function serviceGraph(set: TraceSet, options?: GraphOptions): ServiceGraph {
  return new ServiceGraphBuilder(options?.nodes).add(set, options).finish();
}

export interface SetOptions {
  /**
   * Traces whose spans are still arriving: who did not answer yet may answer, so that nothing is concluded from a missing
   * side. No `user` and no external peer is drawn for them; databases and queues, which send no spans, are.
   */
  readonly isArriving?: (trace: number) => boolean;
}

export interface GraphOptions extends SetOptions {
  /** What the nodes stand for; services by default. */
  readonly nodes?: GraphNodes;
}

type IsArriving = (trace: number) => boolean;

export class ServiceGraphBuilder {
  private readonly draft = new ServiceGraphDraft();
  private readonly calls = new CallsByEdge(this.draft.edges);
  private readonly links = new LinkResolver(this.draft);
  private traceCount = 0;
  private spanCount = 0;

  /** @param nodes what the nodes stand for; builders that are merged want the same */
  constructor(private readonly nodes: GraphNodes = { kind: 'service' }) {}

  add(set: TraceSet, { isArriving = () => false }: SetOptions = {}): this {
    const roles = spanRoles(set);
    const nodeOf = nodeOfRows(set, roles, this.nodes, this.draft);
    this.addEntries(set, roles, nodeOf, isArriving);
    this.addPeersAndLinks(set, roles, nodeOf, isArriving);
    this.traceCount += set.traceCount;
    this.spanCount += set.spanCount;
    return this;
  }

  /** Adds what another builder has counted; the other must not be used any more. */
  merge(other: ServiceGraphBuilder): this {
    other.calls.flush();
    this.draft.merge(other.draft);
    this.links.merge(other.links);
    this.traceCount += other.traceCount;
    this.spanCount += other.spanCount;
    return this;
  }

  /** The graph of what was added so far; more can be added afterwards. */
  finish(): ServiceGraph {
    this.calls.flush();
    const settled = new ServiceGraphDraft().merge(this.draft);
    this.links.addTopics(settled);
    return { ...settled.lists(), traceCount: this.traceCount, spanCount: this.spanCount };
  }

  private addEntries(set: TraceSet, roles: Uint8Array, nodeOf: NodeOf, isArriving: IsArriving): void {
    const { calls } = this;
    const { trace, parent, kind, repair, startNs, durationNs, status } = set.columns;
    let user: NodeDraft | undefined;
    for (let row = 0; row < roles.length; row++) {
      if ((roles[row] & Role.entry) === 0) {
        continue;
      }
      const up = parent[row];
      const node = nodeOf(row);
      if (up !== NO_PARENT) {
        const isMessage = kind[row] === SpanKind.consumer || kind[up] === SpanKind.producer;
        const edge = this.draft.edgeNumber(nodeOf(up), node, isMessage ? EdgeKindNumber.messaging : EdgeKindNumber.call);
        const served = isServing(kind[row]) ? Strength.server : Strength.internal;
        node.calls.judge(set, row);
        if (isCalling(kind[up])) {
          calls.add(edge, Strength.client | served, set, row, status[up] === StatusCode.error);
          calls.addCaller(edge, durationNs[up], isMessage ? startNs[row] - startNs[up] - durationNs[up] : durationNs[up] - durationNs[row]);
        } else {
          calls.add(edge, served, set, row);
        }
      } else if (kind[row] === SpanKind.server && (repair[row] & Repair.missingParent) === 0 && !isArriving(trace[row])) {
        user ??= this.draft.virtual('user', 'user');
        node.calls.judge(set, row);
        calls.add(this.draft.edgeNumber(user, node, EdgeKindNumber.call), Strength.server, set, row);
      } else {
        // A server whose parent is missing was called by someone we have not seen: no edge.
        (isCalling(kind[row]) ? node.starts : node.calls).add(set, row);
      }
    }
  }

  /** What only the spans' attributes and links tell. */
  private addPeersAndLinks(set: TraceSet, roles: Uint8Array, nodeOf: NodeOf, isArriving: IsArriving): void {
    const { trace, parent, kind, hasLinks } = set.columns;
    const { peer, peers } = set.peers();
    const { calls, links } = this;
    const nodes: NodeDraft[] = new Array(peers.length);
    const edgeKind = Uint8Array.from(peers, ({ kind }) => EdgeKindNumber[kind === 'external' ? 'call' : kind]);
    const isUnknown = Uint8Array.from(peers, ({ name }) => Number(name === UNKNOWN_PEER));
    /** 1 where the row's call, or that of a span of its service above it, is drawn to a virtual peer. */
    const drawn = new Uint8Array(roles.length);
    for (let row = 0; row < roles.length; row++) {
      const isUnanswered = isCalling(kind[row]) && (roles[row] & Role.answered) === 0;
      const isFirstConsumer = kind[row] === SpanKind.consumer && parent[row] === NO_PARENT;
      const isPart = (roles[row] & Role.entry) === 0 && drawn[parent[row]] === 1;
      if (isPart) {
        drawn[row] = 1;
      } else if (isUnanswered) {
        const called = peer[row];
        const mayAnswer = edgeKind[called] === EdgeKindNumber.call && isArriving(trace[row]);
        if (!mayAnswer && (isUnknown[called] === 0 || (roles[row] & Role.wrapper) === 0)) {
          drawn[row] = 1;
          if (kind[row] === SpanKind.producer) {
            links.addEnd(set, row, peers[called].name, nodeOf(row));
          } else {
            nodes[called] ??= this.draft.virtual(peers[called].kind, peers[called].name);
            calls.add(this.draft.edgeNumber(nodeOf(row), nodes[called], edgeKind[called]), Strength.client, set, row);
          }
        }
      } else if (isFirstConsumer) {
        links.addEnd(set, row, peers[peer[row]].name, nodeOf(row));
      }
      if (hasLinks) {
        links.addLinks(set, row, nodeOf(row));
      }
    }
    links.resolve(set, nodeOf);
  }
}
