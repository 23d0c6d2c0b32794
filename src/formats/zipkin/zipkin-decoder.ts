/**
 * Zipkin v2 JSON (zipkin-api, zipkin2-api.yaml) → TraceSet; spans of v1 are met by what v2 does not have, and rewritten. Read: a list of spans, or of traces that are such lists, and
 * several of these after each other, as in JSON lines. A server that shares its client's id (`shared`) is put below the client
 * when the set is finished, see trace/span-tree.ts.
 */
import { encodeUtf8, StatusCode, TraceSetBuilder, type OnSpans, type TraceSet } from '../../trace';
import { FormatError } from '../format-error';
import { JsonCursor, JsonError } from '../json/json-cursor';
import { KeyTable } from '../json/key-table';
import { asObject, parseJson, type JsonObject } from '../json/untyped';
import { copyShortText, copyString, EnumNames } from '../otlp/json-scalars';
import { isLinkTag, writeLinkOfTag } from '../otlp/link-tags';
import { copyEvents, writeKindAndStatus, writeStringAttribute } from '../otlp/span-fields';
import { SpanSink } from '../otlp/span-sink';
import { ENDPOINT_ABSENT, EndpointReader, writeEndpointAttributes, type Endpoint } from './endpoint';
import { toZipkinV2 } from './zipkin-v1';

/** @throws FormatError if nothing in it is a Zipkin span */
export function decodeZipkinJson(input: Uint8Array | readonly Uint8Array[], onSpans?: OnSpans): TraceSet {
  const builder = new TraceSetBuilder(onSpans);
  for (const bytes of input instanceof Uint8Array ? [input] : input) {
    new ZipkinDecoder(builder, bytes).decode();
  }
  return builder.finish();
}

const SPAN = new KeyTable(['traceId', 'id', 'parentId', 'name', 'kind', 'timestamp', 'duration', 'localEndpoint', 'remoteEndpoint', 'tags', 'annotations', 'binaryAnnotations']);
const ANNOTATION = new KeyTable(['timestamp', 'value', 'endpoint']);
const TAGS = new KeyTable(['error', 'otel.status_code', 'otel.status_description', 'w3c.tracestate']);
/** In the order of OTLP's numbers: INTERNAL does not exist in Zipkin, but is written by some exporters. */
const KINDS = new EnumNames(['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'], 'SPAN_KIND_');
const CLIENT = 3;
/** Spans of v1 that are rewritten together, some MB. */
const MOST_WAITING = 4096;
const QUOTE = 0x22, COLON = 0x3a, COMMA = 0x2c;

class ZipkinDecoder {
  private readonly cursor: JsonCursor;
  private readonly sink: SpanSink;
  private readonly endpoints: EndpointReader;
  private readonly scopes = new Map<Endpoint, number>();
  private status = 0;
  private statusMessage = '';
  /** Whether the span that is read has what belongs to v1 alone. */
  private isV1 = false;
  private readonly ofV1: JsonObject[] = [];

  constructor(
    private readonly builder: TraceSetBuilder,
    bytes: Uint8Array
  ) {
    this.cursor = new JsonCursor(bytes);
    this.sink = new SpanSink(builder);
    this.endpoints = new EndpointReader(this.cursor);
  }

  decode(): void {
    const { cursor, builder } = this;
    const before = builder.spanCount;
    try {
      cursor.eachDocument((kind) => (kind === 'array' ? this.list(0) : this.single()));
    } catch (error) {
      if (!(error instanceof JsonError)) {
        throw error;
      }
      this.readV1();
      if (builder.spanCount === before) {
        throw new FormatError('zipkin-json', `byte ${error.offset}`, error.reason);
      }
      builder.notice('truncated', `Malformed JSON: ${error.message}; what precedes is shown.`);
    }
    this.readV1();
    this.sink.keep();
  }

  /** A span that stands alone, as in JSON lines. */
  private single(): void {
    const { cursor } = this;
    const from = cursor.at;
    let hasId = false;
    cursor.enterObject();
    for (let key = cursor.nextKey(SPAN); key !== -2; key = cursor.nextKey(SPAN)) {
      hasId ||= key === 1;
      cursor.skip();
    }
    if (!hasId) {
      throw new JsonError('expected a list of spans, or a span with traceId and id', from);
    }
    cursor.at = from;
    this.span();
  }

  private list(depth: number): void {
    const { cursor } = this;
    for (cursor.enterArray(); cursor.nextItem(); ) {
      if (cursor.peek() === 'array' && depth < 2) {
        this.list(depth + 1);
      } else {
        this.span();
      }
    }
  }

  private span(): void {
    const { cursor, sink, builder } = this;
    const { writer } = sink;
    const start = sink.mark();
    const from = cursor.at;
    if (!cursor.enterObject()) {
      builder.notice('unreadable', `A span that is no object was left out (byte ${cursor.at}).`);
      return;
    }
    let kind = 0;
    let startMicros = NaN;
    let durationMicros = NaN;
    let local = ENDPOINT_ABSENT;
    let remote = ENDPOINT_ABSENT;
    this.status = StatusCode.unset;
    this.statusMessage = '';
    this.isV1 = false;
    for (let key = cursor.nextKey(SPAN); key !== -2; key = cursor.nextKey(SPAN)) {
      switch (key) {
        case 0:
          sink.id(cursor, 1, 16);
          break;
        case 1:
          sink.id(cursor, 2, 8);
          break;
        case 2:
          sink.id(cursor, 4, 8);
          break;
        case 3:
          copyString(cursor, writer, 5);
          break;
        case 4:
          kind = KINDS.read(cursor);
          break;
        case 5:
          startMicros = sink.microseconds(cursor);
          break;
        case 6:
          durationMicros = sink.microseconds(cursor);
          break;
        case 7:
          local = this.endpoints.read();
          break;
        case 8:
          remote = this.endpoints.read();
          break;
        case 9:
          this.tags();
          break;
        case 10:
          copyEvents(cursor, writer, ANNOTATION, (field) => (field === 1 ? copyString(cursor, writer, 2) : this.onlyInV1()));
          break;
        case 11:
          this.onlyInV1();
          break;
        default:
          cursor.skip();
      }
    }
    const isV2 = kind !== 0 || local !== ENDPOINT_ABSENT || remote !== ENDPOINT_ABSENT;
    if (this.isV1 && !isV2) {
      writer.length = start;
      this.rewrite(from);
      return;
    }
    writeEndpointAttributes(writer, 9, remote);
    sink.times(startMicros, durationMicros);
    // A span without kind that knows both ends is a client's, as Zipkin's own linker takes it.
    kind = kind === 0 && local.serviceName !== '' && remote.serviceName !== '' ? CLIENT : kind;
    writeKindAndStatus(writer, kind, this.status, this.statusMessage);
    const scope = this.scopes.get(local);
    if (scope === undefined) {
      const resource = builder.addResource(local.serviceName, [0, 0, 0, 0]);
      this.scopes.set(local, builder.addScope(resource));
      sink.span(start);
      this.describe(resource, local);
    } else {
      builder.useScope(scope);
      sink.span(start);
    }
  }

  private onlyInV1(): void {
    this.isV1 = true;
    this.cursor.skip();
  }

  /** Takes the span of v1 that began at `from` to be read as spans of v2 with others. */
  private rewrite(from: number): void {
    const { cursor: { bytes, at }, builder } = this;
    try {
      this.ofV1.push(...toZipkinV2(asObject(parseJson(bytes.subarray(from, at), 'zipkin-json')) ?? {}));
    } catch (error) {
      if (!(error instanceof FormatError)) {
        throw error;
      }
      builder.notice('unreadable', `A span that is no JSON was left out (byte ${from}): ${error.message}`);
    }
    if (this.ofV1.length >= MOST_WAITING) {
      this.readV1();
    }
  }

  /** Reads what was rewritten; what this decoder has written is kept first, for the addresses of both follow each other. */
  private readV1(): void {
    if (this.ofV1.length > 0) {
      this.sink.keep();
      new ZipkinDecoder(this.builder, encodeUtf8(JSON.stringify(this.ofV1))).decode();
      this.ofV1.length = 0;
    }
  }

  /** Writes the resource of an endpoint; only behind the span it was met in. */
  private describe(resource: number, local: Endpoint): void {
    const { builder, sink } = this;
    const start = sink.mark();
    if (local.serviceName !== '') {
      writeStringAttribute(sink.writer, 1, 'service.name', local.serviceName);
    }
    if (local.address !== '') {
      writeStringAttribute(sink.writer, 1, 'host.ip', local.address);
    }
    const [from, to] = sink.addresses(start);
    builder.setResource(resource, local.serviceName, [from, to, to, to]);
  }

  /** `{"key": "value"}`; `error` is the status: its text the message, unless it is just "true". */
  private tags(): void {
    const { cursor, sink } = this;
    const { writer } = sink;
    if (!cursor.enterObject()) {
      return;
    }
    for (;;) {
      cursor.at = this.plainTags(cursor.at);
      const key = cursor.nextKey(TAGS);
      if (key === -2) {
        return;
      }
      if (key === 0) {
        const text = cursor.peek() === 'boolean' ? String(cursor.boolean()) : (cursor.scalarText() ?? '');
        if (text !== 'false') {
          this.status = StatusCode.error;
          this.statusMessage ||= text === 'true' ? '' : text;
        }
      } else if (key === 1) {
        const text = cursor.scalarText();
        this.status = text === 'ERROR' ? StatusCode.error : text === 'OK' && this.status === StatusCode.unset ? StatusCode.ok : this.status;
      } else if (key === 2) {
        this.statusMessage = cursor.scalarText() ?? '';
      } else if (key === 3) {
        copyString(cursor, writer, 3);
      } else if (isLinkTag(cursor.bytes, cursor.keyFrom, cursor.keyTo)) {
        const tag = cursor.keyText();
        const text = cursor.scalarText() ?? '';
        if (!writeLinkOfTag(writer, text)) {
          writeStringAttribute(writer, 9, tag, text);
        }
      } else {
        const attribute = writer.begin(9);
        writer.textField(1, cursor.keyText());
        const value = writer.begin(2);
        copyString(cursor, writer, 1);
        writer.end(value);
        writer.end(attribute);
      }
    }
  }

  /**
   * Copies the tags from `start` on that are written as `"key":"value"` without white space or escapes, short, and of no
   * meaning of their own: nearly all.
   * @returns where something else comes
   */
  private plainTags(start: number): number {
    const { cursor, sink } = this;
    const { writer } = sink;
    const { bytes } = cursor;
    let next = start;
    for (;;) {
      const from = next + (bytes[next] === COMMA ? 2 : 1);
      const before = writer.length;
      const attribute = writer.begin(9);
      const keyEnd = bytes[from - 1] === QUOTE ? copyShortText(cursor, from, writer, 1) : -1;
      const isPlain = keyEnd >= 0 && bytes[keyEnd + 1] === COLON && bytes[keyEnd + 2] === QUOTE && TAGS.lookUp(bytes, from, keyEnd) < 0 && !isLinkTag(bytes, from, keyEnd);
      const value = writer.begin(2);
      const valueEnd = isPlain ? copyShortText(cursor, keyEnd + 3, writer, 1) : -1;
      if (valueEnd < 0) {
        writer.length = before;
        return next;
      }
      writer.end(value);
      writer.end(attribute);
      next = valueEnd + 1;
    }
  }
}
