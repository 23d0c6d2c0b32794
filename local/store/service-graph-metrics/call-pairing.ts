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

/** A call of which one side has come. */
interface HalfCall {
  readonly sinceMs: number;
  readonly tenant: number;
  readonly isRoot: boolean;
  client: string;
  server: string;
  connectionType: ConnectionType;
  isFailed: boolean;
  clientSeconds: number | undefined;
  serverSeconds: number | undefined;
  peer: string;
}

const NO_PARENT = '\0'.repeat(8);

export class CallPairing {
  readonly series: CallSeriesSet;
  /** Sides concluded alone, for want of the other. */
  unpaired = 0;
  /** Those of them concluded before their time, because too many waited. */
  early = 0;
  private readonly options: PairingOptions;
  private readonly waiting = new Map<string, HalfCall>();

  constructor(options: PairingOptions = DEFAULT_PAIRING) {
    this.options = options;
    this.series = new CallSeriesSet(options.maxSeries);
  }

  get waitingCalls(): number {
    return this.waiting.size;
  }

  add(index: RequestIndex, nowMs: number): void {
    const reader = new WireReader(index.bytes);
    const text = Buffer.from(index.bytes.buffer, index.bytes.byteOffset, index.bytes.byteLength);
    let group: SpanGroup | undefined;
    let resource: NamingAttributes = {};
    for (let span = 0; span < index.spanCount; span++) {
      if (index.group(span) !== group) {
        group = index.group(span);
        resource = namingAttributes(reader, group.resource.from, group.resource.to, 1);
      }
      const kind = index.kind(span);
      const service = resource['service.name'];
      if (service === undefined) {
        continue;
      }
      const isClient = kind === SpanKind.client || kind === SpanKind.producer;
      if (!isClient && kind !== SpanKind.server && kind !== SpanKind.consumer) {
        continue;
      }
      // A call is known by its trace and the caller's span.
      const callerAt = isClient ? index.spanIdAt(span) : index.parentIdAt(span);
      const traceIdAt = index.traceIdAt(span);
      const key = text.toString('latin1', traceIdAt, traceIdAt + 16) + (callerAt < 0 ? NO_PARENT : text.toString('latin1', callerAt, callerAt + 8)) + String(index.tenant);
      const call = this.waiting.get(key) ?? newCall(index.tenant, callerAt < 0, nowMs);
      call.isFailed ||= index.isError(span);
      if (kind === SpanKind.producer || kind === SpanKind.consumer) {
        call.connectionType = 'messaging_system';
      }
      if (isClient) {
        call.client = service;
        call.clientSeconds = secondsOf(index, span);
        this.readPeer(call, resource, namingAttributes(reader, index.from(span), index.to(span), 9));
      } else {
        call.server = service;
        call.serverSeconds = secondsOf(index, span);
      }
      this.settle(key, call);
    }
    this.expire(nowMs);
  }

  /** Concludes the sides that have waited long enough, or too many. */
  expire(nowMs: number): void {
    for (const [key, call] of this.waiting) {
      const isDue = nowMs - call.sinceMs >= this.options.waitMs;
      if (!isDue && this.waiting.size <= this.options.maxWaiting) {
        return;
      }
      this.waiting.delete(key);
      this.unpaired++;
      this.early += isDue ? 0 : 1;
      this.concludeAlone(call);
    }
  }

  /** A database sends no spans: where one is named, its side of the call is what the client saw. */
  private readPeer(call: HalfCall, resource: NamingAttributes, span: NamingAttributes): void {
    const database = resource['db.name'] ?? span['db.name'] ?? span['db.namespace'];
    if (database !== undefined) {
      call.connectionType = 'database';
      call.server = database;
      call.serverSeconds = call.clientSeconds;
    }
    call.peer = span['peer.service'] ?? span['db.system'] ?? span['db.system.name'] ?? '';
  }

  private settle(key: string, call: HalfCall): void {
    if (call.client !== '' && call.server !== '') {
      this.waiting.delete(key);
      this.series.add(call);
    } else {
      this.waiting.set(key, call);
    }
  }

  private concludeAlone(call: HalfCall): void {
    if (call.client !== '') {
      this.series.add({ ...call, server: call.peer || 'unknown', connectionType: 'virtual_node' });
    } else if (call.isRoot) {
      this.series.add({ ...call, client: 'user', connectionType: 'virtual_node' });
    }
  }
}

function newCall(tenant: number, isRoot: boolean, sinceMs: number): HalfCall {
  return { sinceMs, tenant, isRoot, client: '', server: '', connectionType: '', isFailed: false, clientSeconds: undefined, serverSeconds: undefined, peer: '' };
}

/** An end before the start counts as no time. */
function secondsOf(index: RequestIndex, span: number): number {
  return Math.max(0, Number(index.endNs(span) - index.startNs(span)) / 1e9);
}
