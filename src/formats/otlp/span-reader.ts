/** Reads Span messages (opentelemetry-proto, trace.proto) into a builder's columns; see protobuf-decoder.ts. */
import { Wire, WireError, WireReader, type TraceSetBuilder } from '../../trace';

/** Tags (field << 3 | wire type) of Span. The two-byte tag of flags (field 16) is read by the general path. */
const TRACE_ID = 10, SPAN_ID = 18, TRACE_STATE = 26, PARENT_ID = 34, NAME = 42, KIND = 48, START = 57, END = 65;
const ATTRIBUTE = 74, EVENT = 90, LINK = 106, STATUS = 122;

export class SpanReader {
  private bytes: Uint8Array = new Uint8Array(0);
  private view = new DataView(this.bytes.buffer);
  /** Where the last slow varint ended. */
  private after = 0;

  constructor(private readonly builder: TraceSetBuilder) {}

  /**
   * Adds the Span message bytes[start, end) to the builder; `address` is what its chunk's addresses start from. This is the
   * hot loop: reads past the array see undefined, and end it as malformed.
   */
  read(bytes: Uint8Array, start: number, end: number, address: number): void {
    if (this.bytes !== bytes) {
      this.bytes = bytes;
      this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    }
    const { builder, view } = this;
    const { spans } = builder;
    const span = builder.nextSpan();
    let name = start;
    let nameEnd = start;
    let trace = -1;
    let startHigh = 0;
    let startLow = 0;
    let endHigh = 0;
    let endLow = 0;
    let at = start;
    while (at < end) {
      const tag = bytes[at++];
      if (tag === ATTRIBUTE && bytes[at] < 0x80) {
        at += bytes[at] + 1; // nine tenths of the fields
      } else if (tag === START && at + 8 <= end) {
        startLow = view.getInt32(at, true);
        startHigh = view.getInt32(at + 4, true);
        at += 8;
      } else if (tag === END && at + 8 <= end) {
        endLow = view.getInt32(at, true);
        endHigh = view.getInt32(at + 4, true);
        at += 8;
      } else if (tag === KIND) {
        const kind = bytes[at++];
        spans.kind[span] = kind <= 5 ? kind : 0;
        if (kind >= 0x80) {
          this.varint(at - 1, end);
          at = this.after;
        }
      } else if ((tag & 7) === Wire.bytes && tag < 0x80) {
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
              spans.key[3 * span + 1] = view.getInt32(at);
              spans.key[3 * span + 2] = view.getInt32(at + 4);
            } else {
              const id = this.oddId(at, to, 8);
              spans.key[3 * span + 1] = bigEndianWord(id, 0);
              spans.key[3 * span + 2] = bigEndianWord(id, 4);
            }
            break;
          case PARENT_ID:
            if (length === 8) {
              spans.parentHigh[span] = view.getInt32(at);
              spans.parentLow[span] = view.getInt32(at + 4);
            } else {
              const id = this.oddId(at, to, 8);
              spans.parentHigh[span] = bigEndianWord(id, 0);
              spans.parentLow[span] = bigEndianWord(id, 4);
            }
            break;
          case TRACE_ID:
            trace =
              length === 16
                ? builder.traceOf(view.getInt32(at), view.getInt32(at + 4), view.getInt32(at + 8), view.getInt32(at + 12))
                : this.oddTrace(this.oddId(at, to, 16));
            break;
          case STATUS:
            spans.status[span] = this.statusCode(at, to);
            break;
        }
        at = to;
      } else {
        at = this.otherField(at - 1, end);
      }
    }
    if (at !== end) {
      spans.clear(span);
      builder.notice('malformedSpan', `A malformed span at byte ${start} was left out.`);
      return;
    }
    spans.key[3 * span] = trace < 0 ? builder.traceOf(0, 0, 0, 0) : trace;
    spans.operation[span] = builder.operations.intern(bytes, name, nameEnd);
    spans.detailStart[span] = address + start;
    spans.detailEnd[span] = address + end;
    builder.addSpan(startHigh, startLow, endHigh, endLow);
  }

  private oddTrace(id: Uint8Array): number {
    return this.builder.traceOf(bigEndianWord(id, 0), bigEndianWord(id, 4), bigEndianWord(id, 8), bigEndianWord(id, 12));
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

function bigEndianWord(bytes: Uint8Array, at: number): number {
  return (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
}
