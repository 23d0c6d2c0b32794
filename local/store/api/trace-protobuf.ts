/** A trace in protobuf: tempopb.Trace, which has the layout of OTLP's TracesData. */
import { childrenOf, type ParsedPair, ValueType } from '../ingest/attribute';
import { BYTES, FIXED64, VARINT, WireReader } from '../ingest/wire';
import { WireWriter } from '../ingest/wire-writer';
import { textOfPair } from '../query/dictionary-cache';
import type { StoredSpan, StoredTrace } from '../query/trace-by-id';
import { messagePairs, pairOf, varintField } from './trace-json';

/** Spans in one part of the message. */
const PART_SPANS = 100;

/**
 * The message in parts. Yields after each that was made: a length is known, and the part before it made, once what follows is there.
 * @param response undefined for the Trace itself (v1), otherwise it is the field 1 of a TraceByIDResponse (v2)
 */
export function* traceProtobuf(trace: StoredTrace | undefined, response?: { readonly hasMetrics: boolean }): Generator<undefined, Uint8Array[]> {
  const body = trace ? yield* traceParts(trace) : [];
  if (!response) {
    return body;
  }
  return [...message(1, body), ...(response.hasMetrics ? message(2, []) : [])];
}

/** The same at once. */
export function wholeTraceProtobuf(trace: StoredTrace): Uint8Array {
  const steps = traceProtobuf(trace);
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) {
      return Buffer.concat(step.value);
    }
  }
}

function* traceParts(trace: StoredTrace): Generator<undefined, Uint8Array[]> {
  const traceId = new Uint8Array(16);
  const view = new DataView(traceId.buffer);
  view.setBigUint64(0, trace.idHigh);
  view.setBigUint64(8, trace.idLow);
  const encoded = new Map<number, Uint8Array>();
  const attribute = (number: number): Uint8Array => {
    const known = encoded.get(number);
    if (known) {
      return known;
    }
    const bytes = keyValueBytes(pairOf(trace.pairs, number));
    encoded.set(number, bytes);
    return bytes;
  };
  const resources: Uint8Array[][] = [];
  for (const { resource, scopes } of trace.resources) {
    const owner = new WireWriter();
    owner.message(1, () => writeOwner(owner, resource, 1, 2));
    const parts = [[owner.finish()]];
    for (const { scope, spans } of scopes) {
      const spanParts = [scopeBytes(scope)];
      for (let from = 0; from < spans.length; from += PART_SPANS) {
        const out = new WireWriter(1 << 14);
        for (const span of spans.slice(from, from + PART_SPANS)) {
          out.message(2, () => writeSpan(out, span, traceId, trace.pairs, attribute));
        }
        spanParts.push(out.finish());
        yield;
      }
      parts.push(message(2, spanParts));
    }
    resources.push(message(1, parts.flat()));
  }
  return resources.flat();
}

/** A nested message of these parts: its tag and length come first. */
function message(field: number, parts: readonly Uint8Array[]): Uint8Array[] {
  const head = new WireWriter(16);
  head.tag(field, BYTES);
  head.varint(parts.reduce((bytes, part) => bytes + part.length, 0));
  return [head.finish(), ...parts];
}

function scopeBytes(scope: Uint8Array): Uint8Array {
  const out = new WireWriter();
  out.message(1, () => {
    for (const field of [1, 2]) {
      childrenOf(new WireReader(scope), 0, scope.length, field).forEach(([from, to]) => out.bytesField(field, scope.subarray(from, to)));
    }
    writeOwner(out, scope, 3, 4);
  });
  return out.finish();
}

function writeOwner(out: WireWriter, message: Uint8Array, attributesField: number, droppedField: number): void {
  messagePairs(message, attributesField).forEach((pair) => out.bytesField(attributesField, keyValueBytes(pair)));
  writeCount(out, droppedField, varintField(message, droppedField));
}

function writeSpan(out: WireWriter, span: StoredSpan, traceId: Uint8Array, pairs: StoredTrace['pairs'], attribute: (number: number) => Uint8Array): void {
  const { detail } = span;
  out.bytesField(1, traceId);
  writeId(out, 2, span.spanId);
  writeText(out, 3, detail.traceState);
  if (span.parentId !== 0n) {
    writeId(out, 4, span.parentId);
  }
  writeText(out, 5, Buffer.from(textOfPair(pairs, span.name), 'utf8'));
  writeCount(out, 6, span.kind);
  writeTime(out, 7, span.startNs);
  writeTime(out, 8, span.endNs);
  detail.attributes.forEach((number) => out.bytesField(9, attribute(number)));
  writeCount(out, 10, detail.droppedAttributesCount);
  for (const event of detail.events) {
    out.message(11, () => {
      writeTime(out, 1, event.timeNs);
      writeText(out, 2, Buffer.from(textOfPair(pairs, event.name), 'utf8'));
      event.attributes.forEach((number) => out.bytesField(3, attribute(number)));
      writeCount(out, 4, event.droppedAttributesCount);
    });
  }
  writeCount(out, 12, detail.droppedEventsCount);
  for (const link of detail.links) {
    out.message(13, () => {
      writeText(out, 1, link.traceId);
      writeText(out, 2, link.spanId);
      writeText(out, 3, link.traceState);
      link.attributes.forEach((number) => out.bytesField(4, attribute(number)));
      writeCount(out, 5, link.droppedAttributesCount);
    });
  }
  writeCount(out, 14, detail.droppedLinksCount);
  if (detail.hasStatus) {
    out.message(15, () => {
      if (span.statusMessage !== undefined) {
        writeText(out, 2, Buffer.from(textOfPair(pairs, span.statusMessage), 'utf8'));
      }
      writeCount(out, 3, span.status);
    });
  }
}

function keyValueBytes(pair: ParsedPair): Uint8Array {
  const out = new WireWriter(64);
  out.textField(1, pair.key);
  out.message(2, () => {
    if (pair.raw) {
      out.raw(pair.raw);
    } else {
      writeScalar(out, pair);
    }
  });
  return out.finish();
}

function writeScalar(out: WireWriter, { values: [value] }: ParsedPair): void {
  switch (value.type) {
    case ValueType.string:
      return out.textField(1, value.text ?? '');
    case ValueType.bool:
      return out.varintField(2, value.number ?? 0);
    case ValueType.int:
      out.tag(3, VARINT);
      return out.int64(value.integer ?? 0n);
    case ValueType.float:
      out.tag(4, FIXED64);
      return out.double(value.number ?? 0);
  }
}

function writeId(out: WireWriter, field: number, id: bigint): void {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, id);
  out.tag(field, BYTES);
  out.varint(8);
  out.raw(bytes);
}

function writeText(out: WireWriter, field: number, bytes: Uint8Array): void {
  if (bytes.length > 0) {
    out.bytesField(field, bytes);
  }
}

function writeCount(out: WireWriter, field: number, count: number): void {
  if (count > 0) {
    out.varintField(field, count);
  }
}

function writeTime(out: WireWriter, field: number, ns: bigint): void {
  if (ns !== 0n) {
    out.tag(field, FIXED64);
    out.fixed64(ns);
  }
}
