/** Spans that wait to be written, as columns; one batch is filled while the one before it is being written. */
import { GrowableInt32, GrowableInt64 } from './growable';
import { WireWriter } from './wire-writer';

export class SpanBatch {
  /** Which trace of `traceKeys` a span belongs to. */
  readonly trace = new GrowableInt32();
  readonly spanId = new GrowableInt64();
  readonly parentId = new GrowableInt64();
  readonly startNs = new GrowableInt64();
  readonly durationNs = new GrowableInt64();
  readonly name = new GrowableInt32();
  readonly resource = new GrowableInt32();
  readonly instrumentation = new GrowableInt32();
  readonly statusMessage = new GrowableInt32();
  readonly kind = new GrowableInt32();
  readonly status = new GrowableInt32();
  /** Where a span's detail starts in `detail`; it ends where the next one starts. */
  readonly detailStart = new GrowableInt32();
  /** Everything else of the spans, see span-detail.ts. */
  readonly detail = new WireWriter(1 << 16);
  /** The searchable attributes: which pair on which span (its position in this batch). */
  readonly attributePair = new GrowableInt32();
  readonly attributeSpan = new GrowableInt32();
  /** Trace keys, see `traceKeyOf`, to positions in `traceKeys`. */
  private readonly traceByKey = new Map<string, number>();
  readonly traceKeys: string[] = [];
  /** The size of its spans as received, for back-pressure. */
  messageBytes = 0;

  get spanCount(): number {
    return this.trace.length;
  }

  traceOf(key: string): number {
    let trace = this.traceByKey.get(key);
    if (trace === undefined) {
      trace = this.traceKeys.length;
      this.traceKeys.push(key);
      this.traceByKey.set(key, trace);
    }
    return trace;
  }

  has(traceKey: string): boolean {
    return this.traceByKey.has(traceKey);
  }
}

/** Identifies a trace of a tenant: the tenant's number and the 16 bytes of the id, one character a byte. */
export function traceKeyOf(tenant: number, bytes: Uint8Array, start: number): string {
  const id = Buffer.from(bytes.buffer, bytes.byteOffset + start, 16).toString('latin1');
  return tenant === 0 ? id : `${id}${tenant}`;
}

/** The parts of a trace key; the id as two unsigned 64-bit numbers, as the database keeps it. */
export function partsOfTraceKey(key: string): { tenant: number; idHigh: bigint; idLow: bigint } {
  const bytes = Buffer.from(key.slice(0, 16), 'latin1');
  return { tenant: Number(key.slice(16)), idHigh: bytes.readBigUInt64BE(0), idLow: bytes.readBigUInt64BE(8) };
}

/** The reverse of `partsOfTraceKey`. */
export function traceKeyOfNumbers(tenant: number, idHigh: bigint, idLow: bigint): string {
  const bytes = Buffer.alloc(16);
  bytes.writeBigUInt64BE(idHigh, 0);
  bytes.writeBigUInt64BE(idLow, 8);
  return traceKeyOf(tenant, bytes, 0);
}
