/** OTLP JSON → OTLP protobuf, value by value, without objects in between. Keys are matched in lowerCamelCase and snake_case. */
import { AttributeField, encodeUtf8, findAttribute, valueText } from '../../trace';
import type { JsonCursor } from '../json/json-cursor';
import { KeyTable } from '../json/key-table';
import { AttributeTranscoder } from './attribute-transcoder';
import { copyString, copyTime, EnumNames } from './json-scalars';
import { serviceNameKey } from './service-name';
import type { SpanSink } from './span-sink';
import type { WireWriter } from './wire-writer';

const RESOURCE_SPANS = new KeyTable(['resource', 'scopeSpans', 'instrumentationLibrarySpans', 'schemaUrl', 'scope_spans', 'schema_url']);
const SCOPE_SPANS = new KeyTable(['scope', 'instrumentationLibrary', 'spans', 'schemaUrl', 'schema_url']);
const RESOURCE = new KeyTable(['attributes', 'droppedAttributesCount', 'dropped_attributes_count']);
const SCOPE = new KeyTable(['name', 'version', 'attributes', 'droppedAttributesCount', 'dropped_attributes_count']);
const SPAN = new KeyTable([
  'traceId', 'spanId', 'parentSpanId', 'name', 'kind', 'startTimeUnixNano', 'endTimeUnixNano', 'attributes', 'events', 'links', 'status',
  'traceState', 'flags', 'droppedAttributesCount', 'droppedEventsCount', 'droppedLinksCount',
  'trace_id', 'span_id', 'parent_span_id', 'start_time_unix_nano', 'end_time_unix_nano', 'trace_state',
]);
const EVENT = new KeyTable(['timeUnixNano', 'name', 'attributes', 'droppedAttributesCount', 'time_unix_nano']);
const LINK = new KeyTable(['traceId', 'spanId', 'traceState', 'attributes', 'droppedAttributesCount', 'flags', 'trace_id', 'span_id', 'trace_state']);
const STATUS = new KeyTable(['code', 'message']);
const KINDS = new EnumNames(['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'], 'SPAN_KIND_');
const CODES = new EnumNames(['UNSET', 'OK', 'ERROR'], 'STATUS_CODE_');

export class JsonTranscoder {
  private readonly writer: WireWriter;
  private readonly attributes: AttributeTranscoder;

  constructor(
    private readonly cursor: JsonCursor,
    private readonly sink: SpanSink
  ) {
    this.writer = sink.writer;
    this.attributes = new AttributeTranscoder(cursor, sink.writer, (code, message) => sink.builder.notice(code, message));
  }

  /** The array of ResourceSpans that comes next. Spans read before an error are kept. */
  resourceSpansList(): void {
    this.each(() => this.resourceSpans());
  }

  private resourceSpans(): void {
    const { sink } = this;
    const resource = sink.builder.addResource(undefined, [0, 0, 0, 0]);
    let message: readonly [number, number] = [0, 0];
    let schema = message;
    let service: string | undefined;
    // Resource and schema URL may come after the spans; the resource is filled in when all is read.
    const keep = () => sink.builder.setResource(resource, service, [...message, ...schema]);
    try {
      this.fields(RESOURCE_SPANS, (key) => {
        if (key === 0) {
          const start = sink.mark();
          this.fields(RESOURCE, (field) => (field === 0 ? this.attributes.copy(1) : this.count(2)));
          message = sink.addresses(start);
          const name = findAttribute(this.writer.written, start, this.writer.length, AttributeField.resource, serviceNameKey());
          service = name && valueText(name);
        } else if (key === 3 || key === 5) {
          schema = this.rawText();
        } else {
          this.each(() => this.scopeSpans(resource));
        }
      });
    } finally {
      keep();
    }
  }

  private scopeSpans(resource: number): void {
    const { sink } = this;
    const scope = sink.builder.addScope(resource);
    let message: readonly [number, number] = [0, 0];
    let schema = message;
    try {
      this.fields(SCOPE_SPANS, (key) => {
        if (key === 2) {
          this.each(() => this.span());
        } else if (key <= 1) {
          const start = sink.mark();
          this.scope();
          message = sink.addresses(start);
        } else {
          schema = this.rawText();
        }
      });
    } finally {
      sink.builder.setScope(scope, [...message, ...schema]);
    }
  }

  /** A string as bare bytes of the block. */
  private rawText(): readonly [number, number] {
    const start = this.sink.mark();
    this.writer.raw(encodeUtf8(this.cursor.scalarText() ?? ''));
    return this.sink.addresses(start);
  }

  private scope(): void {
    this.fields(SCOPE, (key) => {
      switch (key) {
        case 0:
          return this.string(1);
        case 1:
          return this.string(2);
        case 2:
          return this.attributes.copy(3);
        default:
          return this.count(4);
      }
    });
  }

  /** One span; if the input breaks off inside, nothing of it is kept. */
  private span(): void {
    const { cursor, sink } = this;
    const start = sink.mark();
    if (!cursor.enterObject()) {
      sink.builder.notice('unreadable', `A span that is no object was left out (byte ${cursor.at}).`);
      return;
    }
    for (let key = cursor.nextKey(SPAN); key !== -2; key = cursor.nextKey(SPAN)) {
      this.spanField(key);
    }
    sink.span(start);
  }

  /** Fields that are read alike share a call: each call is compiled for itself, which a first trace waits for. */
  private spanField(key: number): void {
    switch (key) {
      case 0:
      case 1:
      case 2:
      case 16:
      case 17:
      case 18: {
        const field = 1 << (key & 15); // 1, 2, 4
        return this.id(field, field === 1 ? 16 : 8);
      }
      case 3:
      case 11:
      case 21:
        return this.string(key === 3 ? 5 : 3);
      case 4:
        return this.enumeration(6, KINDS);
      case 5:
      case 6:
      case 19:
      case 20:
        return this.time(key === 5 || key === 19 ? 7 : 8);
      case 7:
        return this.attributes.copy(9);
      case 8:
        return this.each(() => this.message(11, () => this.event()));
      case 9:
        return this.each(() => this.message(13, () => this.link()));
      case 10:
        return this.status();
      case 12:
        return this.flags(16);
      case 13:
      case 14:
      case 15:
        return this.count(10 + 2 * (key - 13));
      default:
        return this.cursor.skip();
    }
  }

  private event(): void {
    this.fields(EVENT, (key) => {
      switch (key) {
        case 1:
          return this.string(2);
        case 2:
          return this.attributes.copy(3);
        case 3:
          return this.count(4);
        default:
          return this.time(1);
      }
    });
  }

  private link(): void {
    this.fields(LINK, (key) => {
      switch (key) {
        case 0:
        case 6:
          return this.id(1, 16);
        case 1:
        case 7:
          return this.id(2, 8);
        case 3:
          return this.attributes.copy(4);
        case 4:
          return this.count(5);
        case 5:
          return this.flags(6);
        default:
          return this.string(3);
      }
    });
  }

  /** Every span has one: no closure is made for it. */
  private status(): void {
    const { cursor, writer } = this;
    const start = writer.begin(15);
    if (cursor.enterObject()) {
      for (let key = cursor.nextKey(STATUS); key !== -2; key = cursor.nextKey(STATUS)) {
        if (key === 0) {
          this.enumeration(3, CODES);
        } else if (key === 1) {
          this.string(2);
        } else {
          cursor.skip();
        }
      }
    }
    writer.end(start);
  }

  // --- the shapes values have

  private message(field: number, content: () => void): void {
    const start = this.writer.begin(field);
    content();
    this.writer.end(start);
  }

  /** Visits the known keys of an object; `visit` must read or skip the value. */
  private fields(keys: KeyTable, visit: (key: number) => void): void {
    const { cursor } = this;
    if (cursor.enterObject()) {
      for (let key = cursor.nextKey(keys); key !== -2; key = cursor.nextKey(keys)) {
        if (key < 0) {
          cursor.skip();
        } else {
          visit(key);
        }
      }
    }
  }

  private each(item: () => void): void {
    const { cursor } = this;
    if (cursor.enterArray()) {
      while (cursor.nextItem()) {
        item();
      }
    }
  }

  private string(field: number): void {
    copyString(this.cursor, this.writer, field);
  }

  private id(field: number, length: number): void {
    this.sink.id(this.cursor, field, length);
  }

  private time(field: number): void {
    if (!copyTime(this.cursor, this.writer, field)) {
      this.sink.builder.notice('unreadable', `A time that is no whole number of nanoseconds was left out (byte ${this.cursor.at}).`);
    }
  }

  private enumeration(field: number, names: EnumNames): void {
    const value = names.read(this.cursor);
    if (value > 0) {
      this.writer.varintField(field, value);
    }
  }

  private count(field: number): void {
    const value = Number(this.cursor.scalarText());
    if (value > 0) {
      this.writer.varintField(field, Math.min(value, 0xffffffff));
    }
  }

  private flags(field: number): void {
    const value = Number(this.cursor.scalarText());
    if (value > 0) {
      this.writer.fixed32Field(field, value);
    }
  }
}
