/** Decodes Span messages into a batch: the searched fields as columns, the rest as compact detail (see span-detail.ts). */
import type { Dictionary } from './dictionary';
import { Scope, type ScopeNumber } from './attribute';
import { GrowableInt32 } from './growable';
import type { RequestIndex, SpanGroup } from './request-index';
import { SpanBatch, traceKeyOf } from './span-batch';
import { Detail, writePairs } from './span-detail';
import { BYTES, FIXED32, FIXED64, VARINT, WireReader } from './wire';

/** A field's place in the request; a length of -1 says that the field is absent. */
interface Slice {
  start: number;
  length: number;
}

const absent = (): Slice => ({ start: 0, length: -1 });

const NOTHING = new Uint8Array(0);

export class SpanDecoder {
  private readonly dictionary: Dictionary;
  private reader = new WireReader(NOTHING);
  private tenant = 0;
  private batch = new SpanBatch();
  /** The dictionary numbers that the next spans get. */
  private resource = 0;
  private instrumentation = 0;
  private lastTrace = -1;
  private lastTraceStart = 0;
  // Scratch of the span at hand, kept across spans so that nothing is allocated for each.
  private readonly attributes = new GrowableInt32();
  private readonly childPairs = new GrowableInt32();
  private readonly events = new GrowableInt32();
  private readonly links = new GrowableInt32();
  private readonly scratch = new DataView(new ArrayBuffer(8));
  private readonly scratchBytes = new Uint8Array(this.scratch.buffer);

  constructor(dictionary: Dictionary) {
    this.dictionary = dictionary;
  }

  /** Adds spans of an indexed request to a batch. */
  decode(request: RequestIndex, spans: Iterable<number>, batch: SpanBatch): void {
    const { dictionary } = this;
    const { bytes, tenant } = request;
    this.reader = new WireReader(bytes);
    this.tenant = tenant;
    this.batch = batch;
    this.lastTrace = -1;
    let group: SpanGroup | undefined;
    for (const span of spans) {
      if (request.group(span) !== group) {
        group = request.group(span);
        this.resource = dictionary.resourceOf(tenant, bytes, group.resource.from, group.resource.to);
        this.instrumentation = dictionary.instrumentationOf(tenant, bytes, group.scope.from, group.scope.to);
      }
      this.span(request.from(span), request.to(span));
    }
  }

  private span(start: number, end: number): void {
    const { reader, batch, tenant } = this;
    const traceId = absent();
    const spanId = absent();
    const parentId = absent();
    const traceState = absent();
    const name = absent();
    const status = absent();
    let kind = 0;
    let startAt = -1;
    let endAt = -1;
    let flagsAt = -1;
    let droppedAttributes = 0;
    let droppedEvents = 0;
    let droppedLinks = 0;
    this.attributes.length = this.events.length = this.links.length = 0;

    reader.pos = start;
    while (reader.pos < end) {
      const tag = reader.tag(end);
      switch (tag) {
        case 8 * 1 + BYTES: this.take(traceId, end); break;
        case 8 * 2 + BYTES: this.take(spanId, end); break;
        case 8 * 3 + BYTES: this.take(traceState, end); break;
        case 8 * 4 + BYTES: this.take(parentId, end); break;
        case 8 * 5 + BYTES: this.take(name, end); break;
        case 8 * 6 + VARINT: kind = reader.varint(end); break;
        case 8 * 7 + FIXED64: startAt = reader.advance(8, end); break;
        case 8 * 8 + FIXED64: endAt = reader.advance(8, end); break;
        case 8 * 9 + BYTES: {
          const length = reader.length(end);
          const from = reader.advance(length, end);
          this.attributes.push(this.dictionary.pairOf(tenant, Scope.span, reader.bytes, from, from + length));
          break;
        }
        case 8 * 10 + VARINT: droppedAttributes = reader.varint(end); break;
        case 8 * 11 + BYTES: this.takeInto(this.events, end); break;
        case 8 * 12 + VARINT: droppedEvents = reader.varint(end); break;
        case 8 * 13 + BYTES: this.takeInto(this.links, end); break;
        case 8 * 14 + VARINT: droppedLinks = reader.varint(end); break;
        case 8 * 15 + BYTES: this.take(status, end); break;
        case 8 * 16 + FIXED32: flagsAt = reader.advance(4, end); break;
        default: reader.skip(tag % 8, end);
      }
    }
    const span = batch.spanCount;
    batch.messageBytes += end - start;
    batch.detailStart.push(batch.detail.length);
    const statusAt = this.readStatus(status);
    const detail = batch.detail;
    detail.varint(
      (traceState.length > 0 ? Detail.traceState : 0) | (this.attributes.length > 0 ? Detail.attributes : 0) | (droppedAttributes > 0 ? Detail.droppedAttributes : 0) |
        (this.events.length > 0 ? Detail.events : 0) | (droppedEvents > 0 ? Detail.droppedEvents : 0) | (this.links.length > 0 ? Detail.links : 0) |
        (droppedLinks > 0 ? Detail.droppedLinks : 0) | (status.length >= 0 ? Detail.status : 0) | (flagsAt >= 0 ? Detail.flags : 0),
    );
    if (traceState.length > 0) {
      this.copySlice(traceState);
    }
    if (this.attributes.length > 0) {
      writePairs(detail, this.attributes);
      for (let i = 0; i < this.attributes.length; i++) {
        this.index(this.attributes.items[i], span);
      }
    }
    if (droppedAttributes > 0) {
      detail.varint(droppedAttributes);
    }
    if (this.events.length > 0) {
      detail.varint(this.events.length / 2);
      for (let i = 0; i < this.events.length; i += 2) {
        this.event(this.events.items[i], this.events.items[i + 1], startAt, span);
      }
    }
    if (droppedEvents > 0) {
      detail.varint(droppedEvents);
    }
    if (this.links.length > 0) {
      detail.varint(this.links.length / 2);
      for (let i = 0; i < this.links.length; i += 2) {
        this.link(this.links.items[i], this.links.items[i + 1], span);
      }
    }
    if (droppedLinks > 0) {
      detail.varint(droppedLinks);
    }
    if (flagsAt >= 0) {
      detail.fixed32(reader.view.getUint32(flagsAt, true));
    }

    batch.trace.push(this.traceAt(traceId.start));
    this.pushId(batch.spanId, spanId);
    this.pushId(batch.parentId, parentId);
    this.pushTimes(startAt, endAt);
    batch.name.push(this.dictionary.intrinsicOf(tenant, 'name', reader.bytes, name.start, name.start + Math.max(0, name.length)));
    batch.resource.push(this.resource);
    batch.instrumentation.push(this.instrumentation);
    batch.kind.push(kind & 0xff);
    batch.status.push(statusAt.code & 0xff);
    batch.statusMessage.push(
      statusAt.message.length > 0 ? this.dictionary.intrinsicOf(tenant, 'statusMessage', reader.bytes, statusAt.message.start, statusAt.message.start + statusAt.message.length) : -1,
    );
  }

  private take(slice: Slice, end: number): void {
    slice.length = this.reader.length(end);
    slice.start = this.reader.advance(slice.length, end);
  }

  private takeInto(list: GrowableInt32, end: number): void {
    const length = this.reader.length(end);
    const start = this.reader.advance(length, end);
    list.push(start);
    list.push(start + length);
  }

  private index(pair: number, span: number): void {
    this.batch.attributePair.push(pair);
    this.batch.attributeSpan.push(span);
  }

  /** Spans of one trace tend to come together: comparing with the last one saves most lookups. */
  private traceAt(start: number): number {
    const { bytes } = this.reader;
    if (this.lastTrace >= 0) {
      let same = 0;
      while (same < 16 && bytes[start + same] === bytes[this.lastTraceStart + same]) {
        same++;
      }
      if (same === 16) {
        return this.lastTrace;
      }
    }
    this.lastTraceStart = start;
    this.lastTrace = this.batch.traceOf(traceKeyOf(this.tenant, bytes, start));
    return this.lastTrace;
  }

  /** Ids are kept as big-endian numbers, so that a number's hexadecimal digits are the id's. A parent id of another size counts as none. */
  private pushId(column: SpanBatch['spanId'], slice: Slice): void {
    if (slice.length === 8) {
      const { view } = this.reader;
      column.push(view.getUint32(slice.start + 4), view.getUint32(slice.start));
    } else {
      column.push(0, 0);
    }
  }

  private pushTimes(startAt: number, endAt: number): void {
    const { view } = this.reader;
    const startLow = startAt >= 0 ? view.getUint32(startAt, true) : 0;
    const startHigh = startAt >= 0 ? view.getUint32(startAt + 4, true) : 0;
    const endLow = endAt >= 0 ? view.getUint32(endAt, true) : 0;
    const endHigh = endAt >= 0 ? view.getUint32(endAt + 4, true) : 0;
    this.batch.startNs.push(startLow, startHigh);
    // 64-bit subtraction in halves; an end before the start wraps, as it does in Tempo.
    this.batch.durationNs.push((endLow - startLow) >>> 0, (endHigh - startHigh - (endLow < startLow ? 1 : 0)) >>> 0);
  }

  private readStatus(status: Slice): { code: number; message: Slice } {
    const { reader } = this;
    const message = absent();
    let code = 0;
    const end = status.start + Math.max(0, status.length);
    reader.pos = status.start;
    while (reader.pos < end) {
      const tag = reader.tag(end);
      if (tag === 8 * 2 + BYTES) {
        this.take(message, end);
      } else if (tag === 8 * 3 + VARINT) {
        code = reader.varint(end);
      } else {
        reader.skip(tag % 8, end);
      }
    }
    return { code, message };
  }

  private copySlice(slice: Slice): void {
    const { detail } = this.batch;
    const length = Math.max(0, slice.length);
    detail.varint(length);
    detail.raw(this.reader.bytes.subarray(slice.start, slice.start + length));
  }

  private event(start: number, end: number, spanStartAt: number, span: number): void {
    const { reader, tenant, dictionary } = this;
    const { detail } = this.batch;
    const name = absent();
    let timeAt = -1;
    let dropped = 0;
    this.childPairs.length = 0;
    reader.pos = start;
    while (reader.pos < end) {
      const tag = reader.tag(end);
      switch (tag) {
        case 8 * 1 + FIXED64: timeAt = reader.advance(8, end); break;
        case 8 * 2 + BYTES: this.take(name, end); break;
        case 8 * 3 + BYTES: this.childPair(Scope.event, span, end); break;
        case 8 * 4 + VARINT: dropped = reader.varint(end); break;
        default: reader.skip(tag % 8, end);
      }
    }
    const timeNs = timeAt >= 0 ? reader.view.getBigUint64(timeAt, true) : 0n;
    const startNs = spanStartAt >= 0 ? reader.view.getBigUint64(spanStartAt, true) : 0n;
    this.scratch.setBigUint64(0, BigInt.asUintN(64, timeNs - startNs), true);
    this.index(dictionary.intrinsicOf(tenant, 'event:timeSinceStart', this.scratchBytes, 0, 8), span);
    const namePair = dictionary.intrinsicOf(tenant, 'event:name', reader.bytes, name.start, name.start + Math.max(0, name.length));
    this.index(namePair, span);
    detail.fixed64(timeNs);
    detail.varint(namePair);
    writePairs(detail, this.childPairs);
    detail.varint(dropped);
  }

  private link(start: number, end: number, span: number): void {
    const { reader, tenant, dictionary } = this;
    const { detail } = this.batch;
    const traceId = absent();
    const spanId = absent();
    const traceState = absent();
    let dropped = 0;
    let flags = 0;
    this.childPairs.length = 0;
    reader.pos = start;
    while (reader.pos < end) {
      const tag = reader.tag(end);
      switch (tag) {
        case 8 * 1 + BYTES: this.take(traceId, end); break;
        case 8 * 2 + BYTES: this.take(spanId, end); break;
        case 8 * 3 + BYTES: this.take(traceState, end); break;
        case 8 * 4 + BYTES: this.childPair(Scope.link, span, end); break;
        case 8 * 5 + VARINT: dropped = reader.varint(end); break;
        case 8 * 6 + FIXED32: flags = reader.view.getUint32(reader.advance(4, end), true); break;
        default: reader.skip(tag % 8, end);
      }
    }
    for (const [key, slice] of [['link:traceID', traceId], ['link:spanID', spanId]] as const) {
      const hex = Buffer.from(reader.bytes.subarray(slice.start, slice.start + Math.max(0, slice.length))).toString('hex');
      const bytes = Buffer.from(hex, 'latin1');
      this.index(dictionary.intrinsicOf(tenant, key, bytes, 0, bytes.length), span);
    }
    this.copySlice(traceId);
    this.copySlice(spanId);
    this.copySlice(traceState);
    writePairs(detail, this.childPairs);
    detail.varint(dropped);
    detail.fixed32(flags);
  }

  private childPair(scope: ScopeNumber, span: number, end: number): void {
    const { reader } = this;
    const length = reader.length(end);
    const from = reader.advance(length, end);
    const pair = this.dictionary.pairOf(this.tenant, scope, reader.bytes, from, from + length);
    this.childPairs.push(pair);
    this.index(pair, span);
  }
}
