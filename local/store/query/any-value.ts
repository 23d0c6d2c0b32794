/** Values as the JSON of OTLP's AnyValue. */
import { type SearchValue, ValueType } from '../ingest/attribute';

export type AnyValueJson = { stringValue: string } | { intValue: string } | { doubleValue: number | string } | { boolValue: boolean };
export interface KeyValueJson {
  readonly key: string;
  readonly value: AnyValueJson;
}

export function anyValue({ type, text, number, integer }: SearchValue): AnyValueJson {
  switch (type) {
    case ValueType.int:
      return { intValue: String(integer) };
    case ValueType.float:
      return { doubleValue: jsonDouble(number ?? 0) };
    case ValueType.bool:
      return { boolValue: number === 1 };
    default:
      return { stringValue: text ?? '' };
  }
}

/** JSON knows no infinities and no NaN: protobuf's JSON mapping writes them as strings. */
export function jsonDouble(value: number): number | string {
  return Number.isFinite(value) ? value : Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity';
}
