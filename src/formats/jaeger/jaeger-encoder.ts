/**
 * TraceSet → Jaeger query API v2 JSON, as the OpenTelemetry specification maps OTLP to Jaeger: kind and status become tags,
 * links FOLLOWS_FROM references. Times are whole microseconds there: what is finer is lost.
 */
import { valueText, type AnyValue, type Attribute, type SpanDetail, type SpanLink, type TraceId, type TraceSet } from '../../trace';
import { encodeBase64, encodeOtlpJson } from '../otlp/json-encoder';
import { LINK_TAG, linkTag } from '../otlp/link-tags';

/** @param traces which traces of the set; all by default */
export function encodeJaegerJson(set: TraceSet, traces?: readonly number[]): string {
  const indices = traces ?? Array.from({ length: set.traceCount }, (_, trace) => trace);
  const data = indices.map((trace) => traceOf(set, trace));
  return JSON.stringify({ data, total: data.length, limit: 0, offset: 0, errors: null });
}

/** The answer of query API v3, which is OTLP JSON in an envelope: nothing is lost. @param traces which traces of the set; all by default */
export function encodeJaegerV3Json(set: TraceSet, traces?: readonly number[]): string {
  return `{"result":${encodeOtlpJson(set, traces)}}`;
}

function traceOf(set: TraceSet, trace: number): object {
  const { scope, scopeResource } = set.columns;
  // Process ids are ours (p1, p2, …), so a plain object is safe here.
  const processes: Record<string, object> = {};
  const processIds = new Map<number, string>();
  const spans: object[] = [];
  for (let row = set.firstRow(trace); row < set.endRow(trace); row++) {
    const resource = scopeResource[scope[row]];
    let processId = processIds.get(resource);
    if (processId === undefined) {
      processIds.set(resource, (processId = `p${processIds.size + 1}`));
      const tags = set.resource(row).attributes.filter(({ key }) => key !== 'service.name').map(jaegerTag);
      processes[processId] = { serviceName: set.service(row), tags };
    }
    spans.push(jaegerSpan(set, row, processId));
  }
  return { traceID: set.traceId(trace), spans, processes, warnings: set.warnings(trace).map(({ message }) => message) };
}

function jaegerSpan(set: TraceSet, row: number, processID: string): object {
  const traceID = set.traceId(set.traceOf(row));
  const detail = set.detail(row);
  return {
    traceID,
    spanID: set.spanId(row),
    operationName: set.operation(row),
    references: [
      ...(detail.parentSpanId === undefined ? [] : [{ refType: 'CHILD_OF', traceID, spanID: detail.parentSpanId }]),
      ...detail.links.filter((link) => !makesParent(link, detail, traceID)).map((link) => ({ refType: 'FOLLOWS_FROM', traceID: link.traceId, spanID: link.spanId })),
    ],
    startTime: Number((detail.startUnixNs ?? set.startUnixNs(row)) / 1000n),
    duration: Math.round(set.columns.durationNs[row] / 1000),
    tags: [
      ...spanTags(set, row, detail), ...detail.attributes.map(jaegerTag),
      ...detail.links.filter((link) => makesParent(link, detail, traceID)).map((link, at) => stringTag(`${LINK_TAG}${at}`, linkTag(link))),
    ],
    logs: detail.events.map((event) => ({
      timestamp: Number(event.timeUnixNs / 1000n),
      fields: [...(event.name === '' ? [] : [stringTag('event', event.name)]), ...event.attributes.map(jaegerTag)],
    })),
    processID,
    warnings: null,
  };
}

/** To Jaeger, a span without parent is the child of the first span of its own trace that it refers to. Such links go into tags. */
function makesParent(link: SpanLink, { parentSpanId }: SpanDetail, traceId: TraceId): boolean {
  return parentSpanId === undefined && link.traceId === traceId;
}

function spanTags(set: TraceSet, row: number, detail: SpanDetail): object[] {
  const kind = set.kind(row);
  const status = set.status(row);
  return [
    ...(kind === 'unspecified' ? [] : [stringTag('span.kind', kind)]),
    ...(status === 'unset' ? [] : [stringTag('otel.status_code', status.toUpperCase())]),
    ...(status === 'error' ? [{ key: 'error', type: 'bool', value: true }] : []),
    ...(detail.statusMessage === '' ? [] : [stringTag('otel.status_description', detail.statusMessage)]),
    ...(detail.traceState === '' ? [] : [stringTag('w3c.tracestate', detail.traceState)]),
  ];
}

function stringTag(key: string, value: string): object {
  return { key, type: 'string', value };
}

function jaegerTag({ key, value }: Attribute): object {
  return { key, ...typedValue(value) };
}

function typedValue(value: AnyValue): { type: string; value: unknown } {
  switch (value.kind) {
    case 'bool':
      return { type: 'bool', value: value.value };
    case 'int':
      // Beyond what JavaScript counts exactly Jaeger sends digits in a string.
      return { type: 'int64', value: BigInt.asIntN(53, value.value) === value.value ? Number(value.value) : String(value.value) };
    case 'double':
      return Number.isFinite(value.value) ? { type: 'float64', value: value.value } : { type: 'string', value: String(value.value) };
    case 'bytes':
      return { type: 'binary', value: encodeBase64(value.value) };
    default:
      return { type: 'string', value: valueText(value) };
  }
}
