/**
 * Spans of one trace that have the same id: identical copies, a client and its server, or plain collisions. All of a large trace
 * may have one id, so nothing here looks at every twin for every twin.
 */
import { NO_PARENT, Repair } from './columns';
import type { RawSpans } from './raw-spans';
import { DROPPED } from './sibling-lists';
import type { SpanIndex } from './span-index';
import { SpanKind } from './span-kind';

export class Twins {
  /** Next span with the same id, only filled where there are twins. */
  private next: Int32Array | undefined;
  private readonly dropped: number[] = [];
  /** What makes twins identical, of every twin met. */
  private readonly identities = new Set<string>();
  /** By the first of them. */
  private readonly groups = new Map<number, TwinGroup>();

  constructor(
    private readonly raw: RawSpans,
    private readonly serviceOf: (span: number) => number
  ) {}

  /** Mostly there are none. */
  get exist(): boolean {
    return this.next !== undefined;
  }

  /** Notes a span that has the id of an earlier one. */
  meet(first: number, span: number): void {
    const { raw, identities } = this;
    this.next ??= new Int32Array(raw.count).fill(-1);
    if (this.next[first] < 0) {
      identities.add(this.identity(first, first));
    }
    const identity = this.identity(first, span);
    if (identities.has(identity)) {
      this.next[span] = DROPPED;
      this.dropped.push(span);
      return;
    }
    identities.add(identity);
    // Kept in a chain of arrival behind the first; a pair of client and server is not a collision.
    const shared = isServing(raw.kind[first]) !== isServing(raw.kind[span]) && (isCalling(raw.kind[first]) || isCalling(raw.kind[span]));
    raw.repair[span] |= shared ? Repair.sharedId : Repair.duplicateId;
    this.next[span] = this.next[first];
    this.next[first] = span;
  }

  /**
   * Corrects the parents that were found by id alone: identical copies are dropped, a server that shares its client's id is the
   * client's child, and of several spans with the parent's id one is meant.
   */
  adopt(parent: Int32Array, index: SpanIndex): void {
    const { next, raw: { count, key, parentHigh, parentLow, repair } } = this;
    for (let span = 0; span < count; span++) {
      if (next?.[span] === DROPPED) {
        parent[span] = DROPPED;
        continue;
      }
      const hasId = (repair[span] & Repair.missingId) === 0;
      const client = hasId ? this.clientOf(span, index.find(key[3 * span], key[3 * span + 1], key[3 * span + 2])) : -1;
      if (client >= 0) {
        parent[span] = client;
        repair[span] &= ~Repair.missingParent;
      } else if (parent[span] >= 0) {
        const meant = this.meantBy(span, index.find(key[3 * span], parentHigh[span], parentLow[span]));
        parent[span] = meant < 0 ? NO_PARENT : meant;
        repair[span] |= meant < 0 ? Repair.missingParent : 0;
      }
    }
  }

  countDropped(traceCount: number): Uint32Array {
    const counts = new Uint32Array(traceCount);
    for (const span of this.dropped) {
      counts[this.raw.key[3 * span]]++;
    }
    return counts;
  }

  /** Which of the spans with the id of `first` is meant by a child: its own service's, else the server's, else the first. */
  private meantBy(child: number, first: number): number {
    const group = this.groupOf(first);
    return group === undefined ? first : group.meantBy(child, this.serviceOf(child));
  }

  /** The client that shares its id with this server, or -1. */
  private clientOf(server: number, first: number): number {
    const kind = this.raw.kind[server];
    const group = isServing(kind) ? this.groupOf(first) : undefined;
    return group?.firstOf(kind === SpanKind.server ? SpanKind.client : SpanKind.producer) ?? -1;
  }

  /** Undefined for a span without twins. */
  private groupOf(first: number): TwinGroup | undefined {
    const { next, groups } = this;
    if (next === undefined || next[first] < 0) {
      return undefined;
    }
    let group = groups.get(first);
    if (group === undefined) {
      groups.set(first, (group = new TwinGroup()));
      for (let span = first; span >= 0; span = next[span]) {
        group.add(span, this.raw.kind[span], this.serviceOf(span));
      }
    }
    return group;
  }

  private identity(first: number, span: number): string {
    const { kind, startNs, durationNs, operation, parentHigh, parentLow } = this.raw;
    return [first, kind[span], startNs[span], durationNs[span], operation[span], parentHigh[span], parentLow[span], this.serviceOf(span)].join();
  }
}

/** The twins of one id, as those that look for one of them see them. */
class TwinGroup {
  private readonly firstByKind = new Map<number, number>();
  private readonly all = new Choice();
  private readonly byService = new Map<number, Choice>();

  add(span: number, kind: number, service: number): void {
    if (!this.firstByKind.has(kind)) {
      this.firstByKind.set(kind, span);
    }
    let own = this.byService.get(service);
    if (own === undefined) {
      this.byService.set(service, (own = new Choice()));
    }
    own.add(span, isServing(kind));
    this.all.add(span, isServing(kind));
  }

  firstOf(kind: number): number | undefined {
    return this.firstByKind.get(kind);
  }

  /** -1 if there is none but the child itself. */
  meantBy(child: number, service: number): number {
    return this.byService.get(service)?.otherThan(child) ?? this.all.otherThan(child) ?? -1;
  }
}

/** The first two of the serving spans, and of the others: enough to leave one out. */
class Choice {
  private readonly serving: number[] = [];
  private readonly others: number[] = [];

  add(span: number, serves: boolean): void {
    const list = serves ? this.serving : this.others;
    if (list.length < 2) {
      list.push(span);
    }
  }

  otherThan(child: number): number | undefined {
    return this.serving.find((span) => span !== child) ?? this.others.find((span) => span !== child);
  }
}

function isServing(kind: number): boolean {
  return kind === SpanKind.server || kind === SpanKind.consumer;
}

function isCalling(kind: number): boolean {
  return kind === SpanKind.client || kind === SpanKind.producer;
}
