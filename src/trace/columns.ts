/**
 * The columns of a trace set: a plain object of typed arrays that structured clone and transfer understand.
 *
 * Invariants, established by TraceSetBuilder.finish():
 * - rows are in depth-first order: the rows of a trace are contiguous, a parent precedes its children, siblings are
 *   ordered by start, and the subtree of row i is rows [i, i + subtreeSize[i]);
 * - startNs counts from the base of the row's trace (exact to 2^53 ns, 104 days), and the earliest start is 0;
 * - detailStart/detailEnd are addresses of an OTLP protobuf Span message in the chunks, laid end to end.
 */
import type { PeerColumn } from './peers';

export interface TraceColumns {
  // --- one entry a row
  /** Row of the parent, or NO_PARENT. */
  readonly parent: Int32Array;
  readonly trace: Uint32Array;
  readonly startNs: Float64Array;
  /** 0 where unknown (see Repair.unknownDuration) or negative (Repair.negativeDuration). */
  readonly durationNs: Float64Array;
  /** The part of the duration that no child covers. */
  readonly selfNs: Float64Array;
  /** Index into services. */
  readonly service: Uint32Array;
  /** Index into operations. */
  readonly operation: Uint32Array;
  /** OTLP number, see SpanKind. */
  readonly kind: Uint8Array;
  /** OTLP number, see StatusCode. */
  readonly status: Uint8Array;
  readonly depth: Uint32Array;
  /** Rows of the subtree, itself included. */
  readonly subtreeSize: Uint32Array;
  /** Bits of Repair. */
  readonly repair: Uint8Array;
  /** 8 bytes a row. */
  readonly spanId: Uint8Array;
  /** Index into the scope table. */
  readonly scope: Uint32Array;
  readonly detailStart: Uint32Array;
  readonly detailEnd: Uint32Array;

  // --- one entry a trace
  /** First row of each trace, and the number of rows at the end. */
  readonly traceFirstRow: Uint32Array;
  /** 16 bytes a trace. */
  readonly traceId: Uint8Array;
  readonly traceBaseUnixNs: BigUint64Array;
  readonly traceDurationNs: Float64Array;
  /** Identical copies of spans that were left out. */
  readonly traceDuplicates: Uint32Array;

  // --- tables
  readonly services: readonly string[];
  readonly operations: readonly string[];
  /** Resource of each scope. */
  readonly scopeResource: Uint32Array;
  /** Addresses: an InstrumentationScope message, then its schema URL (start, end, start, end); empty ranges where absent. */
  readonly scopeRanges: Uint32Array;
  /** The same of the Resource messages. */
  readonly resourceRanges: Uint32Array;
  /** The received bytes; an address is an offset into their concatenation. */
  readonly chunks: readonly Uint8Array[];
  readonly notices: readonly Notice[];
  /** Whether any span has links: whoever reads links may pass over a set without. */
  readonly hasLinks: boolean;
  /** Where they were read with the spans; ask TraceSet.peers(). */
  readonly peers: PeerColumn | undefined;
}

export const NO_PARENT = -1;

/** What had to be repaired on a row, as bits. */
export const Repair = {
  /** The parent never arrived: a root now. */
  missingParent: 1,
  /** The span was its own ancestor: its parent link is cut. */
  cycle: 2,
  /** It ended before it started: duration 0. */
  negativeDuration: 4,
  /** No end, or one more than 104 days after the start: duration 0. */
  unknownDuration: 8,
  /** No start, or one more than 104 days from the trace's other spans: placed at its end or its parent's start. */
  missingStart: 16,
  /** Another, different span of the trace has the same id. */
  duplicateId: 32,
  /** Client and server share one id (Zipkin): the server is the client's child now. */
  sharedId: 64,
  /** No usable span id: nothing can be its child. */
  missingId: 128,
} as const;

/** What a decoder could not read, or read only in part. */
export interface Notice {
  readonly code: string;
  readonly count: number;
  readonly message: string;
}
