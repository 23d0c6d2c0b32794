/** Trace sets for tests, from spans described in a line each. Times are ns after an arbitrary base. */
import { decodeOtlpJson } from '../../formats/otlp/json-decoder';
import { encodeUtf8, SpanKind, StatusCode, type SpanKindName, type StatusCodeName, type TraceSet } from '../../trace';

export interface TestSpan {
  /** Small positive integer, unique in the trace. */
  readonly id: number;
  readonly parent?: number;
  /** Small positive integer; 1 unless given. */
  readonly trace?: number;
  readonly service?: string;
  readonly name?: string;
  readonly kind?: SpanKindName;
  readonly status?: StatusCodeName;
  readonly startNs?: number;
  readonly durationNs?: number;
  readonly attributes?: Readonly<Record<string, TestValue>>;
  readonly resource?: Readonly<Record<string, TestValue>>;
  readonly events?: ReadonlyArray<{ readonly name: string; readonly attributes?: Readonly<Record<string, TestValue>> }>;
  readonly links?: ReadonlyArray<{ readonly trace: number; readonly id: number }>;
}

export type TestValue = string | number | boolean;

const BASE_UNIX_NS = 1_700_000_000_000_000_000n;

export function traceSetOf(spans: readonly TestSpan[]): TraceSet {
  const ofResource = new Map<string, TestSpan[]>();
  for (const span of spans) {
    const resource = JSON.stringify({ 'service.name': span.service ?? 'a', ...span.resource });
    const group = ofResource.get(resource) ?? [];
    ofResource.set(resource, group);
    group.push(span);
  }
  const resourceSpans = [...ofResource].map(([resource, group]) => ({
    resource: { attributes: attributesOf(JSON.parse(resource)) },
    scopeSpans: [{ spans: group.map(otlpSpan) }],
  }));
  return decodeOtlpJson(encodeUtf8(JSON.stringify({ resourceSpans })));
}

export const testTraceId = (trace: number): string => trace.toString(16).padStart(32, '0');
export const testSpanId = (id: number): string => id.toString(16).padStart(16, '0');

function otlpSpan(span: TestSpan): object {
  const startNs = BASE_UNIX_NS + BigInt(span.startNs ?? 0);
  return {
    traceId: testTraceId(span.trace ?? 1),
    spanId: testSpanId(span.id),
    parentSpanId: span.parent === undefined ? '' : testSpanId(span.parent),
    name: span.name ?? 'op',
    kind: SpanKind[span.kind ?? 'internal'],
    startTimeUnixNano: String(startNs),
    endTimeUnixNano: String(startNs + BigInt(span.durationNs ?? 0)),
    attributes: attributesOf(span.attributes),
    events: span.events?.map(({ name, attributes }) => ({ timeUnixNano: String(startNs), name, attributes: attributesOf(attributes) })),
    links: span.links?.map(({ trace, id }) => ({ traceId: testTraceId(trace), spanId: testSpanId(id) })),
    status: { code: StatusCode[span.status ?? 'unset'] },
  };
}

function attributesOf(values: Readonly<Record<string, TestValue>> = {}): object[] {
  return Object.entries(values).map(([key, value]) => ({ key, value: valueOf(value) }));
}

function valueOf(value: TestValue): object {
  switch (typeof value) {
    case 'string':
      return { stringValue: value };
    case 'boolean':
      return { boolValue: value };
    default:
      return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value };
  }
}
