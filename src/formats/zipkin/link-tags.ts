/**
 * Span links, which Zipkin does not have, as tags in the way of the OpenTelemetry collector's Zipkin translator:
 * `otlp.link.0` = `trace id|span id|trace state|attributes as JSON|dropped attributes`.
 */
import { valueText, type AnyValue, type SpanLink } from '../../trace';
import { asObject } from '../json/untyped';
import { writeAttributes, writeNumber, writeText } from '../otlp/message-writer';
import { writeIdText } from '../otlp/json-scalars';
import type { WireWriter } from '../otlp/wire-writer';

export const LINK_TAG = 'otlp.link.';

export function linkTag({ traceId, spanId, traceState, attributes, droppedAttributesCount }: SpanLink): string {
  // fromEntries defines own properties, so that a key `__proto__` stays a key.
  const values = Object.fromEntries(attributes.map(({ key, value }) => [key, plain(value)]));
  return [traceId, spanId, traceState, JSON.stringify(values), droppedAttributesCount].join('|');
}

/** Writes the Link that a tag stands for as field 13 of a Span; false if it is none. */
export function writeLinkOfTag(writer: WireWriter, text: string): boolean {
  const parts = /^([0-9a-f]{1,32})\|([0-9a-f]{1,16})\|([^|]*)\|(\{.*\})\|(\d{1,9})$/is.exec(text);
  const values = parts === null ? undefined : parsed(parts[4]);
  if (parts === null || values === undefined) {
    return false;
  }
  const [, traceId, spanId, traceState, , dropped] = parts;
  const link = writer.begin(13);
  writeIdText(writer, 1, traceId, 16);
  writeIdText(writer, 2, spanId, 8);
  writeText(writer, 3, traceState);
  writeAttributes(writer, 4, Object.entries(values).map(([key, value]) => ({ key, value: typed(value) })));
  writeNumber(writer, 5, Number(dropped));
  writer.end(link);
  return true;
}

function parsed(json: string): { readonly [key: string]: unknown } | undefined {
  try {
    return asObject(JSON.parse(json));
  } catch {
    return undefined; // text of another meaning: it stays a tag
  }
}

function plain(value: AnyValue): unknown {
  return value.kind === 'bool' || (value.kind === 'double' && Number.isFinite(value.value)) ? value.value : valueText(value);
}

function typed(value: unknown): AnyValue {
  switch (typeof value) {
    case 'boolean':
      return { kind: 'bool', value };
    case 'number':
      return { kind: 'double', value };
    case 'string':
      return { kind: 'string', value };
    default:
      return { kind: 'string', value: JSON.stringify(value) };
  }
}
