/**
 * OTLP protobuf → TraceSet in one pass over the bytes (opentelemetry-proto: TracesData, ExportTraceServiceRequest; Tempo's v1
 * Trace is the same message, its v2 TraceByIDResponse wraps one). Only what the columns need is read: of the attributes,
 * events and links the lengths. Malformed spans are left out and counted, a cut-off input is read up to the cut.
 */
import { AttributeField, findAttribute, PeerReader, TraceSetBuilder, valueText, WireError, WireReader, type OnSpans, type TraceSet } from '../../trace';
import { FormatError } from '../format-error';
import { serviceNameKey } from './service-name';
import { SpanReader } from './span-reader';

/** Decodes one message, or several into one set. @throws FormatError if there are bytes but nothing in them is OTLP */
export function decodeOtlpProtobuf(input: Uint8Array | readonly Uint8Array[], onSpans?: OnSpans): TraceSet {
  return decodeInto(new TraceSetBuilder(onSpans), input);
}

/** The same for sets of which a service graph is made next: reads on the way whom the spans call. @throws FormatError */
export function decodeOtlpProtobufForGraph(input: Uint8Array | readonly Uint8Array[]): TraceSet {
  return decodeInto(new TraceSetBuilder(undefined, new PeerReader()), input);
}

function decodeInto(builder: TraceSetBuilder, input: Uint8Array | readonly Uint8Array[]): TraceSet {
  for (const bytes of input instanceof Uint8Array ? [input] : input) {
    addOtlpProtobuf(builder, bytes);
  }
  return builder.finish();
}

/** Adds the spans of one message to a builder. @throws FormatError */
function addOtlpProtobuf(builder: TraceSetBuilder, bytes: Uint8Array): void {
  new MessageDecoder(builder, bytes).decode();
}

const LENGTH_DELIMITED = 2;

/** Spans with a few attributes take about this much; room for so many is less than the input itself, and cheap until used. */
const LEAN_SPAN_BYTES = 200;

class MessageDecoder {
  private readonly address: number;
  private readonly spans: SpanReader;

  constructor(
    private readonly builder: TraceSetBuilder,
    private readonly bytes: Uint8Array
  ) {
    builder.reserve(bytes.length / LEAN_SPAN_BYTES);
    this.address = builder.addChunk(bytes);
    this.spans = new SpanReader(builder);
  }

  decode(): void {
    const { bytes } = this;
    const ranges = this.children(0, bytes.length, 1);
    if (bytes.length > 0 && ranges.length === 0) {
      throw new FormatError('otlp-protobuf', 'byte 0', 'no ResourceSpans (field 1) found');
    }
    for (const { from, to } of isWrapped(bytes, ranges) ? ranges.flatMap(({ from, to }) => this.children(from, to, 1)) : ranges) {
      this.resourceSpans(from, to);
    }
  }

  /** The messages at `field`; a length beyond the end is cut to it, so that a truncated input is read as far as it goes. */
  private children(start: number, end: number, field: number): Range[] {
    const found: Range[] = [];
    const reader = new WireReader(this.bytes, start, end);
    try {
      while (reader.next()) {
        if (reader.field === field && reader.type === LENGTH_DELIMITED) {
          const length = reader.varint();
          if (length > end - reader.at) {
            this.builder.notice('truncated', `The input ends inside a message at byte ${reader.at}; what precedes the cut is shown.`);
          }
          found.push({ from: reader.at, to: (reader.at = Math.min(end, reader.at + length)) });
        } else {
          reader.skip();
        }
      }
    } catch (error) {
      this.malformed(error);
    }
    return found;
  }

  private resourceSpans(start: number, end: number): void {
    const { bytes, address, builder } = this;
    const message = this.children(start, end, 1).at(-1) ?? { from: start, to: start };
    const schema = this.children(start, end, 3).at(-1) ?? { from: start, to: start };
    const service = findAttribute(bytes, message.from, message.to, AttributeField.resource, serviceNameKey());
    const resource = builder.addResource(service && valueText(service), [
      address + message.from, address + message.to, address + schema.from, address + schema.to,
    ]);
    // 2: ScopeSpans; 1000: InstrumentationLibrarySpans of OTLP before 0.15, laid out the same
    for (const field of [2, 1000]) {
      for (const { from, to } of this.children(start, end, field)) {
        this.scopeSpans(resource, from, to);
      }
    }
  }

  private scopeSpans(resource: number, start: number, end: number): void {
    const { address, builder } = this;
    let scope: Range = { from: start, to: start };
    let schema = scope;
    const reader = new WireReader(this.bytes, start, end);
    const index = builder.addScope(resource);
    try {
      while (reader.next()) {
        if (reader.type !== LENGTH_DELIMITED) {
          reader.skip();
          continue;
        }
        const { field } = reader;
        const length = reader.varint();
        if (length > end - reader.at) {
          throw new WireError('the input ends inside a span', reader.at);
        }
        const from = reader.at;
        const to = (reader.at += length);
        if (field === 2) {
          reader.at = this.spans.read(this.bytes, from, to, address, end);
        } else if (field === 1) {
          scope = { from, to };
        } else if (field === 3) {
          schema = { from, to };
        }
      }
    } catch (error) {
      this.malformed(error);
    }
    builder.setScope(index, [address + scope.from, address + scope.to, address + schema.from, address + schema.to]);
  }

  private malformed(error: unknown): void {
    if (!(error instanceof WireError)) {
      throw error;
    }
    this.builder.notice('malformed', `Malformed protobuf: ${error.message}; what could be read is shown.`);
  }
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * Whether field 1 holds a Trace (Tempo's TraceByIDResponse) instead of ResourceSpans: a Trace has nothing but field 1,
 * ResourceSpans with spans have field 2. (Where no spans are, both readings find none.)
 */
function isWrapped(bytes: Uint8Array, ranges: readonly Range[]): boolean {
  return ranges.every(({ from, to }) => {
    const reader = new WireReader(bytes, from, to);
    try {
      while (reader.next()) {
        if (reader.field !== 1) {
          return false;
        }
        reader.skip();
      }
      return true;
    } catch (error) {
      if (error instanceof WireError) {
        return true;
      }
      throw error;
    }
  });
}
