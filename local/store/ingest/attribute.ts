/**
 * What the store calls a *pair*: one attribute with one value, in one scope of one tenant. Spans refer to pairs by number, so
 * a search tests each distinct value once. Intrinsic texts (span names, status messages, ...) are pairs too.
 */
import { BYTES, FIXED64, VARINT, WireReader, textOf } from './wire';

/** Where an attribute sits; the numbers are stored in the database. */
export const Scope = { intrinsic: 1, span: 2, resource: 3, event: 4, link: 5, instrumentation: 6 } as const;
export type ScopeNumber = (typeof Scope)[keyof typeof Scope];

/** The type of a value; the numbers are stored in the database. `other` is kept and returned but cannot be searched. */
export const ValueType = { other: 0, string: 1, int: 2, float: 3, bool: 4 } as const;
export type ValueTypeNumber = (typeof ValueType)[keyof typeof ValueType];

/** One searchable value. An array attribute has one for each element, all under the same pair id. */
export interface SearchValue {
  readonly type: ValueTypeNumber;
  readonly text?: string;
  /** Every number and bool (0 or 1), as far as a double is exact. */
  readonly number?: number;
  readonly integer?: bigint;
}

export interface ParsedPair {
  readonly key: string;
  readonly values: readonly SearchValue[];
  /** The AnyValue message as received, kept where `values` cannot restore it: arrays, key-value lists, bytes, no value. */
  readonly raw?: Uint8Array;
}

/** Tempo's `max_attribute_bytes`: longer keys and string values of spans and resources are cut. */
export const MAX_ATTRIBUTE_BYTES = 2048;

/**
 * Reads an OTLP KeyValue message.
 * @throws WireError when the message is malformed
 */
export function parseKeyValue(bytes: Uint8Array, start: number, end: number, maxTextBytes: number): ParsedPair {
  const reader = new WireReader(bytes);
  reader.pos = start;
  let key = '';
  let valueStart = end;
  let valueEnd = end;
  while (reader.pos < end) {
    const tag = reader.tag(end);
    if (tag === 8 * 1 + BYTES) {
      const length = reader.length(end);
      const from = reader.advance(length, end);
      key = textOf(bytes, from, from + Math.min(length, maxTextBytes));
    } else if (tag === 8 * 2 + BYTES) {
      const length = reader.length(end);
      valueStart = reader.advance(length, end);
      valueEnd = valueStart + length;
    } else {
      reader.skip(tag % 8, end);
    }
  }
  const scalar = scalarOf(reader, valueStart, valueEnd, maxTextBytes);
  if (scalar) {
    return { key, values: [scalar] };
  }
  return { key, values: elementsOf(reader, valueStart, valueEnd, maxTextBytes), raw: bytes.slice(valueStart, valueEnd) };
}

/** The value of an AnyValue that is a string, int, double or bool; undefined for every other kind. */
function scalarOf(reader: WireReader, start: number, end: number, maxTextBytes: number): SearchValue | undefined {
  let value: SearchValue | undefined;
  reader.pos = start;
  while (reader.pos < end) {
    const tag = reader.tag(end);
    if (tag === 8 * 1 + BYTES) {
      const length = reader.length(end);
      const from = reader.advance(length, end);
      value = { type: ValueType.string, text: textOf(reader.bytes, from, from + Math.min(length, maxTextBytes)) };
    } else if (tag === 8 * 2 + VARINT) {
      value = { type: ValueType.bool, number: reader.varint(end) === 0 ? 0 : 1 };
    } else if (tag === 8 * 3 + VARINT) {
      const integer = reader.int64(end);
      value = { type: ValueType.int, integer, number: Number(integer) };
    } else if (tag === 8 * 4 + FIXED64) {
      value = { type: ValueType.float, number: reader.view.getFloat64(reader.advance(8, end), true) };
    } else {
      reader.skip(tag % 8, end);
      value = undefined;
    }
  }
  return value;
}

/** The elements of an array of scalars of one type: what Tempo can search. Anything else gives one unsearchable value. */
function elementsOf(reader: WireReader, start: number, end: number, maxTextBytes: number): SearchValue[] {
  const values: SearchValue[] = [];
  for (const [arrayStart, arrayEnd] of childrenOf(reader, start, end, 5)) {
    for (const [itemStart, itemEnd] of childrenOf(reader, arrayStart, arrayEnd, 1)) {
      const value = scalarOf(reader, itemStart, itemEnd, maxTextBytes);
      if (!value || (values.length > 0 && values[0].type !== value.type)) {
        return [{ type: ValueType.other }];
      }
      values.push(value);
    }
  }
  return values.length > 0 ? values : [{ type: ValueType.other }];
}

/** The ranges of all bytes fields with this number. */
export function childrenOf(reader: WireReader, start: number, end: number, field: number): Array<[number, number]> {
  const ranges: Array<[number, number]> = [];
  reader.pos = start;
  while (reader.pos < end) {
    const tag = reader.tag(end);
    if (tag === 8 * field + BYTES) {
      const length = reader.length(end);
      const from = reader.advance(length, end);
      ranges.push([from, from + length]);
    } else {
      reader.skip(tag % 8, end);
    }
  }
  return ranges;
}
