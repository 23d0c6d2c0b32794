/**
 * Where everything lies in a received request: its spans, with the few fields that decide about them before they are decoded, and the
 * resource and scope each belongs to. Making the index checks the whole message, so that decoding what it lists cannot fail.
 * Field numbers are those of opentelemetry/proto/trace/v1/trace.proto.
 */
import { GrowableInt32 } from './growable';
import { checkMessage, EVENT, KEY_VALUE, LINK, type MessageShape, RESOURCE, SCOPE } from './message-check';
import { BYTES, FIXED64, VARINT, WireError, WireReader } from './wire';

/** Bytes of the request: [from, to). An absent message is empty. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** What the spans of one ScopeSpans message share. */
export interface SpanGroup {
  readonly resource: Range;
  readonly scope: Range;
}

/** Numbers kept for each span; positions in the request, -1 where the field is absent. */
const Head = { group: 0, from: 1, to: 2, traceId: 3, spanId: 4, parentId: 5, kind: 6, start: 7, end: 8, isError: 9 } as const;
const HEAD_LENGTH = 10;
const STATUS_ERROR = 2;

export class RequestIndex {
  readonly bytes: Uint8Array;
  readonly tenant: number;
  readonly groups: readonly SpanGroup[];
  readonly spanCount: number;
  readonly rejectedSpans: number;
  /** Why spans were rejected; absent where none were. */
  readonly reason: string | undefined;
  private readonly heads: Int32Array;
  private readonly view: DataView;

  /** @throws WireError when the request is malformed */
  constructor(bytes: Uint8Array, tenant: number, scan = finishedScan(bytes)) {
    this.bytes = bytes;
    this.tenant = tenant;
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.groups = scan.groups;
    this.heads = scan.heads.items.slice(0, scan.heads.length);
    this.spanCount = scan.heads.length / HEAD_LENGTH;
    this.rejectedSpans = scan.rejected;
    this.reason = scan.reason;
  }

  /**
   * The same, step by step: a large request must not hold up the queries.
   * @param pause called between steps of a few milliseconds
   */
  static async inSteps(bytes: Uint8Array, tenant: number, pause: () => Promise<void>): Promise<RequestIndex> {
    const scan = new RequestScan(bytes);
    for (const steps = scan.steps(); !steps.next().done; ) {
      await pause();
    }
    return new RequestIndex(bytes, tenant, scan);
  }

  group(span: number): SpanGroup {
    return this.groups[this.head(span, Head.group)];
  }

  /** The bytes of the Span message. */
  from(span: number): number {
    return this.head(span, Head.from);
  }

  to(span: number): number {
    return this.head(span, Head.to);
  }

  /** Where the 16 bytes of the trace's id are. */
  traceIdAt(span: number): number {
    return this.head(span, Head.traceId);
  }

  /** Where the 8 bytes of the span's id are. */
  spanIdAt(span: number): number {
    return this.head(span, Head.spanId);
  }

  /** The id as the database keeps it: big-endian. */
  spanId(span: number): bigint {
    return this.view.getBigUint64(this.spanIdAt(span));
  }

  /** Where the 8 bytes of the parent's id are, -1 for a span without one. */
  parentIdAt(span: number): number {
    return this.head(span, Head.parentId);
  }

  /** SpanKind. */
  kind(span: number): number {
    return this.head(span, Head.kind);
  }

  isError(span: number): boolean {
    return this.head(span, Head.isError) === 1;
  }

  /** Unix nanoseconds; 0 where the span has none. */
  startNs(span: number): bigint {
    return this.time(this.head(span, Head.start));
  }

  endNs(span: number): bigint {
    return this.time(this.head(span, Head.end));
  }

  /** End minus start as a double; negative where the end is before the start. */
  durationNs(span: number): number {
    const [start, end] = [this.head(span, Head.start), this.head(span, Head.end)];
    const low = (end < 0 ? 0 : this.view.getUint32(end, true)) - (start < 0 ? 0 : this.view.getUint32(start, true));
    const high = (end < 0 ? 0 : this.view.getUint32(end + 4, true)) - (start < 0 ? 0 : this.view.getUint32(start + 4, true));
    return high * 2 ** 32 + low;
  }

  sameTrace(a: number, b: number): boolean {
    return sameBytes(this.bytes, this.traceIdAt(a), this.traceIdAt(b), 16);
  }

  private time(at: number): bigint {
    return at < 0 ? 0n : this.view.getBigUint64(at, true);
  }

  private head(span: number, field: number): number {
    return this.heads[span * HEAD_LENGTH + field];
  }
}

/** Messages in a step: spans, and what they are in. */
const STEP_MESSAGES = 1000;
/**
 * Attributes, values, events and links of a request: each takes some hundred bytes until it is written, and may be sent in two. Telemetry
 * in the largest body has half as many.
 */
const MAX_PARTS = 4_000_000;

const NOTHING: Range = { from: 0, to: 0 };

class RequestScan {
  readonly groups: SpanGroup[] = [];
  readonly heads = new GrowableInt32();
  rejected = 0;
  reason: string | undefined;
  private readonly reader: WireReader;
  private messagesOfStep = 0;
  private parts = 0;

  constructor(bytes: Uint8Array) {
    this.reader = new WireReader(bytes);
  }

  /** Reads the whole request. @throws WireError when it is malformed */
  *steps(): Generator<void, void> {
    for (const { from, to } of this.messages(0, this.reader.bytes.length, 1)) {
      yield* this.resourceSpans(from, to);
      if (this.isStepDone()) {
        yield;
      }
    }
  }

  private *resourceSpans(start: number, end: number): Generator<void, void> {
    // The resource may come after the spans in the message, so it is looked for first.
    const resource = yield* this.lastMessage(start, end, 1);
    this.check(resource.from, resource.to, RESOURCE);
    for (const { from, to } of this.messages(start, end, 2)) {
      yield* this.scopeSpans(resource, from, to);
      if (this.isStepDone()) {
        yield;
      }
    }
  }

  private *scopeSpans(resource: Range, start: number, end: number): Generator<void, void> {
    const scope = yield* this.lastMessage(start, end, 1);
    this.check(scope.from, scope.to, SCOPE);
    let isListed = false;
    for (const { from, to } of this.messages(start, end, 2)) {
      if (!isListed) {
        this.groups.push({ resource, scope });
        isListed = true;
      }
      this.span(from, to);
      if (this.isStepDone()) {
        yield;
      }
    }
  }

  /** To be asked after every message. */
  private isStepDone(): boolean {
    if (++this.messagesOfStep < STEP_MESSAGES) {
      return false;
    }
    this.messagesOfStep = 0;
    return true;
  }

  private span(from: number, to: number): void {
    const { reader } = this;
    let traceId = -1;
    let traceIdLength = 0;
    let spanId = -1;
    let spanIdLength = 0;
    let parentId = -1;
    let parentIdLength = 0;
    let kind = 0;
    let start = -1;
    let end = -1;
    let status = 0;
    reader.pos = from;
    while (reader.pos < to) {
      const tag = reader.tag(to);
      switch (tag) {
        case 8 * 1 + BYTES: traceIdLength = reader.length(to); traceId = reader.advance(traceIdLength, to); break;
        case 8 * 2 + BYTES: spanIdLength = reader.length(to); spanId = reader.advance(spanIdLength, to); break;
        case 8 * 4 + BYTES: parentIdLength = reader.length(to); parentId = reader.advance(parentIdLength, to); break;
        case 8 * 6 + VARINT: kind = reader.varint(to); break;
        case 8 * 7 + FIXED64: start = reader.advance(8, to); break;
        case 8 * 8 + FIXED64: end = reader.advance(8, to); break;
        case 8 * 9 + BYTES: this.checkNext(KEY_VALUE, to); break;
        case 8 * 11 + BYTES: this.checkNext(EVENT, to); break;
        case 8 * 13 + BYTES: this.checkNext(LINK, to); break;
        case 8 * 15 + BYTES: status = this.statusCode(to); break;
        default: reader.skip(tag % 8, to);
      }
    }
    const { bytes } = reader;
    if (traceIdLength !== 16 || isZero(bytes, traceId, 16)) {
      this.reject(`trace ids must be 128 bit, received ${traceIdLength * 8} bits`);
    } else if (spanIdLength !== 8 || isZero(bytes, spanId, 8)) {
      this.reject(`span ids must be 64 bit, received ${spanIdLength * 8} bits`);
    } else {
      const hasParent = parentIdLength === 8 && !isZero(bytes, parentId, 8);
      const at = this.heads.extend(HEAD_LENGTH);
      const { items } = this.heads;
      items[at + Head.group] = this.groups.length - 1;
      items[at + Head.from] = from;
      items[at + Head.to] = to;
      items[at + Head.traceId] = traceId;
      items[at + Head.spanId] = spanId;
      items[at + Head.parentId] = hasParent ? parentId : -1;
      items[at + Head.kind] = kind & 0xff;
      items[at + Head.start] = start;
      items[at + Head.end] = end;
      items[at + Head.isError] = status === STATUS_ERROR ? 1 : 0;
    }
  }

  private reject(reason: string): void {
    this.rejected++;
    this.reason ??= reason;
  }

  private checkNext(shape: MessageShape, end: number): void {
    const length = this.reader.length(end);
    const from = this.reader.advance(length, end);
    this.check(from, from + length, shape);
  }

  private check(from: number, to: number, shape: MessageShape): void {
    this.parts += checkMessage(this.reader, from, to, shape);
    if (this.parts > MAX_PARTS) {
      throw new WireError(`the request has more than ${MAX_PARTS} attributes, values, events and links: send it in parts`);
    }
  }

  private statusCode(spanEnd: number): number {
    const { reader } = this;
    const length = reader.length(spanEnd);
    const end = reader.pos + length;
    let code = 0;
    while (reader.pos < end) {
      const tag = reader.tag(end);
      if (tag === 8 * 3 + VARINT) {
        code = reader.varint(end);
      } else {
        reader.skip(tag % 8, end);
      }
    }
    return code;
  }

  private *lastMessage(start: number, end: number, wanted: number): Generator<void, Range> {
    const { reader } = this;
    let found: Range = NOTHING;
    reader.pos = start;
    while (reader.pos < end) {
      const tag = reader.tag(end);
      if (tag === 8 * wanted + BYTES) {
        const length = reader.length(end);
        const from = reader.advance(length, end);
        found = { from, to: from + length };
      } else {
        reader.skip(tag % 8, end);
      }
      if (this.isStepDone()) {
        yield;
      }
    }
    return found;
  }

  /** The messages of one field. What is read meanwhile may move the reader. */
  private *messages(start: number, end: number, wanted: number): Generator<Range, void> {
    const { reader } = this;
    reader.pos = start;
    while (reader.pos < end) {
      const tag = reader.tag(end);
      if (tag === 8 * wanted + BYTES) {
        const length = reader.length(end);
        const from = reader.advance(length, end);
        yield { from, to: from + length };
        reader.pos = from + length;
      } else {
        reader.skip(tag % 8, end);
      }
    }
  }
}

function finishedScan(bytes: Uint8Array): RequestScan {
  const scan = new RequestScan(bytes);
  Array.from(scan.steps());
  return scan;
}

function isZero(bytes: Uint8Array, at: number, length: number): boolean {
  for (let i = at; i < at + length; i++) {
    if (bytes[i] !== 0) {
      return false;
    }
  }
  return true;
}

function sameBytes(bytes: Uint8Array, a: number, b: number, length: number): boolean {
  for (let i = 0; i < length; i++) {
    if (bytes[a + i] !== bytes[b + i]) {
      return false;
    }
  }
  return true;
}
