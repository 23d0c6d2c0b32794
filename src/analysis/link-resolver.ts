/**
 * Calls across traces: a span link is a call from the linked span's service to the linking one, a message if either side
 * says so. Producers and root consumers whose other side was not seen, by then, are joined to a virtual node of their topic.
 *
 * Links are resolved within a set, and to producers of sets added earlier or later. What waits is bounded: the oldest give up.
 */
import { SpanKind, StatusCode, type TraceSet } from '../trace';
import type { Exemplar } from './call-statistics';
import type { NodeOf } from './graph-nodes';
import { Strength, type NodeDraft, type ServiceGraphDraft } from './service-graph-draft';
import { linkTargets } from './span-links';

/** Trace id and span id. */
type SpanKey = string;

/** A producer, or a root consumer, and the name of its topic. */
interface MessageEnd {
  readonly node: NodeDraft;
  readonly topic: string;
  readonly span: Exemplar;
  readonly isProducer: boolean;
  readonly startUnixNs: bigint;
  /** Whether its other side was found. */
  joined: boolean;
}

interface Link {
  readonly node: NodeDraft;
  readonly span: Exemplar;
  readonly isConsumer: boolean;
  readonly startUnixNs: bigint;
}

type LinkedSpan = Omit<MessageEnd, 'topic' | 'joined'>;

/** A few 100 bytes each. */
const MOST_WAITING = 100_000;

export class LinkResolver {
  private readonly ends = new Map<SpanKey, MessageEnd>();
  /** Links whose target was not seen yet, by target. */
  private readonly waiting = new Map<SpanKey, Link[]>();

  constructor(private readonly draft: ServiceGraphDraft) {}

  /** A producer without a consumer below it, or a consumer without a producer above it. */
  addEnd(set: TraceSet, row: number, topic: string, node: NodeDraft): void {
    if (this.ends.size >= MOST_WAITING) {
      const [[key, oldest]] = this.ends;
      this.ends.delete(key);
      addTopic(this.draft, oldest);
    }
    this.ends.set(keyOf(set, row), { ...linkedSpan(set, row, node), topic, joined: false });
  }

  /** Remembers the links of the row; links to its own parent say nothing new. */
  addLinks(set: TraceSet, row: number, node: NodeDraft): void {
    const targets = linkTargets(set, row);
    if (targets.length === 0) {
      return;
    }
    const up = set.columns.parent[row];
    const known = [keyOf(set, row), up < 0 ? '' : keyOf(set, up)];
    const { span, startUnixNs } = linkedSpan(set, row, node);
    for (const target of targets) {
      const key = target.traceId + target.spanId;
      if (!known.includes(key)) {
        known.push(key);
        this.wait(key, [{ node, span, startUnixNs, isConsumer: set.columns.kind[row] === SpanKind.consumer }]);
      }
    }
  }

  /** Draws the links whose targets are in the set, or are producers known from before. */
  resolve(set: TraceSet, nodeOf: NodeOf): void {
    if (this.waiting.size === 0) {
      return;
    }
    // A span id's last two bytes tell most spans that no link leads to apart, without making a key of each.
    const wanted = new Uint8Array(1 << 16);
    for (const key of this.waiting.keys()) {
      wanted[parseInt(key.slice(-4), 16)] = 1;
    }
    const { spanId } = set.columns;
    for (let row = 0; row < set.spanCount; row++) {
      if (wanted[(spanId[8 * row + 6] << 8) | spanId[8 * row + 7]]) {
        const key = keyOf(set, row);
        if (this.waiting.has(key)) {
          this.draw(key, linkedSpan(set, row, nodeOf(row)));
        }
      }
    }
    this.resolveKnown();
  }

  merge(other: LinkResolver): void {
    other.ends.forEach((end, key) => this.ends.set(key, end));
    other.waiting.forEach((links, key) => this.wait(key, links));
    this.resolveKnown();
  }

  /** Draws the topics of the messages whose other side was not seen into a draft. */
  addTopics(draft: ServiceGraphDraft): void {
    for (const end of this.ends.values()) {
      addTopic(draft, end);
    }
  }

  private resolveKnown(): void {
    for (const key of [...this.waiting.keys()]) {
      const end = this.ends.get(key);
      if (end !== undefined) {
        this.draw(key, end);
      }
    }
  }

  private wait(key: SpanKey, links: readonly Link[]): void {
    const waiting = this.waiting.get(key);
    if (waiting !== undefined) {
      links.forEach((link) => waiting.push(link));
      return;
    }
    if (this.waiting.size >= MOST_WAITING) {
      const [oldest] = this.waiting.keys();
      this.waiting.delete(oldest);
    }
    this.waiting.set(key, [...links]);
  }

  private draw(key: SpanKey, from: LinkedSpan): void {
    const fromNs = from.startUnixNs + BigInt(from.span.durationNs);
    this.join(key);
    for (const link of this.waiting.get(key) ?? []) {
      this.join(link.span.traceId + link.span.spanId);
      const kind = link.isConsumer || from.isProducer ? 'messaging' : 'link';
      const edge = this.draft.edge(this.draft.same(from.node), this.draft.same(link.node), kind).seen(Strength.both);
      edge.calls.addExemplar({ ...link.span, error: link.span.error || from.span.error });
      edge.callerDurations.add(from.span.durationNs);
      edge.gapSumNs += Number(link.startUnixNs - fromNs);
    }
    this.waiting.delete(key);
  }

  private join(key: SpanKey): void {
    const end = this.ends.get(key);
    if (end !== undefined) {
      end.joined = true;
    }
  }
}

function addTopic(draft: ServiceGraphDraft, { node, topic, span, isProducer, joined }: MessageEnd): void {
  if (joined) {
    return;
  }
  const topicNode = draft.virtual('messaging', topic);
  const serviceNode = draft.same(node);
  if (isProducer) {
    draft.edge(serviceNode, topicNode, 'messaging').seen(Strength.client).calls.addExemplar(span);
  } else {
    draft.edge(topicNode, serviceNode, 'messaging').seen(Strength.server).calls.addExemplar(span);
  }
}

function keyOf(set: TraceSet, row: number): SpanKey {
  return set.traceId(set.traceOf(row)) + set.spanId(row);
}

function linkedSpan(set: TraceSet, row: number, node: NodeDraft): LinkedSpan {
  const { durationNs, kind, status } = set.columns;
  return {
    node,
    span: {
      traceId: set.traceId(set.traceOf(row)), spanId: set.spanId(row),
      durationNs: durationNs[row], error: status[row] === StatusCode.error,
    },
    isProducer: kind[row] === SpanKind.producer,
    startUnixNs: set.startUnixNs(row),
  };
}
