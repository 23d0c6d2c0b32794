/** Spans that wait to be written, as columns; one batch is filled while the one before it is being written. */
import { GrowableInt32, GrowableInt64 } from './growable';
import { WireWriter } from './wire-writer';

/** A position to return to when a request turns out to be malformed halfway. */
export interface BatchMark {
  readonly spans: number;
  readonly attributes: number;
  readonly detailBytes: number;
}

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
  /** The received bytes that this batch holds, for back-pressure. */
  requestBytes = 0;

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

  mark(): BatchMark {
    return { spans: this.spanCount, attributes: this.attributePair.length, detailBytes: this.detail.length };
  }

  /** Forgets every span added since `mark`. Traces it introduced stay listed without spans; the writer passes over them. */
  rollBack(mark: BatchMark): void {
    for (const column of [this.trace, this.spanId, this.parentId, this.startNs, this.durationNs, this.name, this.resource, this.instrumentation, this.statusMessage, this.kind, this.status, this.detailStart]) {
      column.length = mark.spans;
    }
    this.attributePair.length = mark.attributes;
    this.attributeSpan.length = mark.attributes;
    this.detail.length = mark.detailBytes;
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
