/**
 * OTLP protobuf messages → details. Field numbers from opentelemetry-proto 1.x (trace.proto, common.proto, resource.proto).
 * Whatever the input format was, formats/ keeps span details in this encoding, so this is the only detail decoder.
 */
import type { ResourceDetail, ScopeDetail, SpanDetail, SpanEvent, SpanLink } from './details';
import { hexOf, SPAN_ID_BYTES, TRACE_ID_BYTES, type SpanId, type TraceId } from './ids';
import { decodeUtf8 } from './utf8';
import { EMPTY_VALUE, type AnyValue, type Attribute } from './values';
import { Wire, WireError, WireReader } from './wire-reader';

/** Deeper values are cut to an empty value: deeper nesting is an attack on the stack, not an attribute. */
const MAX_VALUE_DEPTH = 32;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** One Span message, in bytes[start, end). Never throws: where it is malformed, `damage` says why and what precedes is there. */
export function decodeSpanDetail(bytes: Uint8Array, start: number, end: number): SpanDetail {
  const attributes: Attribute[] = [];
  const events: SpanEvent[] = [];
  const links: SpanLink[] = [];
  const detail: Mutable<SpanDetail> = {
    traceState: '', flags: 0, parentSpanId: undefined, startUnixNs: undefined, endUnixNs: undefined, statusMessage: '',
    attributes, events, links, droppedAttributesCount: 0, droppedEventsCount: 0, droppedLinksCount: 0, damage: undefined,
  };
  try {
    readSpan(new WireReader(bytes, start, end), detail, attributes, events, links);
  } catch (error) {
    detail.damage = damageOf(error);
  }
  return detail;
}

function readSpan(
  reader: WireReader,
  detail: Mutable<SpanDetail>,
  attributes: Attribute[],
  events: SpanEvent[],
  links: SpanLink[]
): void {
  while (reader.next()) {
    switch ((reader.field << 3) | reader.type) {
      case (3 << 3) | Wire.bytes:
        detail.traceState = text(reader);
        break;
      case (4 << 3) | Wire.bytes:
        detail.parentSpanId = optionalSpanId(reader);
        break;
      case (7 << 3) | Wire.fixed64:
        detail.startUnixNs = reader.fixed64() || undefined;
        break;
      case (8 << 3) | Wire.fixed64:
        detail.endUnixNs = reader.fixed64() || undefined;
        break;
      case (9 << 3) | Wire.bytes:
        attributes.push(attribute(reader.message(), 0));
        break;
      case (10 << 3) | Wire.varint:
        detail.droppedAttributesCount = reader.varint();
        break;
      case (11 << 3) | Wire.bytes:
        events.push(decodeEvent(reader.message()));
        break;
      case (12 << 3) | Wire.varint:
        detail.droppedEventsCount = reader.varint();
        break;
      case (13 << 3) | Wire.bytes:
        links.push(decodeLink(reader.message()));
        break;
      case (14 << 3) | Wire.varint:
        detail.droppedLinksCount = reader.varint();
        break;
      case (15 << 3) | Wire.bytes:
        detail.statusMessage = decodeStatusMessage(reader.message());
        break;
      case (16 << 3) | Wire.fixed32:
        detail.flags = reader.fixed32();
        break;
      default:
        reader.skip();
    }
  }
}

/** Malformed bytes are expected from outside; anything else is our own bug. */
function damageOf(error: unknown): string {
  if (error instanceof WireError) {
    return error.message;
  }
  throw error;
}

/** The attributes of a message that holds KeyValue at `field` (9 in Span, 1 in Resource, 3 in InstrumentationScope). */
export function decodeAttributes(bytes: Uint8Array, start: number, end: number, field: number): Attribute[] {
  const attributes: Attribute[] = [];
  eachField(bytes, start, end, (reader) => {
    if (reader.field === field && reader.type === Wire.bytes) {
      attributes.push(attribute(reader.message(), 0));
    } else {
      reader.skip();
    }
  });
  return attributes;
}

/** One AnyValue message. */
export function decodeValue(bytes: Uint8Array, start: number, end: number): AnyValue {
  return anyValue(new WireReader(bytes, start, end), 0);
}

/** One Resource message; malformed bytes end it. */
export function decodeResource(bytes: Uint8Array, start: number, end: number): Omit<ResourceDetail, 'schemaUrl'> {
  let droppedAttributesCount = 0;
  eachField(bytes, start, end, (reader) => {
    if (reader.field === 2 && reader.type === Wire.varint) {
      droppedAttributesCount = reader.varint();
    } else {
      reader.skip();
    }
  });
  return { attributes: decodeAttributes(bytes, start, end, 1), droppedAttributesCount };
}

/** One InstrumentationScope message; malformed bytes end it. */
export function decodeScope(bytes: Uint8Array, start: number, end: number): Omit<ScopeDetail, 'schemaUrl'> {
  const scope = { name: '', version: '', attributes: decodeAttributes(bytes, start, end, 3), droppedAttributesCount: 0 };
  eachField(bytes, start, end, (reader) => {
    if (reader.field === 1 && reader.type === Wire.bytes) {
      scope.name = text(reader);
    } else if (reader.field === 2 && reader.type === Wire.bytes) {
      scope.version = text(reader);
    } else if (reader.field === 4 && reader.type === Wire.varint) {
      scope.droppedAttributesCount = reader.varint();
    } else {
      reader.skip();
    }
  });
  return scope;
}

/** Visits the fields of a message up to the first malformed one. */
function eachField(bytes: Uint8Array, start: number, end: number, visit: (reader: WireReader) => void): void {
  const reader = new WireReader(bytes, start, end);
  try {
    while (reader.next()) {
      visit(reader);
    }
  } catch (error) {
    damageOf(error);
  }
}

function decodeEvent(reader: WireReader): SpanEvent {
  const attributes: Attribute[] = [];
  const event: Mutable<SpanEvent> = { timeUnixNs: 0n, name: '', attributes, droppedAttributesCount: 0 };
  while (reader.next()) {
    if (reader.field === 1 && reader.type === Wire.fixed64) {
      event.timeUnixNs = reader.fixed64();
    } else if (reader.field === 2 && reader.type === Wire.bytes) {
      event.name = text(reader);
    } else if (reader.field === 3 && reader.type === Wire.bytes) {
      attributes.push(attribute(reader.message(), 0));
    } else if (reader.field === 4 && reader.type === Wire.varint) {
      event.droppedAttributesCount = reader.varint();
    } else {
      reader.skip();
    }
  }
  return event;
}

function decodeLink(reader: WireReader): SpanLink {
  const attributes: Attribute[] = [];
  const link: Mutable<SpanLink> = {
    traceId: '0'.repeat(2 * TRACE_ID_BYTES) as TraceId, spanId: '0'.repeat(2 * SPAN_ID_BYTES) as SpanId,
    traceState: '', flags: 0, attributes, droppedAttributesCount: 0,
  };
  while (reader.next()) {
    if (reader.field === 1 && reader.type === Wire.bytes) {
      link.traceId = id(reader, TRACE_ID_BYTES) as TraceId;
    } else if (reader.field === 2 && reader.type === Wire.bytes) {
      link.spanId = id(reader, SPAN_ID_BYTES) as SpanId;
    } else if (reader.field === 3 && reader.type === Wire.bytes) {
      link.traceState = text(reader);
    } else if (reader.field === 4 && reader.type === Wire.bytes) {
      attributes.push(attribute(reader.message(), 0));
    } else if (reader.field === 5 && reader.type === Wire.varint) {
      link.droppedAttributesCount = reader.varint();
    } else if (reader.field === 6 && reader.type === Wire.fixed32) {
      link.flags = reader.fixed32();
    } else {
      reader.skip();
    }
  }
  return link;
}

function decodeStatusMessage(reader: WireReader): string {
  let message = '';
  while (reader.next()) {
    if (reader.field === 2 && reader.type === Wire.bytes) {
      message = text(reader);
    } else {
      reader.skip();
    }
  }
  return message;
}

function attribute(reader: WireReader, depth: number): Attribute {
  let key = '';
  let value = EMPTY_VALUE;
  while (reader.next()) {
    if (reader.field === 1 && reader.type === Wire.bytes) {
      key = text(reader);
    } else if (reader.field === 2 && reader.type === Wire.bytes) {
      value = anyValue(reader.message(), depth);
    } else {
      reader.skip();
    }
  }
  return { key, value };
}

function anyValue(reader: WireReader, depth: number): AnyValue {
  let value = EMPTY_VALUE;
  if (depth > MAX_VALUE_DEPTH) {
    return value;
  }
  while (reader.next()) {
    switch ((reader.field << 3) | reader.type) {
      case (1 << 3) | Wire.bytes:
        value = { kind: 'string', value: text(reader) };
        break;
      case (2 << 3) | Wire.varint:
        value = { kind: 'bool', value: reader.int64() !== 0n };
        break;
      case (3 << 3) | Wire.varint:
        value = { kind: 'int', value: reader.int64() };
        break;
      case (4 << 3) | Wire.fixed64:
        value = { kind: 'double', value: reader.double() };
        break;
      case (5 << 3) | Wire.bytes:
        value = { kind: 'array', value: items(reader.message(), (item) => anyValue(item, depth + 1)) };
        break;
      case (6 << 3) | Wire.bytes:
        value = { kind: 'kvlist', value: items(reader.message(), (item) => attribute(item, depth + 1)) };
        break;
      case (7 << 3) | Wire.bytes:
        reader.range();
        value = { kind: 'bytes', value: reader.bytes.slice(reader.from, reader.to) };
        break;
      default:
        reader.skip();
    }
  }
  return value;
}

function items<T>(reader: WireReader, decode: (item: WireReader) => T): T[] {
  const list: T[] = [];
  while (reader.next()) {
    if (reader.field === 1 && reader.type === Wire.bytes) {
      list.push(decode(reader.message()));
    } else {
      reader.skip();
    }
  }
  return list;
}

function text(reader: WireReader): string {
  reader.range();
  return decodeUtf8(reader.bytes, reader.from, reader.to);
}

/** An id of the wanted length: shorter ones padded with leading zeros, longer ones cut to their last bytes. */
function id(reader: WireReader, length: number): string {
  reader.range();
  return hexOf(reader.bytes, Math.max(reader.from, reader.to - length), reader.to).padStart(2 * length, '0');
}

function optionalSpanId(reader: WireReader): SpanId | undefined {
  const hex = id(reader, SPAN_ID_BYTES);
  return /[^0]/.test(hex) ? (hex as SpanId) : undefined;
}
