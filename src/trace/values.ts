import { hexOf } from './ids';

/**
 * Attribute values as OTLP's AnyValue (opentelemetry-proto, common.proto) has them: int64 exact as bigint, doubles apart
 * from integers. Attributes are lists, never objects keyed by name: a key may repeat, and `__proto__` is a key like another.
 */
export type AnyValue =
  | { readonly kind: 'empty' }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'int'; readonly value: bigint }
  | { readonly kind: 'double'; readonly value: number }
  | { readonly kind: 'bytes'; readonly value: Uint8Array }
  | { readonly kind: 'array'; readonly value: readonly AnyValue[] }
  | { readonly kind: 'kvlist'; readonly value: readonly Attribute[] };

export interface Attribute {
  readonly key: string;
  readonly value: AnyValue;
}

export const EMPTY_VALUE: AnyValue = { kind: 'empty' };

/** The value as one line of text: strings as they are, bytes as hex, arrays and maps in JSON's notation. */
export function valueText(value: AnyValue): string {
  switch (value.kind) {
    case 'empty':
      return '';
    case 'string':
      return value.value;
    case 'bytes':
      return hexOf(value.value);
    case 'array':
      return `[${value.value.map(nestedText).join(',')}]`;
    case 'kvlist':
      return `{${value.value.map(({ key, value: inner }) => `${JSON.stringify(key)}:${nestedText(inner)}`).join(',')}}`;
    default:
      return String(value.value);
  }
}

function nestedText(value: AnyValue): string {
  switch (value.kind) {
    case 'empty':
      return 'null';
    case 'string':
    case 'bytes':
      return JSON.stringify(valueText(value));
    default:
      return valueText(value);
  }
}

/** The first value of a key, as semantic conventions expect one value a key. */
export function findValue(attributes: readonly Attribute[], key: string): AnyValue | undefined {
  return attributes.find((attribute) => attribute.key === key)?.value;
}
