/**
 * Grafana's trace frame ↔ TraceSet: one row a span, what core Tempo, Jaeger and Zipkin data sources return. Such frames are
 * lossy (float milliseconds, ids without leading zeros), so they are the way in only where there is no raw answer.
 */
import {
  SPAN_KIND_NAMES, valueText,
  type AnyValue, type Attribute, type SpanDetail, type SpanEvent, type SpanLink, type TraceSet,
} from '../../trace';
import { FormatError } from '../format-error';
import { spanIdOfText, traceIdOfText } from '../id-text';
import { asArray, asNumber, asObject, asText } from '../json/untyped';
import { OtlpMessageBuilder } from '../otlp/otlp-builder';
import { decodeOtlpProtobuf } from '../otlp/protobuf-decoder';
import { frameColumns, frameOf, type Frame } from './frame';

/** @throws FormatError if it is no trace frame */
export function decodeTraceFrame(frame: unknown): TraceSet {
  return decodeTraceFrames([frame]);
}

/** All trace frames of a list; others, such as node graphs, are left out. @throws FormatError if there is none */
export function decodeTraceFrames(frames: readonly unknown[]): TraceSet {
  const tables = frames.flatMap((frame) => frameColumns(frame) ?? []);
  const traces = tables.filter((columns) => columns.has('spanID'));
  if (traces.length === 0) {
    const isGraph = tables.some((columns) => columns.has('source') && columns.has('target'));
    throw new FormatError('grafana-frame', 'fields', isGraph ? 'nodes and edges of a graph, no spans' : 'expected a field spanID');
  }
  const message = new OtlpMessageBuilder();
  for (const columns of traces) {
    columns.get('spanID')?.forEach((_, index) => addRow(message, (name) => columns.get(name)?.[index]));
  }
  return decodeOtlpProtobuf(message.finish());
}

type Cell = (name: string) => unknown;

function addRow(message: OtlpMessageBuilder, cell: Cell): void {
  const traceId = traceIdOfText(asText(cell('traceID')) ?? '');
  if (traceId === undefined) {
    return;
  }
  const attributes = attributesOf(cell('tags'));
  const service = asText(cell('serviceName'));
  const serviceTags = cell('serviceTags');
  const scope = { name: asText(cell('instrumentationLibraryName')) ?? '', version: asText(cell('instrumentationLibraryVersion')) ?? '' };
  const startUnixNs = nanoseconds(cell('startTime')) ?? 0n;
  const durationNs = nanoseconds(cell('duration'));
  message.add(
    JSON.stringify([service, serviceTags, scope]),
    () => [
      ...(service === undefined ? [] : [{ key: 'service.name', value: stringValue(service) }]),
      ...attributesOf(serviceTags).filter(({ key }) => key !== 'service.name'),
    ],
    {
      traceId,
      spanId: spanIdOfText(asText(cell('spanID')) ?? ''),
      parentSpanId: spanIdOfText(asText(cell('parentSpanID')) ?? ''),
      name: asText(cell('operationName')) ?? '',
      kind: kindOf(cell('kind')),
      status: statusOf(cell('statusCode'), attributes),
      statusMessage: asText(cell('statusMessage')),
      traceState: asText(cell('traceState')),
      startUnixNs,
      endUnixNs: durationNs === undefined ? undefined : startUnixNs + durationNs,
      attributes,
      events: asArray(cell('logs')).map(eventOf),
      links: asArray(cell('references')).flatMap(linkOf),
    },
    scope
  );
}

/** "client", "SPAN_KIND_CLIENT" and "Client" alike. */
function kindOf(value: unknown): number {
  const name = (asText(value) ?? '').toLowerCase().replace(/^span_kind_/, '');
  return Math.max(0, (SPAN_KIND_NAMES as readonly string[]).indexOf(name));
}

/** Where the frame has no status, the tag `error: true` says it, as Grafana's own view takes it. */
function statusOf(value: unknown, attributes: readonly Attribute[]): number {
  const code = asNumber(value);
  if (code !== undefined) {
    return Math.min(2, Math.max(0, code));
  }
  const isError = attributes.some(({ key, value: found }) => key === 'error' && (found.kind === 'bool' ? found.value : valueText(found) === 'true'));
  return isError || /error/i.test(asText(value) ?? '') ? 2 : 0;
}

/** Milliseconds, or a time as text, as nanoseconds. */
function nanoseconds(milliseconds: unknown): bigint | undefined {
  const number = asNumber(milliseconds) ?? (typeof milliseconds === 'string' ? Date.parse(milliseconds) : NaN);
  if (!(Math.abs(number) <= 1e16)) {
    return undefined;
  }
  const whole = Math.floor(number);
  return BigInt(whole) * 1_000_000n + BigInt(Math.round((number - whole) * 1e6));
}

/** A list of {key, value}, or what some data sources give instead: an object, or either of them as text. */
function attributesOf(list: unknown): Attribute[] {
  if (typeof list === 'string') {
    return attributesOf(parsed(list));
  }
  if (!Array.isArray(list)) {
    return Object.entries(asObject(list) ?? {}).map(([key, value]) => ({ key, value: frameValue(value) }));
  }
  return list.flatMap((item) => {
    const object = asObject(item);
    const key = asText(object?.key);
    return key === undefined ? [] : [{ key, value: frameValue(object?.value) }];
  });
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? undefined : value;
  } catch {
    return undefined;
  }
}

const MAX_DEPTH = 32;

function frameValue(value: unknown, depth = 0): AnyValue {
  if (typeof value === 'string') {
    return stringValue(value);
  }
  if (typeof value === 'boolean') {
    return { kind: 'bool', value };
  }
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) ? { kind: 'int', value: BigInt(value) } : { kind: 'double', value };
  }
  if (Array.isArray(value) && depth < MAX_DEPTH) {
    return { kind: 'array', value: value.map((item) => frameValue(item, depth + 1)) };
  }
  const members = depth < MAX_DEPTH ? asObject(value) : undefined;
  return members === undefined ? { kind: 'empty' } : stringValue(JSON.stringify(members));
}

function stringValue(value: string): AnyValue {
  return { kind: 'string', value };
}

function eventOf(log: unknown): SpanEvent {
  const object = asObject(log);
  return {
    timeUnixNs: nanoseconds(object?.timestamp) ?? 0n, name: asText(object?.name) ?? '', attributes: attributesOf(object?.fields), droppedAttributesCount: 0,
  };
}

function linkOf(reference: unknown): SpanLink[] {
  const object = asObject(reference);
  const traceId = traceIdOfText(asText(object?.traceID) ?? '');
  const spanId = spanIdOfText(asText(object?.spanID) ?? '');
  return traceId === undefined || spanId === undefined
    ? []
    : [{ traceId, spanId, traceState: '', flags: 0, attributes: attributesOf(object?.tags), droppedAttributesCount: 0 }];
}

/**
 * One trace as Grafana's trace frame, rows in depth-first order. Times are float milliseconds: sub-microsecond digits may go.
 * Rows of one resource share its tags.
 */
export function encodeTraceFrame(set: TraceSet, trace = 0): Frame {
  const [first, end] = trace < set.traceCount ? [set.firstRow(trace), set.endRow(trace)] : [0, 0];
  const rows = Array.from({ length: end - first }, (_, index) => first + index);
  const { scope, scopeResource, status, durationNs } = set.columns;
  const scopes = cached((row) => set.scope(row));
  const serviceTags = cached((row) => set.resource(row).attributes.map(frameTag));
  // Each detail is let go at once: all of a large trace are ten times its bytes.
  const details = rows.map((row) => frameDetail(set.detail(row)));
  return frameOf('Trace', { preferredVisualisationType: 'trace', custom: { traceFormat: 'otlp' } }, [
    ['traceID', 'string', rows.map(() => set.traceId(trace))],
    ['spanID', 'string', rows.map((row) => set.spanId(row))],
    ['parentSpanID', 'string', details.map(({ parentSpanId }) => parentSpanId)],
    ['operationName', 'string', rows.map((row) => set.operation(row))],
    ['serviceName', 'string', rows.map((row) => set.service(row))],
    ['kind', 'string', rows.map((row) => set.kind(row))],
    ['statusCode', 'number', rows.map((row) => status[row])],
    ['statusMessage', 'string', details.map(({ statusMessage }) => statusMessage)],
    ['instrumentationLibraryName', 'string', rows.map((row) => scopes(scope[row], row).name)],
    ['instrumentationLibraryVersion', 'string', rows.map((row) => scopes(scope[row], row).version)],
    ['traceState', 'string', details.map(({ traceState }) => traceState)],
    ['serviceTags', 'other', rows.map((row) => serviceTags(scopeResource[scope[row]], row))],
    ['startTime', 'number', rows.map((row) => milliseconds(set.startUnixNs(row)))],
    ['duration', 'number', rows.map((row) => durationNs[row] / 1e6)],
    ['logs', 'other', details.map(({ logs }) => logs)],
    ['references', 'other', details.map(({ references }) => references)],
    ['tags', 'other', details.map(({ tags }) => tags)],
  ]);
}

/** What is the same for all rows of a key, made from the first that comes. */
function cached<T>(make: (row: number) => T): (key: number, row: number) => T {
  const known = new Map<number, T>();
  return (key, row) => {
    let value = known.get(key);
    if (value === undefined) {
      known.set(key, (value = make(row)));
    }
    return value;
  };
}

function frameDetail({ parentSpanId, statusMessage, traceState, events, links, attributes }: SpanDetail) {
  return {
    parentSpanId: parentSpanId ?? '',
    statusMessage,
    traceState,
    logs: events.map((event) => ({ timestamp: milliseconds(event.timeUnixNs), name: event.name, fields: event.attributes.map(frameTag) })),
    references: links.map((link) => ({ traceID: link.traceId, spanID: link.spanId, tags: link.attributes.map(frameTag) })),
    tags: attributes.map(frameTag),
  };
}

function milliseconds(ns: bigint): number {
  return Number(ns / 1_000_000n) + Number(ns % 1_000_000n) / 1e6;
}

function frameTag({ key, value }: Attribute): { key: string; value: unknown } {
  return { key, value: plainValue(value) };
}

/** Integers that JavaScript counts exactly as numbers, others as digits; nested values as text. */
function plainValue(value: AnyValue): unknown {
  switch (value.kind) {
    case 'string':
    case 'bool':
    case 'double':
      return value.value;
    case 'int':
      return BigInt.asIntN(53, value.value) === value.value ? Number(value.value) : String(value.value);
    case 'array':
      return value.value.map(plainValue);
    default:
      return valueText(value);
  }
}
