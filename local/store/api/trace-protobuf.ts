/** A trace in protobuf: tempopb.Trace, which has the layout of OTLP's TracesData. */
import { childrenOf, type ParsedPair, ValueType } from '../ingest/attribute';
import { BYTES, FIXED64, VARINT, WireReader } from '../ingest/wire';
import { WireWriter } from '../ingest/wire-writer';
import { textOfPair } from '../query/dictionary-cache';
import type { StoredSpan, StoredTrace } from '../query/trace-by-id';
import { messagePairs, pairOf, varintField } from './trace-json';

/**
 * @param response undefined for the Trace itself (v1), otherwise it is the field 1 of a TraceByIDResponse (v2)
 */
export function traceProtobuf(trace: StoredTrace | undefined, response?: { readonly hasMetrics: boolean }): Uint8Array {
  const out = new WireWriter(1 << 16);
  const body = (): void => {
    if (trace) {
      writeTrace(out, trace);
    }
  };
  if (response) {
    out.message(1, body);
    if (response.hasMetrics) {
      out.message(2, () => undefined);
    }
  } else {
    body();
  }
  return out.finish();
}

function writeTrace(out: WireWriter, trace: StoredTrace): void {
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
  for (const { resource, scopes } of trace.resources) {
    out.message(1, () => {
      out.message(1, () => writeOwner(out, resource, 1, 2));
      for (const { scope, spans } of scopes) {
        out.message(2, () => {
          out.message(1, () => {
            for (const field of [1, 2]) {
              childrenOf(new WireReader(scope), 0, scope.length, field).forEach(([from, to]) => out.bytesField(field, scope.subarray(from, to)));
            }
            writeOwner(out, scope, 3, 4);
          });
          for (const span of spans) {
            out.message(2, () => writeSpan(out, span, traceId, trace.pairs, attribute));
          }
        });
      }
    });
  }
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
