/** A value as a tree to show: from an attribute that is a list or a map, or from JSON inside a text. */
import { valueText, type AnyValue } from '../../../trace';

export type JsonNode =
  | { readonly kind: 'leaf'; readonly text: string; readonly type: 'string' | 'other' }
  | { readonly kind: 'branch'; readonly isList: boolean; readonly children: ReadonlyArray<readonly [string, JsonNode]> };

/** Longer texts are not parsed: they are shown as they came. */
const MOST_CHARACTERS = 500_000;

/** Undefined where the value is neither structured nor a text that holds a JSON object or list. */
export function jsonNodeOf(value: AnyValue): JsonNode | undefined {
  if (value.kind === 'array' || value.kind === 'kvlist') {
    return nodeOfValue(value);
  }
  if (value.kind !== 'string' || value.value.length > MOST_CHARACTERS || !/^\s*[[{]/.test(value.value)) {
    return undefined;
  }
  try {
    return nodeOfJson(JSON.parse(value.value), 0);
  } catch {
    // No JSON, or nested deeper than anybody reads: plain text then.
    return undefined;
  }
}

function nodeOfValue(value: AnyValue): JsonNode {
  switch (value.kind) {
    case 'array':
      return { kind: 'branch', isList: true, children: value.value.map((item, at) => [String(at), nodeOfValue(item)] as const) };
    case 'kvlist':
      return { kind: 'branch', isList: false, children: value.value.map(({ key, value: inner }) => [key, nodeOfValue(inner)] as const) };
    default:
      return { kind: 'leaf', text: value.kind === 'empty' ? 'null' : valueText(value), type: value.kind === 'string' ? 'string' : 'other' };
  }
}

const MOST_DEPTH = 200;

function nodeOfJson(json: unknown, depth: number): JsonNode {
  if (depth > MOST_DEPTH) {
    throw new RangeError(`JSON nested deeper than ${MOST_DEPTH}`);
  }
  if (typeof json !== 'object' || json === null) {
    return { kind: 'leaf', text: String(json), type: typeof json === 'string' ? 'string' : 'other' };
  }
  const children = Object.entries(json).map(([key, inner]) => [key, nodeOfJson(inner, depth + 1)] as const);
  return { kind: 'branch', isList: Array.isArray(json), children };
}
