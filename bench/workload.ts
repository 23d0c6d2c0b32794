/**
 * The benchmark's traces, seeded: about 12 services, 8 attributes a span, an event on every tenth. The same spans can be
 * written as OTLP protobuf, OTLP JSON, Jaeger JSON and Zipkin JSON, so that formats are compared on the same trace.
 */
import { WireWriter } from '../src/formats/otlp/wire-writer';
import { writeAttributes, writeSpan, type SpanRecord } from '../src/formats/otlp/message-writer';
import type { AnyValue, Attribute, SpanEvent, SpanId, TraceId } from '../src/trace';

/** A span and the number of its service. */
export interface BenchSpan extends SpanRecord {
  readonly service: number;
  readonly spanId: SpanId;
  readonly parentSpanId: SpanId | undefined;
  readonly startUnixNs: bigint;
  readonly endUnixNs: bigint;
  readonly attributes: readonly Attribute[];
  readonly events: readonly SpanEvent[];
}

export const SERVICES = [
  'gateway', 'auth', 'catalogue', 'search', 'cart', 'checkout', 'payments', 'shipping', 'mailer', 'recommender', 'media', 'worker',
];
const OPERATIONS = ['list', 'get', 'create', 'update', 'delete', 'lookup', 'render', 'query', 'publish', 'validate'];
const BASE_UNIX_NS = 1795334400000000000n;

/** mulberry32: small, seeded, good enough to spread a workload. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** What a part of a larger trace continues. */
export interface TraceStart {
  readonly traceId: TraceId;
  readonly parentSpanId: SpanId;
}

/** One trace, or a part of one: parents are drawn from recent spans, so that depth and fan-out both occur. */
export function makeTrace(spanCount: number, seed = 1, start?: TraceStart): BenchSpan[] {
  const next = random(seed);
  const pick = (count: number) => Math.floor(next() * count);
  const hex = (digits: number) => Array.from({ length: digits / 8 }, () => pick(4294967296).toString(16).padStart(8, '0')).join('');
  const traceId = start?.traceId ?? (hex(32) as TraceId);
  const spans: BenchSpan[] = [];
  for (let index = 0; index < spanCount; index++) {
    const parent = index === 0 ? undefined : spans[Math.max(0, index - 1 - pick(Math.min(index, 40)))];
    const calls = parent?.kind === 3;
    const service = parent === undefined ? 0 : calls ? pick(SERVICES.length) : parent.service;
    const kind = parent === undefined || calls ? 2 : next() < 0.5 ? 3 : 1;
    const startUnixNs = parent === undefined ? BASE_UNIX_NS : parent.startUnixNs + BigInt(pick(200_000));
    const durationNs = BigInt(parent === undefined ? 60_000_000_000 : 1_000 + pick(5_000_000));
    spans.push({
      service, traceId, kind, startUnixNs, spanId: hex(16) as SpanId, parentSpanId: parent?.spanId ?? start?.parentSpanId,
      name: `${SERVICES[service]}.${OPERATIONS[pick(OPERATIONS.length)]}`,
      endUnixNs: startUnixNs + durationNs,
      status: next() < 0.02 ? 2 : 0,
      attributes: attributesOf(next, kind),
      events: index % 10 === 0 ? [{ timeUnixNs: startUnixNs + 500n, name: 'log', attributes: [attribute('log.message', 'cache refreshed'), attribute('log.severity', 'INFO')], droppedAttributesCount: 0 }] : [],
    });
  }
  return spans;
}

function attributesOf(next: () => number, kind: number): Attribute[] {
  const pick = (count: number) => Math.floor(next() * count);
  const list = [
    attribute('http.request.method', ['GET', 'POST', 'PUT'][pick(3)]),
    attribute('http.route', `/api/v1/${OPERATIONS[pick(OPERATIONS.length)]}/{id}`),
    attribute('http.response.status_code', BigInt([200, 200, 200, 404, 500][pick(5)])),
    attribute('server.address', `host-${pick(40)}.internal`),
    attribute('thread.id', BigInt(pick(64))),
    attribute('enduser.id', `u-${pick(100_000)}`),
    attribute('cache.hit', next() < 0.5),
  ];
  list.push(kind === 3 && next() < 0.5 ? attribute('db.system', 'postgresql') : attribute('code.function.name', `handle${pick(500)}`));
  return list;
}

function attribute(key: string, value: string | bigint | boolean): Attribute {
  const wrapped: AnyValue = typeof value === 'string' ? { kind: 'string', value } : typeof value === 'bigint' ? { kind: 'int', value } : { kind: 'bool', value };
  return { key, value: wrapped };
}

/** A trace too large to hold as objects: parts of 100,000 spans, all below the first span. Concatenated messages are one. */
export function largeTraceProtobuf(spanCount: number, seed = 1): Uint8Array {
  const PART = 100_000;
  let start: TraceStart | undefined;
  const parts: Uint8Array[] = [];
  for (let made = 0; made < spanCount; made += PART) {
    const spans = makeTrace(Math.min(PART, spanCount - made), seed + made, start);
    start ??= { traceId: spans[0].traceId, parentSpanId: spans[0].spanId };
    parts.push(toOtlpProtobuf(spans));
  }
  return concatenated(parts);
}

/** Many small traces as one message, as a search for a map gets them. */
export function manyTracesProtobuf(traceCount: number, spansPerTrace: number, seed = 1): Uint8Array {
  return concatenated(Array.from({ length: traceCount }, (_, trace) => toOtlpProtobuf(makeTrace(spansPerTrace, seed + trace))));
}

function concatenated(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function byService(spans: readonly BenchSpan[]): Array<readonly [number, BenchSpan[]]> {
  const groups = new Map<number, BenchSpan[]>();
  for (const span of spans) {
    const group = groups.get(span.service);
    if (group === undefined) {
      groups.set(span.service, [span]);
    } else {
      group.push(span);
    }
  }
  return [...groups];
}

function resourceOf(service: number): Attribute[] {
  return [attribute('service.name', SERVICES[service]), attribute('service.version', '1.4.2'), attribute('k8s.pod.name', `${SERVICES[service]}-7d9f-0`)];
}

export function toOtlpProtobuf(spans: readonly BenchSpan[]): Uint8Array {
  const writer = new WireWriter(spans.length * 400);
  for (const [service, group] of byService(spans)) {
    const resourceSpans = writer.begin(1);
    const resource = writer.begin(1);
    writeAttributes(writer, 1, resourceOf(service));
    writer.end(resource);
    const scopeSpans = writer.begin(2);
    group.forEach((span) => writeSpan(writer, 2, span));
    writer.end(scopeSpans);
    writer.end(resourceSpans);
  }
  return writer.finish();
}

const encoder = new TextEncoder();

export function toOtlpJson(spans: readonly BenchSpan[]): Uint8Array {
  return joined('{"resourceSpans":[', byService(spans).map(([service, group]) =>
    joined(`{"resource":{"attributes":${JSON.stringify(resourceOf(service).map(jsonAttribute))}},"scopeSpans":[{"scope":{"name":"bench"},"spans":[`,
      group.map((span) => encoder.encode(JSON.stringify(jsonSpan(span)))), ']}]}')), ']}');
}

function jsonSpan(span: BenchSpan): unknown {
  return {
    traceId: span.traceId, spanId: span.spanId, parentSpanId: span.parentSpanId ?? '', name: span.name, kind: span.kind,
    startTimeUnixNano: String(span.startUnixNs), endTimeUnixNano: String(span.endUnixNs), attributes: span.attributes.map(jsonAttribute),
    ...(span.events.length > 0 && {
      events: span.events.map((event) => ({ timeUnixNano: String(event.timeUnixNs), name: event.name, attributes: event.attributes.map(jsonAttribute) })),
    }),
    status: span.status === 0 ? {} : { code: span.status },
  };
}

function jsonAttribute({ key, value }: Attribute): unknown {
  const name = value.kind === 'int' ? 'intValue' : value.kind === 'bool' ? 'boolValue' : 'stringValue';
  return { key, value: { [name]: value.kind === 'int' ? String(value.value) : plain(value) } };
}

function plain(value: AnyValue): unknown {
  return value.kind === 'string' || value.kind === 'bool' ? value.value : value.kind === 'int' ? Number(value.value) : undefined;
}

export function toJaegerJson(spans: readonly BenchSpan[]): Uint8Array {
  const processes = Object.fromEntries(SERVICES.map((serviceName, service) => [`p${service}`, { serviceName, tags: [] }]));
  const items = spans.map((span) => encoder.encode(JSON.stringify({
    traceID: span.traceId, spanID: span.spanId, operationName: span.name,
    references: span.parentSpanId === undefined ? [] : [{ refType: 'CHILD_OF', traceID: span.traceId, spanID: span.parentSpanId }],
    startTime: Number(span.startUnixNs / 1000n), duration: Number((span.endUnixNs - span.startUnixNs) / 1000n),
    tags: [...span.attributes.map(jaegerTag), { key: 'span.kind', type: 'string', value: ['', 'internal', 'server', 'client'][span.kind] }],
    logs: span.events.map((event) => ({ timestamp: Number(event.timeUnixNs / 1000n), fields: event.attributes.map(jaegerTag) })),
    processID: `p${span.service}`, warnings: null,
  })));
  return joined(`{"data":[{"traceID":"${spans[0].traceId}","spans":[`, items, `],"processes":${JSON.stringify(processes)}}]}`);
}

function jaegerTag({ key, value }: Attribute): unknown {
  return { key, type: value.kind === 'int' ? 'int64' : value.kind, value: plain(value) };
}

export function toZipkinJson(spans: readonly BenchSpan[]): Uint8Array {
  return joined('[', spans.map((span) => encoder.encode(JSON.stringify({
    traceId: span.traceId, id: span.spanId, parentId: span.parentSpanId, name: span.name,
    kind: span.kind === 2 ? 'SERVER' : span.kind === 3 ? 'CLIENT' : undefined,
    timestamp: Number(span.startUnixNs / 1000n), duration: Number((span.endUnixNs - span.startUnixNs) / 1000n),
    localEndpoint: { serviceName: SERVICES[span.service] },
    tags: Object.fromEntries(span.attributes.map(({ key, value }) => [key, String(plain(value))])),
    annotations: span.events.map((event) => ({ timestamp: Number(event.timeUnixNs / 1000n), value: event.name })),
  }))), ']');
}

/** head + items separated by commas + tail; as bytes, for a million spans are too long for one string. */
function joined(head: string, items: readonly Uint8Array[], tail: string): Uint8Array {
  const parts = [encoder.encode(head), encoder.encode(tail)];
  const bytes = new Uint8Array(parts[0].length + parts[1].length + items.reduce((sum, item) => sum + item.length + 1, -1));
  bytes.set(parts[0]);
  let at = parts[0].length;
  items.forEach((item, index) => {
    if (index > 0) {
      bytes[at++] = 0x2c;
    }
    bytes.set(item, at);
    at += item.length;
  });
  bytes.set(parts[1], at);
  return bytes;
}
