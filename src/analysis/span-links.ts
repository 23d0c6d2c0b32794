/** Span links, read from the received bytes without decoding the rest of the span. */
import { hexOf, SPAN_ID_BYTES, TRACE_ID_BYTES, Wire, WireError, WireReader, type SpanId, type TraceId, type TraceSet } from '../trace';

/** Link is field 13 of Span, with trace_id = 1 and span_id = 2 (opentelemetry-proto, trace.proto). */
const LINK_FIELD = 13;

export interface LinkTarget {
  readonly traceId: TraceId;
  readonly spanId: SpanId;
}

/** What the span at `row` links to. Links with ids of a wrong length lead nowhere and are left out. */
export function linkTargets(set: TraceSet, row: number): LinkTarget[] {
  const targets: LinkTarget[] = [];
  eachLink(set, row, (bytes, traceAt, spanAt) =>
    targets.push({
      traceId: hexOf(bytes, traceAt, traceAt + TRACE_ID_BYTES) as TraceId,
      spanId: hexOf(bytes, spanAt, spanAt + SPAN_ID_BYTES) as SpanId,
    })
  );
  return targets;
}

/** Whether the span links to its own parent: it follows from it, and the parent does not wait for it. */
export function linksToParent(set: TraceSet, row: number): boolean {
  const { parent, spanId, trace, traceId } = set.columns;
  if (parent[row] < 0) {
    return false;
  }
  let found = false;
  eachLink(set, row, (bytes, traceAt, spanAt) => {
    found ||=
      sameBytes(bytes, spanAt, spanId, SPAN_ID_BYTES * parent[row], SPAN_ID_BYTES) &&
      sameBytes(bytes, traceAt, traceId, TRACE_ID_BYTES * trace[row], TRACE_ID_BYTES);
  });
  return found;
}

/** Visits the offsets of the ids of each link. Malformed bytes end the visit: what precedes them counts. */
function eachLink(set: TraceSet, row: number, visit: (bytes: Uint8Array, traceAt: number, spanAt: number) => void): void {
  const { bytes, start, end } = set.detailRange(row);
  const reader = new WireReader(bytes, start, end);
  try {
    while (reader.next()) {
      if (reader.field === LINK_FIELD && reader.type === Wire.bytes) {
        visitLink(reader.message(), visit);
      } else {
        reader.skip();
      }
    }
  } catch (error) {
    if (!(error instanceof WireError)) {
      throw error;
    }
  }
}

function visitLink(reader: WireReader, visit: (bytes: Uint8Array, traceAt: number, spanAt: number) => void): void {
  let traceAt = -1;
  let spanAt = -1;
  while (reader.next()) {
    if (reader.type !== Wire.bytes) {
      reader.skip();
      continue;
    }
    reader.range();
    if (reader.field === 1 && reader.to - reader.from === TRACE_ID_BYTES) {
      traceAt = reader.from;
    } else if (reader.field === 2 && reader.to - reader.from === SPAN_ID_BYTES) {
      spanAt = reader.from;
    }
  }
  if (traceAt >= 0 && spanAt >= 0) {
    visit(reader.bytes, traceAt, spanAt);
  }
}

function sameBytes(left: Uint8Array, leftAt: number, right: Uint8Array, rightAt: number, length: number): boolean {
  for (let at = 0; at < length; at++) {
    if (left[leftAt + at] !== right[rightAt + at]) {
      return false;
    }
  }
  return true;
}
