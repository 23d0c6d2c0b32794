/** A trace in the JSON of Tempo's API: protobuf's JSON mapping with ids in base64, zero and empty fields left out. */
import { childrenOf, MAX_ATTRIBUTE_BYTES, type ParsedPair, parseKeyValue, ValueType } from '../ingest/attribute';
import type { EventDetail, LinkDetail } from '../ingest/span-detail';
import { BYTES, VARINT, WireReader, textOf } from '../ingest/wire';
import { jsonDouble } from '../query/any-value';
import { textOfPair } from '../query/dictionary-cache';
import type { StoredResource, StoredSpan, StoredTrace } from '../query/trace-by-id';

type Json = Record<string, unknown>;

const KINDS = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'];
const CODES = ['UNSET', 'OK', 'ERROR'];

/** Spans in one part of the text. */
const PART_SPANS = 100;

/** The text of a trace's resources, as `batches` (v1) or `resourceSpans` (v2) have them, in parts that are quickly made. */
export function* traceJson(trace: StoredTrace): Generator<string, void> {
  const traceId = Buffer.from(hex(trace.idHigh) + hex(trace.idLow), 'hex').toString('base64');
  yield '[';
  for (const [i, resource] of trace.resources.entries()) {
    yield i > 0 ? ',' : '';
    yield* resourceJson(resource, traceId, trace.pairs);
  }
  yield ']';
}

function* resourceJson({ resource, scopes }: StoredResource, traceId: string, pairs: StoredTrace['pairs']): Generator<string, void> {
  const owner = withoutEmpty({ attributes: messageAttributes(resource, 1), droppedAttributesCount: varintField(resource, 2) });
  yield `{"resource":${JSON.stringify(owner)},"scopeSpans":[`;
  for (const [i, { scope, spans }] of scopes.entries()) {
    const library = withoutEmpty({ name: textField(scope, 1), version: textField(scope, 2), attributes: messageAttributes(scope, 3), droppedAttributesCount: varintField(scope, 4) });
    yield `${i > 0 ? ',' : ''}{"scope":${JSON.stringify(library)},"spans":[`;
    for (let from = 0; from < spans.length; from += PART_SPANS) {
      const part = spans.slice(from, from + PART_SPANS).map((span) => JSON.stringify(spanJson(span, traceId, pairs)));
      yield `${from > 0 ? ',' : ''}${part.join(',')}`;
    }
    yield ']}';
  }
  yield ']}';
}

function spanJson(span: StoredSpan, traceId: string, pairs: StoredTrace['pairs']): Json {
  const { detail } = span;
  const attributes = (numbers: readonly number[]): Json[] => numbers.map((number) => keyValueJson(pairOf(pairs, number)));
  return withoutEmpty({
    traceId,
    spanId: idBase64(span.spanId),
    traceState: text(detail.traceState),
    parentSpanId: span.parentId === 0n ? '' : idBase64(span.parentId),
    name: textOfPair(pairs, span.name),
    kind: span.kind === 0 ? '' : KINDS[span.kind] ? `SPAN_KIND_${KINDS[span.kind]}` : span.kind,
    startTimeUnixNano: time(span.startNs),
    endTimeUnixNano: time(span.endNs),
    attributes: attributes(detail.attributes),
    droppedAttributesCount: detail.droppedAttributesCount,
    events: detail.events.map((event: EventDetail) =>
      withoutEmpty({ timeUnixNano: time(event.timeNs), name: textOfPair(pairs, event.name), attributes: attributes(event.attributes), droppedAttributesCount: event.droppedAttributesCount }),
    ),
    droppedEventsCount: detail.droppedEventsCount,
    links: detail.links.map((link: LinkDetail) =>
      withoutEmpty({ traceId: base64(link.traceId), spanId: base64(link.spanId), traceState: text(link.traceState), attributes: attributes(link.attributes), droppedAttributesCount: link.droppedAttributesCount }),
    ),
    droppedLinksCount: detail.droppedLinksCount,
    status: detail.hasStatus
      ? withoutEmpty({ message: span.statusMessage === undefined ? '' : textOfPair(pairs, span.statusMessage), code: span.status === 0 ? '' : CODES[span.status] ? `STATUS_CODE_${CODES[span.status]}` : span.status })
      : undefined,
  });
}

/** Leaves out what protobuf's JSON mapping leaves out; an empty message stays. */
function withoutEmpty(json: Json): Json {
  return Object.fromEntries(Object.entries(json).filter(([, value]) => value !== undefined && value !== '' && value !== 0 && !(Array.isArray(value) && value.length === 0)));
}

export function pairOf(pairs: StoredTrace['pairs'], number: number): ParsedPair {
  const pair = pairs.get(number);
  if (!pair) {
    throw new Error(`attribute ${number} is missing from the dictionary`);
  }
  return pair;
}

function keyValueJson(pair: ParsedPair): Json {
  return { key: pair.key, value: pair.raw ? anyValueJson(pair.raw, 0, pair.raw.length) : scalarJson(pair) };
}

function scalarJson({ values: [value] }: ParsedPair): Json | null {
  switch (value.type) {
    case ValueType.string:
      return { stringValue: value.text };
    case ValueType.int:
      return { intValue: String(value.integer) };
    case ValueType.float:
      return { doubleValue: jsonDouble(value.number ?? 0) };
    case ValueType.bool:
      return { boolValue: value.number === 1 };
    default:
      return null;
  }
}

/** An AnyValue message of any kind. Its depth was checked when it was received. */
function anyValueJson(bytes: Uint8Array, start: number, end: number): Json {
  const reader = new WireReader(bytes);
  let json: Json = {};
  reader.pos = start;
  while (reader.pos < end) {
    const tag = reader.tag(end);
    const field = Math.floor(tag / 8);
    if (tag % 8 === BYTES) {
      const length = reader.length(end);
      const from = reader.advance(length, end);
      const to = from + length;
      if (field === 1) {
        json = { stringValue: textOf(bytes, from, to) };
      } else if (field === 5) {
        const values = childrenOf(new WireReader(bytes), from, to, 1).map(([a, b]) => anyValueJson(bytes, a, b));
        json = { arrayValue: values.length > 0 ? { values } : {} };
      } else if (field === 6) {
        const values = childrenOf(new WireReader(bytes), from, to, 1).map(([a, b]) => keyValueJson(parseKeyValue(bytes, a, b, Infinity)));
        json = { kvlistValue: values.length > 0 ? { values } : {} };
      } else if (field === 7) {
        json = { bytesValue: base64(bytes.subarray(from, to)) };
      }
    } else if (tag === 8 * 2 + VARINT) {
      json = { boolValue: reader.varint(end) !== 0 };
    } else if (tag === 8 * 3 + VARINT) {
      json = { intValue: String(reader.int64(end)) };
    } else if (field === 4 && tag % 8 === 1) {
      json = { doubleValue: jsonDouble(reader.view.getFloat64(reader.advance(8, end), true)) };
    } else {
      reader.skip(tag % 8, end);
    }
  }
  return json;
}

function messageAttributes(message: Uint8Array, field: number): Json[] {
  return messagePairs(message, field).map(keyValueJson);
}

/** The attributes of a Resource or InstrumentationScope message. An empty service.name is none, as in Tempo's blocks. */
export function messagePairs(message: Uint8Array, field: number): ParsedPair[] {
  const pairs = childrenOf(new WireReader(message), 0, message.length, field).map(([from, to]) => parseKeyValue(message, from, to, MAX_ATTRIBUTE_BYTES));
  return pairs.filter(({ key, values: [value] }) => key !== 'service.name' || value.text !== '');
}

function textField(message: Uint8Array, field: number): string {
  const ranges = childrenOf(new WireReader(message), 0, message.length, field);
  return ranges.length > 0 ? textOf(message, ...ranges[ranges.length - 1]) : '';
}

export function varintField(message: Uint8Array, field: number): number {
  const reader = new WireReader(message);
  let value = 0;
  while (reader.pos < message.length) {
    const tag = reader.tag(message.length);
    if (tag === 8 * field + VARINT) {
      value = reader.varint(message.length);
    } else {
      reader.skip(tag % 8, message.length);
    }
  }
  return value;
}

function hex(half: bigint): string {
  return half.toString(16).padStart(16, '0');
}

function idBase64(id: bigint): string {
  return Buffer.from(hex(id), 'hex').toString('base64');
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
}

function text(bytes: Uint8Array): string {
  return textOf(bytes, 0, bytes.length);
}

function time(ns: bigint): string {
  return ns === 0n ? '' : String(ns);
}
