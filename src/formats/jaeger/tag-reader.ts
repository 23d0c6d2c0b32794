/**
 * Jaeger tags `{key, type, value}` → OTLP attributes; those that OTLP has fields for (kind, status, trace state) go there.
 * Keys and values are copied as bytes where they can be.
 */
import { encodeUtf8, SPAN_KIND_NAMES, StatusCode } from '../../trace';
import type { JsonCursor } from '../json/json-cursor';
import { KeyTable } from '../json/key-table';
import { copyBase64, copyString, writeInteger } from '../otlp/json-scalars';
import { isLinkTag, writeLinkOfTag } from '../otlp/link-tags';
import { writeKindAndStatus } from '../otlp/span-fields';
import type { WireWriter } from '../otlp/wire-writer';

const TAG = new KeyTable(['key', 'type', 'value']);
const TYPES = new KeyTable(['string', 'bool', 'int64', 'float64', 'binary']);
const STRING = 0, BOOL = 1, INT64 = 2, FLOAT64 = 3, BINARY = 4;
const SPECIAL = new KeyTable(['span.kind', 'error', 'otel.status_code', 'otel.status_description', 'w3c.tracestate', 'event']);
const KIND = 0, ERROR = 1, STATUS_CODE = 2, STATUS_DESCRIPTION = 3, TRACE_STATE = 4, EVENT = 5;

export class TagReader {
  // --- the tag read last: where its key and value lie, and its type
  private keyFrom = 0;
  private keyTo = 0;
  private keyEscaped = false;
  private type = STRING;
  private valueAt = 0;
  // --- what the span's tags said
  private kind = 0;
  private status: number = StatusCode.unset;
  private statusMessage = '';

  constructor(
    private readonly cursor: JsonCursor,
    private readonly writer: WireWriter
  ) {}

  /** Visits the tags of the list that comes next. */
  eachTag(visit: () => void): void {
    const { cursor } = this;
    if (!cursor.enterArray()) {
      return;
    }
    while (cursor.nextItem()) {
      if (this.read()) {
        const end = cursor.at;
        visit();
        cursor.at = end;
      }
    }
  }

  beginSpan(): void {
    this.kind = 0;
    this.status = StatusCode.unset;
    this.statusMessage = '';
  }

  /** Writes the tag as attribute of a span, or remembers what writeKindAndStatus() writes. */
  writeSpanTag(field: number): void {
    const special = this.special();
    if (special < 0 || special === EVENT) {
      if (!this.isLink()) {
        this.write(field);
      }
      return;
    }
    this.cursor.at = this.valueAt;
    if (special === TRACE_STATE) {
      this.copyText(3);
      return;
    }
    const isTrue = this.cursor.peek() === 'boolean' ? this.cursor.boolean() === true : undefined;
    const text = isTrue === undefined ? (this.cursor.scalarText() ?? '') : String(isTrue);
    if (special === KIND) {
      this.kind = Math.max(0, (SPAN_KIND_NAMES as readonly string[]).indexOf(text.toLowerCase()));
    } else if (special === ERROR) {
      if (text !== 'false' && text !== '') {
        this.status = StatusCode.error;
        this.statusMessage ||= isFlag(text) ? '' : text;
      }
    } else if (special === STATUS_CODE) {
      this.status = text === 'ERROR' ? StatusCode.error : text === 'OK' ? StatusCode.ok : this.status;
    } else if (special === STATUS_DESCRIPTION) {
      this.statusMessage = text;
    }
  }

  writeKindAndStatus(): void {
    writeKindAndStatus(this.writer, this.kind, this.status, this.statusMessage);
  }

  /** A log's field: `event` is the event's name, the others are attributes. */
  writeEventField(attributeField: number, nameField: number): void {
    if (this.special() === EVENT) {
      this.cursor.at = this.valueAt;
      this.copyText(nameField);
    } else {
      this.write(attributeField);
    }
  }

  /** Writes the tag read last as KeyValue. */
  write(field: number): void {
    const { cursor, writer } = this;
    const attribute = writer.begin(field);
    cursor.from = this.keyFrom;
    cursor.to = this.keyTo;
    cursor.escaped = this.keyEscaped;
    if (cursor.escaped) {
      writer.bytesField(1, encodeUtf8(cursor.text()));
    } else {
      writer.bytesField(1, cursor.bytes, cursor.from, cursor.to);
    }
    const value = writer.begin(2);
    cursor.at = this.valueAt;
    this.writeValue();
    writer.end(value);
    writer.end(attribute);
  }

  /** Copies the string that comes next. */
  copyText(field: number): void {
    copyString(this.cursor, this.writer, field);
  }

  /** Jaeger's own warnings of the span, as the attribute jaeger.warnings. */
  writeWarnings(field: number): void {
    const { cursor, writer } = this;
    if (cursor.peek() !== 'array') {
      cursor.skip();
      return;
    }
    cursor.enterArray();
    const before = writer.length;
    const attribute = writer.begin(field);
    writer.textField(1, 'jaeger.warnings');
    const value = writer.begin(2);
    const list = writer.begin(5);
    let count = 0;
    for (; cursor.nextItem(); count++) {
      const item = writer.begin(1);
      this.copyText(1);
      writer.end(item);
    }
    writer.end(list);
    writer.end(value);
    writer.end(attribute);
    if (count === 0) {
      writer.length = before;
    }
  }

  private read(): boolean {
    const { cursor } = this;
    if (!cursor.enterObject()) {
      return false;
    }
    let hasKey = false;
    let hasValue = false;
    this.type = -1;
    for (let key = cursor.nextKey(TAG); key !== -2; key = cursor.nextKey(TAG)) {
      if (key === 0) {
        hasKey = cursor.scalar();
        this.keyFrom = cursor.from;
        this.keyTo = cursor.to;
        this.keyEscaped = cursor.escaped;
      } else if (key === 1) {
        this.type = cursor.scalar() ? TYPES.find(cursor.bytes, cursor.from, cursor.to) : -1;
      } else {
        if (key === 2) {
          hasValue = true;
          cursor.next();
          this.valueAt = cursor.at;
        }
        cursor.skip();
      }
    }
    return hasKey && hasValue;
  }

  private special(): number {
    return this.keyEscaped ? -1 : SPECIAL.find(this.cursor.bytes, this.keyFrom, this.keyTo);
  }

  /** Whether the tag stands for a link, which is written then. */
  private isLink(): boolean {
    const { cursor, writer } = this;
    if (!isLinkTag(cursor.bytes, this.keyFrom, this.keyTo)) {
      return false;
    }
    cursor.at = this.valueAt;
    return writeLinkOfTag(writer, cursor.scalarText() ?? '');
  }

  /** The value by its type, or by what it is in JSON where the type is absent or does not fit. */
  private writeValue(): void {
    const { cursor, writer } = this;
    const kind = cursor.peek();
    if (kind === 'boolean') {
      writer.varintField(2, cursor.boolean() === true ? 1 : 0);
    } else if (this.type === BOOL) {
      writer.varintField(2, cursor.scalarText() === 'true' ? 1 : 0);
    } else if (this.type === INT64) {
      writeInteger(cursor, writer, 3);
    } else if (this.type === FLOAT64 || (this.type < 0 && kind === 'number')) {
      writer.doubleField(4, Number(cursor.scalarText()));
    } else if (this.type === BINARY) {
      copyBase64(cursor, writer, 7);
    } else if (kind === 'object' || kind === 'array') {
      const from = cursor.at;
      cursor.skip();
      writer.bytesField(1, cursor.bytes, from, cursor.at); // no Jaeger value: as the JSON it is
    } else {
      copyString(cursor, writer, 1);
    }
  }
}

/** What `error` mostly is; other text says what went wrong. */
function isFlag(text: string): boolean {
  return text === '1' || text.toLowerCase() === 'true';
}
