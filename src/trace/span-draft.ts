/** One span on its way into a builder: a decoder fills the same draft again and again, so nothing is allocated a span. */
export class SpanDraft {
  /** The trace, from TraceSetBuilder.traceOf(). */
  trace = 0;
  /** Ids and times as two 32-bit words, exact without bigint. All zero: absent. */
  idHigh = 0;
  idLow = 0;
  parentHigh = 0;
  parentLow = 0;
  /** Unix ns, unsigned words. */
  startHigh = 0;
  startLow = 0;
  endHigh = 0;
  endLow = 0;
  kind = 0;
  status = 0;
  /** From TraceSetBuilder.operations. */
  operation = 0;
  /** Addresses of its OTLP protobuf Span message: offset in the chunk plus what addChunk() answered. */
  detailStart = 0;
  detailEnd = 0;
}
