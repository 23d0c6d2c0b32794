/**
 * Decodes an OTLP ExportTraceServiceRequest (protobuf) straight into the columns of a batch.
 * Field numbers are those of opentelemetry/proto/trace/v1/trace.proto.
 */
import type { Dictionary } from './dictionary';
import type { SpanBatch } from './span-batch';
import { SpanDecoder } from './span-decoder';
import { BYTES, type WireReader } from './wire';

export interface DecodeResult {
  readonly acceptedSpans: number;
  readonly rejectedSpans: number;
  /** Why spans were rejected; absent where none were. */
  readonly reason?: string;
}

const NO_BYTES = new Uint8Array(0);

export class OtlpDecoder {
  private readonly dictionary: Dictionary;

  constructor(dictionary: Dictionary) {
    this.dictionary = dictionary;
  }

  /**
   * Adds the request's spans to the batch. Spans without valid ids are left out and counted.
   * @throws WireError when the request is malformed; the batch then holds what it held before
   */
  decode(request: Uint8Array, tenant: number, batch: SpanBatch): DecodeResult {
    const mark = batch.mark();
    try {
      const spans = new SpanDecoder(request, tenant, batch, this.dictionary);
      const reader = spans.reader;
      this.eachChild(reader, 0, request.length, 1, (start, end) => this.resourceSpans(spans, start, end));
      batch.requestBytes += request.length;
      return { acceptedSpans: batch.spanCount - mark.spans, rejectedSpans: spans.rejected, reason: spans.reason };
    } catch (error) {
      batch.rollBack(mark);
      throw error;
    }
  }

  private resourceSpans(spans: SpanDecoder, start: number, end: number): void {
    // The resource may come after the spans in the message, so it is looked for first.
    let resource = -1;
    this.eachChild(spans.reader, start, end, 1, (from, to) => {
      resource = this.dictionary.resourceOf(spans.tenant, spans.reader.bytes, from, to);
    });
    spans.resource = resource >= 0 ? resource : this.dictionary.resourceOf(spans.tenant, NO_BYTES, 0, 0);
    this.eachChild(spans.reader, start, end, 2, (from, to) => this.scopeSpans(spans, from, to));
  }

  private scopeSpans(spans: SpanDecoder, start: number, end: number): void {
    let instrumentation = -1;
    this.eachChild(spans.reader, start, end, 1, (from, to) => {
      instrumentation = this.dictionary.instrumentationOf(spans.tenant, spans.reader.bytes, from, to);
    });
    spans.instrumentation = instrumentation >= 0 ? instrumentation : this.dictionary.instrumentationOf(spans.tenant, NO_BYTES, 0, 0);
    this.eachChild(spans.reader, start, end, 2, (from, to) => spans.add(from, to));
  }

  private eachChild(reader: WireReader, start: number, end: number, field: number, visit: (start: number, end: number) => void): void {
    reader.pos = start;
    while (reader.pos < end) {
      const tag = reader.tag(end);
      if (tag === 8 * field + BYTES) {
        const length = reader.length(end);
        const from = reader.advance(length, end);
        visit(from, from + length);
        reader.pos = from + length;
      } else {
        reader.skip(tag % 8, end);
      }
    }
  }
}
