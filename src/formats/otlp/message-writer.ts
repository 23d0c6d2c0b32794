/** Model types → OTLP protobuf messages (opentelemetry-proto 1.x). Zero and empty fields are left out, as proto3 does. */
import { bytesOfHex, type AnyValue, type Attribute, type SpanDetail, type SpanEvent, type SpanId, type SpanLink, type TraceId } from '../../trace';
import type { WireWriter } from './wire-writer';

/** A span as model types, absolute times; what does not come from a span's detail is in the columns of a TraceSet. */
export interface SpanRecord extends Partial<Omit<SpanDetail, 'damage'>> {
  readonly traceId: TraceId;
  /** Undefined where the span came without a usable id. */
  readonly spanId: SpanId | undefined;
  readonly name: string;
  /** OTLP numbers. */
  readonly kind: number;
  readonly status: number;
}

/** Writes a Span message as field `field`; ids that are missing are left out. */
export function writeSpan(writer: WireWriter, field: number, span: SpanRecord): void {
  const start = writer.begin(field);
  writer.bytesField(1, bytesOfHex(span.traceId));
  writeId(writer, 2, span.spanId);
  writeText(writer, 3, span.traceState);
  writeId(writer, 4, span.parentSpanId);
  writeText(writer, 5, span.name);
  writeNumber(writer, 6, span.kind);
  writeTime(writer, 7, span.startUnixNs);
  writeTime(writer, 8, span.endUnixNs);
  writeAttributes(writer, 9, span.attributes);
  writeNumber(writer, 10, span.droppedAttributesCount);
  span.events?.forEach((event) => writeEvent(writer, event));
  writeNumber(writer, 12, span.droppedEventsCount);
  span.links?.forEach((link) => writeLink(writer, link));
  writeNumber(writer, 14, span.droppedLinksCount);
  if (span.status !== 0 || span.statusMessage) {
    const status = writer.begin(15);
    writeText(writer, 2, span.statusMessage);
    writeNumber(writer, 3, span.status);
    writer.end(status);
  }
  if (span.flags) {
    writer.fixed32Field(16, span.flags);
  }
  writer.end(start);
}

/** Writes a KeyValue message each, as repeated field `field`. */
export function writeAttributes(writer: WireWriter, field: number, attributes: readonly Attribute[] = []): void {
  for (const { key, value } of attributes) {
    const start = writer.begin(field);
    writeText(writer, 1, key);
    writeValue(writer, 2, value);
    writer.end(start);
  }
}

/** An AnyValue message. An empty one is written too: a value that is absent differs from none in a list. */
function writeValue(writer: WireWriter, field: number, value: AnyValue): void {
  const start = writer.begin(field);
  switch (value.kind) {
    case 'empty':
      break;
    case 'string':
      writer.textField(1, value.value);
      break;
    case 'bool':
      writer.varintField(2, value.value ? 1 : 0);
      break;
    case 'int':
      writer.int64Field(3, value.value);
      break;
    case 'double':
      writer.doubleField(4, value.value);
      break;
    case 'array': {
      const list = writer.begin(5);
      value.value.forEach((item) => writeValue(writer, 1, item));
      writer.end(list);
      break;
    }
    case 'kvlist': {
      const list = writer.begin(6);
      writeAttributes(writer, 1, value.value);
      writer.end(list);
      break;
    }
    case 'bytes':
      writer.bytesField(7, value.value);
      break;
  }
  writer.end(start);
}

function writeEvent(writer: WireWriter, event: SpanEvent): void {
  const start = writer.begin(11);
  writeTime(writer, 1, event.timeUnixNs);
  writeText(writer, 2, event.name);
  writeAttributes(writer, 3, event.attributes);
  writeNumber(writer, 4, event.droppedAttributesCount);
  writer.end(start);
}

function writeLink(writer: WireWriter, link: SpanLink): void {
  const start = writer.begin(13);
  writer.bytesField(1, bytesOfHex(link.traceId));
  writer.bytesField(2, bytesOfHex(link.spanId));
  writeText(writer, 3, link.traceState);
  writeAttributes(writer, 4, link.attributes);
  writeNumber(writer, 5, link.droppedAttributesCount);
  if (link.flags) {
    writer.fixed32Field(6, link.flags);
  }
  writer.end(start);
}

/** Leaves out an empty text. */
export function writeText(writer: WireWriter, field: number, text: string | undefined): void {
  if (text) {
    writer.textField(field, text);
  }
}

/** Leaves out 0. */
export function writeNumber(writer: WireWriter, field: number, value: number | undefined): void {
  if (value) {
    writer.varintField(field, value);
  }
}

function writeTime(writer: WireWriter, field: number, time: bigint | undefined): void {
  if (time) {
    writer.fixed64Field(field, time);
  }
}

function writeId(writer: WireWriter, field: number, id: SpanId | undefined): void {
  if (id) {
    writer.bytesField(field, bytesOfHex(id));
  }
}
