/**
 * TraceSet → Zipkin v2 JSON: a list of spans. Zipkin's values are strings and its times whole microseconds: types and
 * resource attributes other than the service are lost, event attributes too. Links become tags, see otlp/link-tags.ts. `shared`
 * marks servers that keep their client's id.
 */
import { Repair, valueText, type TraceSet } from '../../trace';
import { LINK_TAG, linkTag } from '../otlp/link-tags';

/** @param traces which traces of the set; all by default */
export function encodeZipkinJson(set: TraceSet, traces?: readonly number[]): string {
  const spans: object[] = [];
  for (const trace of traces ?? Array.from({ length: set.traceCount }, (_, index) => index)) {
    for (let row = set.firstRow(trace); row < set.endRow(trace); row++) {
      spans.push(zipkinSpan(set, row));
    }
  }
  return JSON.stringify(spans);
}

const KINDS = [undefined, undefined, 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'];

function zipkinSpan(set: TraceSet, row: number): object {
  const detail = set.detail(row);
  const { repair, kind } = set.columns;
  const known = (repair[row] & Repair.unknownDuration) === 0;
  return {
    traceId: set.traceId(set.traceOf(row)),
    id: set.spanId(row),
    parentId: detail.parentSpanId,
    name: set.operation(row),
    kind: KINDS[kind[row]],
    timestamp: Number((detail.startUnixNs ?? set.startUnixNs(row)) / 1000n) || undefined,
    // Zipkin has no duration 0: it rounds up to a microsecond.
    duration: known ? Math.max(1, Math.round(set.columns.durationNs[row] / 1000)) : undefined,
    localEndpoint: { serviceName: set.service(row) },
    shared: (repair[row] & Repair.sharedId) !== 0 || undefined,
    annotations: detail.events.map((event) => ({ timestamp: Number(event.timeUnixNs / 1000n), value: event.name })),
    tags: tagsOf(set, row),
  };
}

function tagsOf(set: TraceSet, row: number): object {
  const detail = set.detail(row);
  const tags = new Map(detail.attributes.map(({ key, value }) => [key, valueText(value)]));
  const status = set.status(row);
  if (status === 'error') {
    tags.set('error', detail.statusMessage || 'true');
  }
  if (status !== 'unset') {
    tags.set('otel.status_code', status.toUpperCase());
  }
  if (detail.traceState !== '') {
    tags.set('w3c.tracestate', detail.traceState);
  }
  detail.links.forEach((link, at) => tags.set(`${LINK_TAG}${at}`, linkTag(link)));
  // fromEntries defines own properties, so that a key `__proto__` stays a key.
  return Object.fromEntries(tags);
}
