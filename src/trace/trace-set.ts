/** One or many traces, read-only: columns for everything that is drawn or computed, details decoded on demand. */
import { AttributeField, findAttribute } from './attribute-search';
import type { Notice, TraceColumns } from './columns';
import { decodeResource, decodeScope, decodeSpanDetail } from './detail-decoder';
import type { ResourceDetail, ScopeDetail, SpanDetail } from './details';
import { hexOf, SPAN_ID_BYTES, TRACE_ID_BYTES, type SpanId, type TraceId } from './ids';
import { namesPeer, PeerReader, type PeerColumn } from './peers';
import { SPAN_KIND_NAMES, STATUS_CODE_NAMES, type SpanKindName, type StatusCodeName } from './span-kind';
import { decodeUtf8, encodeUtf8 } from './utf8';
import type { AnyValue } from './values';
import { warningsOf, type TraceWarning } from './warnings';

/** A byte range of a chunk. */
export interface ByteRange {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

export class TraceSet {
  private readonly keys = new Map<string, Uint8Array>();
  /** Address of the first byte of each chunk, and the sum at the end. */
  private readonly chunkStart: Float64Array;
  /** Made when it is first asked for. */
  private traceIndices: ReadonlyMap<TraceId, number> | undefined;

  private peerColumn: PeerColumn | undefined;

  constructor(readonly columns: TraceColumns) {
    this.chunkStart = new Float64Array(columns.chunks.length + 1);
    columns.chunks.forEach((chunk, at) => (this.chunkStart[at + 1] = this.chunkStart[at] + chunk.length));
  }

  get spanCount(): number {
    return this.columns.parent.length;
  }

  get traceCount(): number {
    return this.columns.traceFirstRow.length - 1;
  }

  get notices(): readonly Notice[] {
    return this.columns.notices;
  }

  // --- traces

  traceId(trace: number): TraceId {
    return hexOf(this.columns.traceId, TRACE_ID_BYTES * trace, TRACE_ID_BYTES * (trace + 1)) as TraceId;
  }

  /** Rows of the trace are [firstRow, endRow). */
  firstRow(trace: number): number {
    return this.columns.traceFirstRow[trace];
  }

  endRow(trace: number): number {
    return this.columns.traceFirstRow[trace + 1];
  }

  /** Unix ns of the earliest start: what the startNs of its rows count from. */
  baseUnixNs(trace: number): bigint {
    return this.columns.traceBaseUnixNs[trace];
  }

  traceDurationNs(trace: number): number {
    return this.columns.traceDurationNs[trace];
  }

  warnings(trace: number): TraceWarning[] {
    return warningsOf(this.columns, trace);
  }

  /** Index of the trace with this id, or undefined. */
  traceIndex(traceId: TraceId): number | undefined {
    this.traceIndices ??= new Map(Array.from({ length: this.traceCount }, (_, trace) => [this.traceId(trace), trace]));
    return this.traceIndices.get(traceId);
  }

  /** Row of a span of the trace, or undefined. Looks at all its rows: keep a map where many are looked up. */
  rowOf(trace: number, spanId: SpanId): number | undefined {
    for (let row = this.firstRow(trace); row < this.endRow(trace); row++) {
      if (this.spanId(row) === spanId) {
        return row;
      }
    }
    return undefined;
  }

  // --- rows

  spanId(row: number): SpanId {
    return hexOf(this.columns.spanId, SPAN_ID_BYTES * row, SPAN_ID_BYTES * (row + 1)) as SpanId;
  }

  traceOf(row: number): number {
    return this.columns.trace[row];
  }

  service(row: number): string {
    return this.columns.services[this.columns.service[row]];
  }

  operation(row: number): string {
    return this.columns.operations[this.columns.operation[row]];
  }

  kind(row: number): SpanKindName {
    return SPAN_KIND_NAMES[this.columns.kind[row]];
  }

  status(row: number): StatusCodeName {
    return STATUS_CODE_NAMES[this.columns.status[row]];
  }

  /** Absolute start; repaired where Repair.missingStart is set. */
  startUnixNs(row: number): bigint {
    return this.baseUnixNs(this.traceOf(row)) + BigInt(this.columns.startNs[row]);
  }

  // --- details, decoded from the received bytes

  detail(row: number): SpanDetail {
    const { bytes, start, end } = this.detailRange(row);
    return decodeSpanDetail(bytes, start, end);
  }

  resource(row: number): ResourceDetail {
    const at = 4 * this.columns.scopeResource[this.columns.scope[row]];
    const { bytes, start, end } = this.range(this.columns.resourceRanges, at);
    return { ...decodeResource(bytes, start, end), schemaUrl: this.text(this.columns.resourceRanges, at + 2) };
  }

  scope(row: number): ScopeDetail {
    const at = 4 * this.columns.scope[row];
    const { bytes, start, end } = this.range(this.columns.scopeRanges, at);
    return { ...decodeScope(bytes, start, end), schemaUrl: this.text(this.columns.scopeRanges, at + 2) };
  }

  /** Value of the span's first attribute with this key, without decoding the others. */
  attribute(row: number, key: string): AnyValue | undefined {
    const { bytes, start, end } = this.detailRange(row);
    return findAttribute(bytes, start, end, AttributeField.span, this.keyBytes(key));
  }

  resourceAttribute(row: number, key: string): AnyValue | undefined {
    const { bytes, start, end } = this.range(this.columns.resourceRanges, 4 * this.columns.scopeResource[this.columns.scope[row]]);
    return findAttribute(bytes, start, end, AttributeField.resource, this.keyBytes(key));
  }

  /** Whom the spans name as their peers. Unless that was read when they were decoded, it is read on first use. */
  peers(): PeerColumn {
    return (this.peerColumn ??= this.columns.peers ?? this.readPeers());
  }

  /** Where the span's OTLP protobuf Span message lies, for readers that scan many. */
  detailRange(row: number): ByteRange {
    return this.locate(this.columns.detailStart[row], this.columns.detailEnd[row]);
  }

  /**
   * What to hand to postMessage as its second argument, with `columns` as the first: nothing is copied then, and this set
   * is unusable afterwards. On the other side: new TraceSet(columns).
   */
  transferables(): ArrayBuffer[] {
    const buffers = new Set<ArrayBuffer>();
    for (const column of [...Object.values(this.columns), ...this.columns.chunks, this.columns.peers?.peer]) {
      if (ArrayBuffer.isView(column) && isTransferable(column.buffer)) {
        buffers.add(column.buffer);
      }
    }
    return [...buffers];
  }

  private readPeers(): PeerColumn {
    const { kind } = this.columns;
    const reader = new PeerReader();
    const peer = new Uint32Array(kind.length);
    for (let row = 0; row < kind.length; row++) {
      if (namesPeer(kind[row])) {
        const { bytes, start, end } = this.detailRange(row);
        peer[row] = reader.read(bytes, start, end);
      }
    }
    return { peer, peers: reader.peers };
  }

  private text(ranges: Uint32Array, at: number): string {
    const { bytes, start, end } = this.range(ranges, at);
    return decodeUtf8(bytes, start, end);
  }

  private range(ranges: Uint32Array, at: number): ByteRange {
    return this.locate(ranges[at], ranges[at + 1]);
  }

  /** An address range as range of its chunk, found by bisection. */
  private locate(from: number, to: number): ByteRange {
    const { chunkStart, columns } = this;
    let low = 0;
    let high = columns.chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (chunkStart[middle] <= from) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return { bytes: columns.chunks[low] ?? new Uint8Array(0), start: from - chunkStart[low], end: to - chunkStart[low] };
  }

  private keyBytes(key: string): Uint8Array {
    let bytes = this.keys.get(key);
    if (bytes === undefined) {
      this.keys.set(key, (bytes = encodeUtf8(key)));
    }
    return bytes;
  }
}

/** By its tag, not instanceof: the buffer may come from another realm. Shared buffers are not transferred. */
function isTransferable(buffer: ArrayBufferLike): buffer is ArrayBuffer {
  return Object.prototype.toString.call(buffer) === '[object ArrayBuffer]';
}
