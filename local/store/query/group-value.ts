/** Values that spans were grouped by, as they come from the engine: a type and a text. */
import { formatDuration } from './format-duration';
import { GroupType } from './pipeline-sql';
import { type AnyValueJson, jsonDouble } from './any-value';

export type GroupValue =
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'int'; readonly value: string }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'nil' };

/** @param type a number of GroupType */
export function groupValue(type: number, text: string | null): GroupValue {
  switch (type) {
    case GroupType.int:
      return { kind: 'int', value: text ?? '0' };
    case GroupType.float:
      // The engine writes infinities as `inf`.
      return { kind: 'float', value: Number(text?.replace('inf', 'Infinity')) };
    case GroupType.bool:
      return { kind: 'bool', value: text === 'true' };
    case GroupType.duration:
      return { kind: 'string', value: formatDuration(Number(text)) };
    case GroupType.nil:
      return { kind: 'nil' };
    default:
      return { kind: 'string', value: text ?? '' };
  }
}

export function groupValueJson(value: GroupValue): AnyValueJson {
  switch (value.kind) {
    case 'string':
      return { stringValue: value.value };
    case 'int':
      return { intValue: value.value };
    case 'float':
      return { doubleValue: jsonDouble(value.value) };
    case 'bool':
      return { boolValue: value.value };
    case 'nil':
      return { stringValue: 'nil' };
  }
}
