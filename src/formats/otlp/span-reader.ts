/** Reads Span messages (opentelemetry-proto, trace.proto) into a builder's columns; see protobuf-decoder.ts. */
import { IS_LITTLE_ENDIAN, namesPeer, Wire, WireError, WireReader, type TraceSetBuilder } from '../../trace';

/** Tags (field << 3 | wire type) of Span. */
const TRACE_ID = 10, SPAN_ID = 18, PARENT_ID = 34, NAME = 42, KIND = 48, START = 57, END = 65;
const ATTRIBUTE = 74, EVENT = 90, LINK = 106, STATUS = 122;
/** First byte of the two-byte tag of flags, field 16, and the bytes that it takes with its tag. */
const FLAGS = 0x85, FLAGS_BYTES = 6;
/** Tag of a Span in ScopeSpans. */
const SPAN_OF_SCOPE = 18;
/** Tag of the code in Status. */
const STATUS_CODE = 24;
/** Tag, length and content of the three ids that a span may begin with. */
const IDS_BYTES = 18 + 10 + 10;

export class SpanReader {
  private bytes: Uint8Array = new Uint8Array(0);
  private view = new DataView(this.bytes.buffer);
  /** Where the last slow varint ended. */
  private after = 0;

  constructor(private readonly builder: TraceSetBuilder) {}

  /**
   * Adds the Span message bytes[start, end) to the builder, and the usual ones that follow it in ScopeSpans before `limit`.
   * @param address what its chunk's addresses start from
   * @returns the end of the last that was added
   */
  read(bytes: Uint8Array, start: number, end: number, address: number, limit = end): number {
    if (this.bytes !== bytes) {
      this.bytes = bytes;
      this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    }
    const after = this.readUsual(start, end, address, limit);
    if (after >= 0) {
      return after;
    }
    const { builder } = this;
    const span = builder.nextSpan();
    builder.spans.detailStart[span] = address + start;
    builder.spans.detailEnd[span] = address + end;
    if (!this.readAny(span, start, end)) {
      builder.spans.clear(span);
      builder.notice('malformedSpan', `A malformed span at byte ${start} was left out.`);
    }
    return end;
  }

  /**
   * The hot path: spans as exporters write them, fields in the order of their numbers, as many as follow each other. What is done a
   * span is in functions of its own: a trace that opens for the first time is read by them as soon as each is compiled, a long
   * loop would have to end first.
   * @returns the end of the last, or -1 if the first is laid out in another way
   */
  private readUsual(first: number, firstEnd: number, address: number, limit: number): number {
    const { bytes } = this;
    let start = first;
    let end = firstEnd;
    let after = -1;
    while (end <= limit && this.readUsualSpan(start, end, address)) {
      after = end;
      // The next, where its length takes two bytes, as nearly all do.
      if (end >= limit || bytes[end] !== SPAN_OF_SCOPE || bytes[end + 1] < 0x80 || bytes[end + 2] >= 0x80) {
        break;
      }
      start = end + 3;
      end = start + (bytes[end + 1] & 0x7f) + (bytes[end + 2] << 7);
    }
    return after;
  }

  /** Adds a span; false, and nothing is added, if it is laid out in another way. */
  private readUsualSpan(start: number, end: number, address: number): boolean {
    const { bytes, builder } = this;
    if (end - start <= IDS_BYTES || bytes[start] !== TRACE_ID || bytes[start + 1] !== 16 || bytes[start + 18] !== SPAN_ID || bytes[start + 19] !== 8) {
      return false;
    }
    const hasParent = bytes[start + 28] === PARENT_ID && bytes[start + 29] === 8;
    const name = hasParent ? start + 40 : start + 30;
    const nameEnd = name + bytes[name - 1];
    if (bytes[name - 2] !== NAME || bytes[name - 1] >= 0x80) {
      return false;
    }
    const hasKind = bytes[nameEnd] === KIND && bytes[nameEnd + 1] <= 5;
    const kind = hasKind ? bytes[nameEnd + 1] : 0;
    const times = hasKind ? nameEnd + 2 : nameEnd;
    if (bytes[times] !== START || bytes[times + 9] !== END || times + 18 > end) {
      return false;
    }
    const peers = namesPeer(kind) ? builder.peers : undefined;
    const attributesEnd = peers === undefined ? pastAttributes(bytes, times + 18, end) : peers.pastAttributes(bytes, times + 18, end);
    const span = builder.nextSpan();
    if (attributesEnd !== end && this.readTail(span, attributesEnd, end) !== end) {
      builder.spans.status[span] = 0;
      return false;
    }
    // Now it is certain, and written.
    const { spans } = builder;
    spans.kind[span] = kind;
    spans.detailStart[span] = address + start;
    spans.detailEnd[span] = address + end;
    spans.operation[span] = builder.operations.intern(bytes, name, nameEnd);
    if (peers !== undefined) {
      spans.peer[span] = peers.readRest(attributesEnd, end);
    }
    this.keepIdsAndTimes(span, start, hasParent, times);
    return true;
  }

  private keepIdsAndTimes(span: number, start: number, hasParent: boolean, times: number): void {
    const { builder, view } = this;
    const { key, parentHigh, parentLow } = builder.spans;
    key[3 * span] = this.traceAt(start + 2);
    key[3 * span + 1] = view.getInt32(start + 20, IS_LITTLE_ENDIAN);
    key[3 * span + 2] = view.getInt32(start + 24, IS_LITTLE_ENDIAN);
    if (hasParent) {
      parentHigh[span] = view.getInt32(start + 30, IS_LITTLE_ENDIAN);
      parentLow[span] = view.getInt32(start + 34, IS_LITTLE_ENDIAN);
    }
    builder.addSpan(view.getInt32(times + 5, true), view.getInt32(times + 1, true), view.getInt32(times + 14, true), view.getInt32(times + 10, true));
  }

  /** Moves past what usually follows the first attributes, and reads the status. @returns where something else comes, or the end */
  private readTail(span: number, from: number, end: number): number {
    const { bytes } = this;
    let at = from;
    while (at < end) {
      const tag = bytes[at];
      const length = bytes[at + 1];
      if (tag === STATUS && length === 2 && bytes[at + 2] === STATUS_CODE && bytes[at + 3] <= 2) {
        this.builder.spans.status[span] = bytes[at + 3];
        at += 4;
      } else if (tag === STATUS && length === 0) {
        at += 2;
      } else if (tag !== EVENT && tag !== LINK && tag !== ATTRIBUTE) {
        return at === end - FLAGS_BYTES && tag === FLAGS && length === 1 ? end : at;
      } else if (length < 0x80 || bytes[at + 2] < 0x80) {
        this.builder.spans.hasLinks ||= tag === LINK;
        at += length < 0x80 ? length + 2 : (length & 0x7f) + (bytes[at + 2] << 7) + 3;
      } else {
        return at;
      }
    }
    return at;
  }

  /**
   * Any well-formed span, fields in any order, unknown ones among them; the last of several counts. Reads past the array see
   * undefined, and end the loop as malformed. @returns false, and the span is not added, if it is malformed
   */
  private readAny(span: number, start: number, end: number): boolean {
    const { builder, bytes, view } = this;
    const { spans } = builder;
    let name = start;
    let nameEnd = start;
    let traceId = start;
    let traceIdEnd = start;
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
        if (tag === NAME) {
          name = at;
          nameEnd = to;
        } else if (tag === TRACE_ID) {
          traceId = at;
          traceIdEnd = to;
        } else if (tag === SPAN_ID && length === 8) {
          spans.key[3 * span + 1] = view.getInt32(at, IS_LITTLE_ENDIAN);
          spans.key[3 * span + 2] = view.getInt32(at + 4, IS_LITTLE_ENDIAN);
        } else if (tag === PARENT_ID && length === 8) {
          spans.parentHigh[span] = view.getInt32(at, IS_LITTLE_ENDIAN);
          spans.parentLow[span] = view.getInt32(at + 4, IS_LITTLE_ENDIAN);
        } else if (tag === SPAN_ID) {
          [spans.key[3 * span + 1], spans.key[3 * span + 2]] = this.oddId(at, to, 8);
        } else if (tag === PARENT_ID) {
          [spans.parentHigh[span], spans.parentLow[span]] = this.oddId(at, to, 8);
        } else if (tag === STATUS) {
          spans.status[span] = this.statusCode(at, to);
        } else if (tag === LINK) {
          spans.hasLinks = true;
        }
        at = to;
      } else {
        at = this.otherField(at - 1, end);
      }
    }
    if (at !== end) {
      return false;
    }
    spans.key[3 * span] = traceIdEnd - traceId === 16 ? this.traceAt(traceId) : this.oddTrace(this.oddId(traceId, traceIdEnd, 16));
    spans.operation[span] = builder.operations.intern(bytes, name, nameEnd);
    if (builder.peers !== undefined && namesPeer(spans.kind[span])) {
      spans.peer[span] = builder.peers.read(bytes, start, end);
    }
    builder.addSpan(startHigh, startLow, endHigh, endLow);
    return true;
  }

  private traceAt(at: number): number {
    const { builder, view } = this;
    return builder.traceOf(
      view.getInt32(at, IS_LITTLE_ENDIAN),
      view.getInt32(at + 4, IS_LITTLE_ENDIAN),
      view.getInt32(at + 8, IS_LITTLE_ENDIAN),
      view.getInt32(at + 12, IS_LITTLE_ENDIAN)
    );
  }

  private oddTrace([a, b, c, d]: Int32Array): number {
    return this.builder.traceOf(a, b, c, d);
  }

  /** The words of an id of another length than its own: padded with leading zeros, or its last bytes. Empty is simply absent. */
  private oddId(from: number, to: number, length: number): Int32Array {
    const id = new Uint8Array(length);
    const given = this.bytes.subarray(Math.max(from, to - length), to);
    id.set(given, length - given.length);
    if (given.length > 0) {
      this.builder.notice('oddId', `An id of ${to - from} bytes instead of ${length} was ${to - from < length ? 'padded' : 'cut'} (byte ${from}).`);
    }
    return new Int32Array(id.buffer);
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

/** Past the attributes that come next, as far as each is shorter than 128 bytes: nine tenths of a span's fields. */
function pastAttributes(bytes: Uint8Array, at: number, end: number): number {
  while (at < end && bytes[at] === ATTRIBUTE && bytes[at + 1] < 0x80) {
    at += bytes[at + 1] + 2;
  }
  return at;
}
