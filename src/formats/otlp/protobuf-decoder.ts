/**
 * OTLP protobuf → TraceSet in one pass over the bytes (opentelemetry-proto: TracesData, ExportTraceServiceRequest; Tempo's v1
 * Trace is the same message, its v2 TraceByIDResponse wraps one). Only what the columns need is read: of the attributes,
 * events and links the lengths. Malformed spans are left out and counted, a cut-off input is read up to the cut.
 */
import { AttributeField, encodeUtf8, findAttribute, TraceSetBuilder, valueText, WireError, WireReader, type TraceSet } from '../../trace';
import { FormatError } from '../format-error';

/** Decodes one message, or several into one set. @throws FormatError if there are bytes but nothing in them is OTLP */
export function decodeOtlpProtobuf(input: Uint8Array | readonly Uint8Array[]): TraceSet {
  const builder = new TraceSetBuilder();
  for (const bytes of input instanceof Uint8Array ? [input] : input) {
    addOtlpProtobuf(builder, bytes);
  }
  return builder.finish();
}

/** Adds the spans of one message to a builder. @throws FormatError */
export function addOtlpProtobuf(builder: TraceSetBuilder, bytes: Uint8Array): void {
  new MessageDecoder(builder, bytes).decode();
}

const SERVICE_NAME = encodeUtf8Lazily('service.name');

function encodeUtf8Lazily(text: string): () => Uint8Array {
  let bytes: Uint8Array | undefined;
  return () => (bytes ??= encodeUtf8(text));
}

/** Tags (field << 3 | wire type) of Span. The two-byte tag of flags (field 16) is read by the general path. */
const TRACE_ID = 10, SPAN_ID = 18, TRACE_STATE = 26, PARENT_ID = 34, NAME = 42, KIND = 48, START = 57, END = 65;
const ATTRIBUTE = 74, EVENT = 90, LINK = 106, STATUS = 122;

const LENGTH_DELIMITED = 2;

class MessageDecoder {
  private readonly address: number;
  /** Where the last slow varint ended. */
  private after = 0;

  constructor(
    private readonly builder: TraceSetBuilder,
    private readonly bytes: Uint8Array
  ) {
    this.address = builder.addChunk(bytes);
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
    const service = findAttribute(bytes, message.from, message.to, AttributeField.resource, SERVICE_NAME());
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
    const setRanges = builder.addScope(resource);
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
          this.span(from, to);
        } else if (field === 1) {
          scope = { from, to };
        } else if (field === 3) {
          schema = { from, to };
        }
      }
    } catch (error) {
      this.malformed(error);
    }
    setRanges([address + scope.from, address + scope.to, address + schema.from, address + schema.to]);
  }

  /** The hot loop: one Span message into the draft. Reads past `end` only see undefined and end the loop as malformed. */
  private span(start: number, end: number): void {
    const { bytes, builder } = this;
    const { draft } = builder;
    let name = start;
    let nameEnd = start;
    let trace = -1;
    draft.idHigh = draft.idLow = draft.parentHigh = draft.parentLow = 0;
    draft.startHigh = draft.startLow = draft.endHigh = draft.endLow = 0;
    draft.kind = draft.status = 0;
    let at = start;
    while (at < end) {
      const tag = bytes[at++];
      if (tag === START) {
        draft.startLow = word(bytes, at);
        draft.startHigh = word(bytes, at + 4);
        at += 8;
      } else if (tag === END) {
        draft.endLow = word(bytes, at);
        draft.endHigh = word(bytes, at + 4);
        at += 8;
      } else if (tag === KIND) {
        const kind = bytes[at++];
        draft.kind = kind <= 5 ? kind : 0;
        if (kind >= 0x80) {
          this.varint(at - 1, end);
          at = this.after;
        }
      } else if ((tag & 7) === LENGTH_DELIMITED && tag < 0x80) {
        let length = bytes[at++];
        if (length >= 0x80) {
          length = this.varint(at - 1, end);
          at = this.after;
        }
        const to = at + length;
        if (!(to <= end)) {
          break;
        }
        switch (tag) {
          case ATTRIBUTE:
          case EVENT:
          case LINK:
          case TRACE_STATE:
            break;
          case NAME:
            name = at;
            nameEnd = to;
            break;
          case SPAN_ID:
            if (length === 8) {
              draft.idHigh = bigEndianWord(bytes, at);
              draft.idLow = bigEndianWord(bytes, at + 4);
            } else {
              const id = this.oddId(at, to, 8);
              draft.idHigh = bigEndianWord(id, 0);
              draft.idLow = bigEndianWord(id, 4);
            }
            break;
          case PARENT_ID:
            if (length === 8) {
              draft.parentHigh = bigEndianWord(bytes, at);
              draft.parentLow = bigEndianWord(bytes, at + 4);
            } else {
              const id = this.oddId(at, to, 8);
              draft.parentHigh = bigEndianWord(id, 0);
              draft.parentLow = bigEndianWord(id, 4);
            }
            break;
          case TRACE_ID:
            trace = length === 16 ? this.trace(bytes, at) : this.trace(this.oddId(at, to, 16), 0);
            break;
          case STATUS:
            draft.status = this.statusCode(at, to);
            break;
        }
        at = to;
      } else {
        at = this.otherField(at - 1, end);
      }
    }
    if (at !== end) {
      builder.notice('malformedSpan', `A malformed span at byte ${start} was left out.`);
      return;
    }
    draft.trace = trace < 0 ? builder.traceOf(0, 0, 0, 0) : trace;
    draft.operation = builder.operations.intern(bytes, name, nameEnd);
    draft.detailStart = this.address + start;
    draft.detailEnd = this.address + end;
    builder.addSpan();
  }

  private trace(id: Uint8Array, at: number): number {
    return this.builder.traceOf(bigEndianWord(id, at), bigEndianWord(id, at + 4), bigEndianWord(id, at + 8), bigEndianWord(id, at + 12));
  }

  /** An id of another length than its own: padded with leading zeros, or its last bytes. Empty is simply absent. */
  private oddId(from: number, to: number, length: number): Uint8Array {
    const id = new Uint8Array(length);
    const given = this.bytes.subarray(Math.max(from, to - length), to);
    id.set(given, length - given.length);
    if (given.length > 0) {
      this.builder.notice('oddId', `An id of ${to - from} bytes instead of ${length} was ${to - from < length ? 'padded' : 'cut'} (byte ${from}).`);
    }
    return id;
  }

  /** Status { message = 2, code = 3 }. */
  private statusCode(start: number, end: number): number {
    let code = 0;
    const reader = new WireReader(this.bytes, start, end);
    try {
      while (reader.next()) {
        if (reader.field === 3 && reader.type === 0) {
          code = reader.varint();
        } else {
          reader.skip();
        }
      }
    } catch (error) {
      this.malformed(error);
    }
    return code <= 2 ? code : 0;
  }

  /** Moves past a field the columns do not need; NaN, which ends the loop as malformed, if it is not well-formed. */
  private otherField(at: number, end: number): number {
    const reader = new WireReader(this.bytes, at, end);
    try {
      reader.next();
      reader.skip();
      return reader.at;
    } catch (error) {
      this.malformed(error);
      return NaN;
    }
  }

  /** A varint of several bytes; sets `after`. NaN, which ends the loop as malformed, if it is not well-formed. */
  private varint(at: number, end: number): number {
    let value = 0;
    let scale = 1;
    for (let count = 0; count < 10 && at < end; count++) {
      const byte = this.bytes[at++];
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) {
        this.after = at;
        return value;
      }
      scale *= 128;
    }
    this.after = NaN;
    return NaN;
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

function word(bytes: Uint8Array, at: number): number {
  return bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
}

function bigEndianWord(bytes: Uint8Array, at: number): number {
  return (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
}
