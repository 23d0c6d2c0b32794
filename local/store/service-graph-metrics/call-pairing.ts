/**
 * Finds the calls between services in spans as they arrive, before sampling: a client span and the server span below it are one call,
 * in whatever order and requests they come. A side that waits too long for the other is concluded alone: a caller that names its peer
 * called that *virtual* service, a server span without parent was called by `user`. What may wait is bounded.
 * Source: the collector's servicegraph connector (stack/collector/collector.yaml) and Tempo's service-graphs processor.
 */
import { SpanKind } from '../../../src/trace';
import type { RequestIndex, SpanGroup } from '../ingest/request-index';
import { WireReader } from '../ingest/wire';
import { CallSeriesSet, type ConnectionType } from './call-series';
import { type CallKey, HalfCalls } from './half-calls';
import { type NamingAttributes, namingAttributes } from './peer-attributes';

export interface PairingOptions {
  /** How long one side of a call waits for the other. */
  readonly waitMs: number;
  /** Sides that may wait; beyond, the oldest is concluded early. */
  readonly maxWaiting: number;
  /** Series that are counted; calls of further ones are left out and counted as dropped. */
  readonly maxSeries: number;
}

export const DEFAULT_PAIRING: PairingOptions = { waitMs: 15_000, maxWaiting: 100_000, maxSeries: 10_000 };

/** A few milliseconds' worth. */
const EXPIRE_AT_ONCE = 5000;
/** Where the attributes are in a Resource and in a Span. */
const RESOURCE_ATTRIBUTES = 1;
const SPAN_ATTRIBUTES = 9;

export class CallPairing {
  readonly series: CallSeriesSet;
  /** Sides concluded alone, for want of the other. */
  unpaired = 0;
  /** Those of them concluded before their time, because too many waited. */
  early = 0;
  private readonly options: PairingOptions;
  private readonly waiting: HalfCalls;

  constructor(options: PairingOptions = DEFAULT_PAIRING) {
    this.options = options;
    this.series = new CallSeriesSet(options.maxSeries);
    this.waiting = new HalfCalls(options.maxWaiting);
  }

  get waitingCalls(): number {
    return this.waiting.size;
  }

  add(index: RequestIndex, nowMs: number): void {
    const reader = new WireReader(index.bytes);
    let group: SpanGroup | undefined;
    let resource: NamingAttributes = {};
    for (let span = 0; span < index.spanCount; span++) {
      if (index.group(span) !== group) {
        group = index.group(span);
        resource = namingAttributes(reader, group.resource.from, group.resource.to, RESOURCE_ATTRIBUTES);
      }
      const service = resource['service.name'];
      if (service === undefined) {
        continue;
      }
      const kind = index.kind(span);
      if (kind === SpanKind.client || kind === SpanKind.producer) {
        this.addClient(index, span, service, resource, reader, nowMs);
      } else if (kind === SpanKind.server || kind === SpanKind.consumer) {
        this.addServer(index, span, service, reader, nowMs);
      }
    }
    this.expire(nowMs);
  }

  /** Concludes sides that have waited long enough. @returns whether there are more: only so many at once */
  expire(nowMs: number): boolean {
    for (let count = 0; count < EXPIRE_AT_ONCE; count++) {
      const at = this.waiting.oldest();
      if (at === undefined || nowMs - this.waiting.sinceMs[at] < this.options.waitMs) {
        return false;
      }
      this.concludeAlone(at);
    }
    return true;
  }

  private addClient(index: RequestIndex, span: number, service: string, resource: NamingAttributes, reader: WireReader, nowMs: number): void {
    const attributes = namingAttributes(reader, index.from(span), index.to(span), SPAN_ATTRIBUTES);
    const seconds = secondsOf(index, span);
    // A database sends no spans: where one is named, its side of the call is what the client saw.
    const database = resource['db.name'] ?? attributes['db.name'] ?? attributes['db.namespace'];
    if (database !== undefined) {
      this.series.add({ tenant: index.tenant, client: service, server: database, connectionType: 'database', isFailed: index.isError(span), clientSeconds: seconds, serverSeconds: seconds });
      return;
    }
    const { waiting } = this;
    const at = this.place({ view: reader.view, traceIdAt: index.traceIdAt(span), callerAt: index.spanIdAt(span), tenant: index.tenant }, nowMs);
    waiting.client[at] = service;
    waiting.clientSeconds[at] = seconds;
    waiting.peer[at] = attributes['peer.service'] ?? attributes['db.system'] ?? attributes['db.system.name'] ?? '';
    this.settle(at, index, span);
  }

  private addServer(index: RequestIndex, span: number, service: string, reader: WireReader, nowMs: number): void {
    const { waiting } = this;
    const at = this.place({ view: reader.view, traceIdAt: index.traceIdAt(span), callerAt: index.parentIdAt(span), tenant: index.tenant }, nowMs);
    waiting.server[at] = service;
    waiting.serverSeconds[at] = secondsOf(index, span);
    this.settle(at, index, span);
  }

  private place(key: CallKey, nowMs: number): number {
    const { waiting } = this;
    const known = waiting.find(key);
    if (known !== undefined) {
      return known;
    }
    if (waiting.isFull) {
      const oldest = waiting.oldest();
      if (oldest !== undefined && waiting.isFull) {
        this.early++;
        this.concludeAlone(oldest);
        waiting.oldest();
      }
    }
    return waiting.add(key, nowMs);
  }

  private settle(at: number, index: RequestIndex, span: number): void {
    const { waiting } = this;
    const kind = index.kind(span);
    if (kind === SpanKind.producer || kind === SpanKind.consumer) {
      waiting.connectionType[at] = 'messaging_system';
    }
    waiting.isFailed[at] |= index.isError(span) ? 1 : 0;
    if (waiting.client[at] !== '' && waiting.server[at] !== '') {
      waiting.remove(at);
      this.count(at, waiting.client[at], waiting.server[at], waiting.connectionType[at]);
    }
  }

  private concludeAlone(at: number): void {
    const { waiting } = this;
    this.unpaired++;
    waiting.remove(at);
    if (waiting.client[at] !== '') {
      this.count(at, waiting.client[at], waiting.peer[at] || 'unknown', 'virtual_node');
    } else if (waiting.isRoot(at)) {
      this.count(at, 'user', waiting.server[at], 'virtual_node');
    }
  }

  /** The columns of a call stay readable after its removal, until another is added. */
  private count(at: number, client: string, server: string, connectionType: ConnectionType): void {
    const { waiting } = this;
    this.series.add({
      tenant: waiting.tenant(at), client, server, connectionType, isFailed: waiting.isFailed[at] !== 0,
      clientSeconds: known(waiting.clientSeconds[at]), serverSeconds: known(waiting.serverSeconds[at]),
    });
  }
}

const known = (seconds: number): number | undefined => (Number.isNaN(seconds) ? undefined : seconds);

/** An end before the start counts as no time. */
function secondsOf(index: RequestIndex, span: number): number {
  return Math.max(0, index.durationNs(span) / 1e9);
}
