import type { SpanId, TraceId } from './ids';
import type { Attribute } from './values';

/** What a span says beyond its columns, decoded from the received bytes when someone looks. Times are absolute ns (Unix). */
export interface SpanDetail {
  readonly traceState: string;
  /** W3C trace flags (low 8 bits) and OTLP's remote-parent bits. */
  readonly flags: number;
  /** The parent id as received, also when that span is missing; undefined on a root. */
  readonly parentSpanId: SpanId | undefined;
  /** As received, before any repair; undefined where absent (zero on the wire). */
  readonly startUnixNs: bigint | undefined;
  readonly endUnixNs: bigint | undefined;
  readonly statusMessage: string;
  readonly attributes: readonly Attribute[];
  readonly events: readonly SpanEvent[];
  readonly links: readonly SpanLink[];
  readonly droppedAttributesCount: number;
  readonly droppedEventsCount: number;
  readonly droppedLinksCount: number;
  /** Why decoding stopped early, where the bytes are malformed: what precedes is here. */
  readonly damage: string | undefined;
}

export interface SpanEvent {
  readonly timeUnixNs: bigint;
  readonly name: string;
  readonly attributes: readonly Attribute[];
  readonly droppedAttributesCount: number;
}

export interface SpanLink {
  readonly traceId: TraceId;
  readonly spanId: SpanId;
  readonly traceState: string;
  readonly flags: number;
  readonly attributes: readonly Attribute[];
  readonly droppedAttributesCount: number;
}

export interface ResourceDetail {
  readonly attributes: readonly Attribute[];
  readonly droppedAttributesCount: number;
  readonly schemaUrl: string;
}

export interface ScopeDetail {
  readonly name: string;
  readonly version: string;
  readonly attributes: readonly Attribute[];
  readonly droppedAttributesCount: number;
  readonly schemaUrl: string;
}
