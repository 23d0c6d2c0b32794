/** TraceSet → OTLP JSON (OTLP specification, JSON Protobuf Encoding): ids in hex, int64 as strings, enums as numbers. */
import type { AnyValue, Attribute, ResourceDetail, ScopeDetail, TraceSet } from '../../trace';
import { groupByScope } from './scope-groups';

/** @param traces which traces of the set; all by default */
export function encodeOtlpJson(set: TraceSet, traces?: readonly number[]): string {
  return JSON.stringify({ resourceSpans: groupByScope(set, traces).map(({ scopes }) => jsonResourceSpans(set, scopes.map(({ rows }) => rows))) });
}

/** One span with its resource and scope, as a whole OTLP document. */
export function encodeOtlpJsonSpan(set: TraceSet, row: number): string {
  return JSON.stringify({ resourceSpans: [jsonResourceSpans(set, [[row]])] });
}

/** @param rowsByScope rows of one resource, those of each scope together */
function jsonResourceSpans(set: TraceSet, rowsByScope: ReadonlyArray<readonly number[]>): object {
  const resource = set.resource(rowsByScope[0][0]);
  return {
    resource: jsonResource(resource),
    scopeSpans: rowsByScope.map((rows) => {
      const scope = set.scope(rows[0]);
      return { scope: jsonScope(scope), spans: rows.map((row) => jsonSpan(set, row)), schemaUrl: scope.schemaUrl || undefined };
    }),
    schemaUrl: resource.schemaUrl || undefined,
  };
}

function jsonResource({ attributes, droppedAttributesCount }: ResourceDetail): object {
  return { attributes: attributes.map(jsonAttribute), droppedAttributesCount: droppedAttributesCount || undefined };
}

function jsonScope({ name, version, attributes, droppedAttributesCount }: ScopeDetail): object {
  return {
    name, version: version || undefined, attributes: attributes.length > 0 ? attributes.map(jsonAttribute) : undefined,
    droppedAttributesCount: droppedAttributesCount || undefined,
  };
}

function jsonSpan(set: TraceSet, row: number): object {
  const detail = set.detail(row);
  return {
    traceId: set.traceId(set.traceOf(row)),
    spanId: set.spanId(row),
    traceState: detail.traceState || undefined,
    parentSpanId: detail.parentSpanId,
    flags: detail.flags || undefined,
    name: set.operation(row),
    kind: set.columns.kind[row],
    startTimeUnixNano: String(detail.startUnixNs ?? 0n),
    endTimeUnixNano: String(detail.endUnixNs ?? 0n),
    attributes: detail.attributes.map(jsonAttribute),
    droppedAttributesCount: detail.droppedAttributesCount || undefined,
    events: detail.events.map((event) => ({
      timeUnixNano: String(event.timeUnixNs), name: event.name, attributes: event.attributes.map(jsonAttribute),
      droppedAttributesCount: event.droppedAttributesCount || undefined,
    })),
    droppedEventsCount: detail.droppedEventsCount || undefined,
    links: detail.links.map((link) => ({
      traceId: link.traceId, spanId: link.spanId, traceState: link.traceState || undefined, attributes: link.attributes.map(jsonAttribute),
      droppedAttributesCount: link.droppedAttributesCount || undefined, flags: link.flags || undefined,
    })),
    droppedLinksCount: detail.droppedLinksCount || undefined,
    status: { message: detail.statusMessage || undefined, code: set.columns.status[row] || undefined },
  };
}

function jsonAttribute({ key, value }: Attribute): object {
  return { key, value: jsonValue(value) };
}

function jsonValue(value: AnyValue): object {
  switch (value.kind) {
    case 'empty':
      return {};
    case 'string':
      return { stringValue: value.value };
    case 'bool':
      return { boolValue: value.value };
    case 'int':
      return { intValue: String(value.value) };
    case 'double':
      // NaN and infinities are strings in protobuf's JSON
      return { doubleValue: Number.isFinite(value.value) ? value.value : String(value.value) };
    case 'bytes':
      return { bytesValue: encodeBase64(value.value) };
    case 'array':
      return { arrayValue: { values: value.value.map(jsonValue) } };
    case 'kvlist':
      return { kvlistValue: { values: value.value.map(jsonAttribute) } };
  }
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 with padding (RFC 4648). */
export function encodeBase64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const group = (bytes[at] << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const left = bytes.length - at;
    text += BASE64[group >> 18] + BASE64[(group >> 12) & 63] + (left > 1 ? BASE64[(group >> 6) & 63] : '=') + (left > 2 ? BASE64[group & 63] : '=');
  }
  return text;
}
