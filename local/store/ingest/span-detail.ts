/**
 * The part of a span that is only looked at when its trace is read: attributes, events, links and counts, in the received order,
 * with pairs as dictionary numbers. A mask of what is there comes first; absent parts take no bytes.
 *
 *   detail  mask traceState? attributes? droppedAttributes? events? droppedEvents? links? droppedLinks? flags?
 *   event   time(fixed64) name(pair) pairs dropped
 *   link    traceId spanId traceState (each length-prefixed) pairs dropped flags(fixed32)
 */
import type { GrowableInt32 } from './growable';
import { WireReader } from './wire';
import type { WireWriter } from './wire-writer';

/** Bits of the mask; stored in the database, so they keep their meaning. */
export const Detail = {
  traceState: 1,
  attributes: 2,
  droppedAttributes: 4,
  events: 8,
  droppedEvents: 16,
  links: 32,
  droppedLinks: 64,
  /** The span had a status message, even an empty one. */
  status: 128,
  flags: 256,
} as const;

export interface EventDetail {
  readonly timeNs: bigint;
  readonly name: number;
  readonly attributes: readonly number[];
  readonly droppedAttributesCount: number;
}

export interface LinkDetail {
  readonly traceId: Uint8Array;
  readonly spanId: Uint8Array;
  readonly traceState: Uint8Array;
  readonly attributes: readonly number[];
  readonly droppedAttributesCount: number;
  readonly flags: number;
}

export interface SpanDetail {
  readonly traceState: Uint8Array;
  readonly attributes: readonly number[];
  readonly droppedAttributesCount: number;
  readonly events: readonly EventDetail[];
  readonly droppedEventsCount: number;
  readonly links: readonly LinkDetail[];
  readonly droppedLinksCount: number;
  readonly hasStatus: boolean;
  readonly flags: number | undefined;
}

const NOTHING = new Uint8Array(0);

export function writePairs(out: WireWriter, pairs: GrowableInt32): void {
  out.varint(pairs.length);
  for (let i = 0; i < pairs.length; i++) {
    out.varint(pairs.items[i]);
  }
}

/** Reads the details of consecutive spans, in the order they were written. */
export function* readDetails(bytes: Uint8Array): Generator<SpanDetail, void> {
  const reader = new WireReader(bytes);
  const end = bytes.length;
  while (reader.pos < end) {
    yield readDetail(reader, end);
  }
}

function readDetail(reader: WireReader, end: number): SpanDetail {
  const mask = reader.varint(end);
  const has = (bit: number): boolean => (mask & bit) !== 0;
  return {
    traceState: has(Detail.traceState) ? readBytes(reader, end) : NOTHING,
    attributes: has(Detail.attributes) ? readPairs(reader, end) : [],
    droppedAttributesCount: has(Detail.droppedAttributes) ? reader.varint(end) : 0,
    events: has(Detail.events) ? readList(reader, end, readEvent) : [],
    droppedEventsCount: has(Detail.droppedEvents) ? reader.varint(end) : 0,
    links: has(Detail.links) ? readList(reader, end, readLink) : [],
    droppedLinksCount: has(Detail.droppedLinks) ? reader.varint(end) : 0,
    hasStatus: has(Detail.status),
    flags: has(Detail.flags) ? reader.view.getUint32(reader.advance(4, end), true) : undefined,
  };
}

function readEvent(reader: WireReader, end: number): EventDetail {
  return {
    timeNs: reader.view.getBigUint64(reader.advance(8, end), true),
    name: reader.varint(end),
    attributes: readPairs(reader, end),
    droppedAttributesCount: reader.varint(end),
  };
}

function readLink(reader: WireReader, end: number): LinkDetail {
  return {
    traceId: readBytes(reader, end),
    spanId: readBytes(reader, end),
    traceState: readBytes(reader, end),
    attributes: readPairs(reader, end),
    droppedAttributesCount: reader.varint(end),
    flags: reader.view.getUint32(reader.advance(4, end), true),
  };
}

function readList<T>(reader: WireReader, end: number, read: (reader: WireReader, end: number) => T): T[] {
  return Array.from({ length: reader.varint(end) }, () => read(reader, end));
}

function readPairs(reader: WireReader, end: number): number[] {
  return readList(reader, end, (from, to) => from.varint(to));
}

function readBytes(reader: WireReader, end: number): Uint8Array {
  const length = reader.length(end);
  const start = reader.advance(length, end);
  return reader.bytes.subarray(start, start + length);
}
