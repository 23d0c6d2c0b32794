/**
 * Span links as tags, for where a format has no place for them, in the way of the OpenTelemetry collector's Zipkin translator:
 * `otlp.link.0` = `trace id|span id|trace state|attributes as JSON|dropped attributes`.
 */
import { encodeUtf8, valueText, type AnyValue, type SpanLink } from '../../trace';
import { asObject } from '../json/untyped';
import { writeIdText } from './json-scalars';
import { writeAttributes, writeNumber, writeText } from './message-writer';
import type { WireWriter } from './wire-writer';

export const LINK_TAG = 'otlp.link.';
const LINK_TAG_KEY = encodeUtf8(LINK_TAG);

/** Whether the key bytes[from, to) is that of a link. */
export function isLinkTag(bytes: Uint8Array, from: number, to: number): boolean {
  return bytes[from] === LINK_TAG_KEY[0] && to - from > LINK_TAG_KEY.length && LINK_TAG_KEY.every((byte, at) => bytes[from + at] === byte);
}

/** The text of a link's tag. */
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
