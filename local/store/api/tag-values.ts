/** `/api/search/tag/{tag}/values` and `/api/v2/...`: the values that an attribute or intrinsic has. */
import type { ApiResponse } from '../engine/messages';
import { matchingSpans } from '../query/matching-spans';
import { goFloat } from '../query/go-float';
import { readFieldValues, type TagValue } from '../query/field-values';
import type { Field, IntrinsicName, Static } from '../traceql/ast';
import { parseField } from '../traceql/parser';
import { ApiError } from './api-error';
import { type Call, json } from './call';
import { hasTracesInRange } from './tags-range';

export async function tagValues(call: Call, tag: string): Promise<ApiResponse> {
  const hasTraces = await hasTracesInRange(call);
  if (Object.hasOwn(V1_VALUES, tag)) {
    return json({ tagValues: V1_VALUES[tag], metrics: {} });
  }
  const field = fieldOfV1(tag);
  const values = !hasTraces ? [] : await readFieldValues(call.reads, field, call.tenants, undefined);
  return json({ tagValues: limited(call, [...new Set(values.map(({ value }) => value))], (value) => value), metrics: {} });
}

export async function tagValuesV2(call: Call, tag: string): Promise<ApiResponse> {
  const hasTraces = await hasTracesInRange(call);
  const field = parseField(tag, call.compatibility.hasTraceQl3);
  if (!field || (!call.compatibility.hasTraceQl3 && field.kind === 'intrinsic' && NEW_INTRINSICS.includes(field.name))) {
    throw new ApiError(call.compatibility.unknownTagStatus, `please provide a valid tagName: tag name is not valid intrinsic or scoped attribute: ${tag}`);
  }
  const narrowing = matchingSpans(call.parameters.text('q'), field, call.tenants, call.compatibility);
  if (narrowing.kind === 'values' && !isKeyword(field)) {
    return json({ tagValues: limited(call, narrowing.values.flatMap(valueOfStatic), ({ value }) => value).map(tagValueJson), metrics: {} });
  }
  const isListed = isKeyword(field) || (hasTraces && narrowing.kind !== 'none' && tag !== UNLISTED_SPELLING);
  const values = isListed ? await readFieldValues(call.reads, field, call.tenants, narrowing.kind === 'spans' ? narrowing.seqs : undefined) : [];
  return json({ tagValues: limited(call, values, ({ value }) => value).map(tagValueJson), metrics: {} });
}

/** Durations, statuses and kinds are no values of attributes. */
function valueOfStatic(literal: Static): TagValue[] {
  switch (literal.type) {
    case 'string':
    case 'int':
    case 'bool':
      return [{ type: literal.type, value: String(literal.value) }];
    case 'float':
      return [{ type: 'float', value: goFloat(literal.value) }];
    default:
      return [];
  }
}

/** As many values as `limit` and the limit on their bytes allow. */
function limited<T>({ parameters, engine }: Call, values: readonly T[], textOf: (value: T) => string): T[] {
  let bytes = 0;
  const fitting = values.findIndex((value) => (bytes += Buffer.byteLength(textOf(value))) > engine.options.limits.tagValuesBytes);
  return values.slice(0, Math.min(parameters.maxCount('limit', values.length || 1), fitting < 0 ? values.length : fitting));
}

function tagValueJson({ type, value }: TagValue): Record<string, string> {
  return value === '' ? { type } : { type, value };
}

/** Intrinsics that 2.7 does not know. */
const NEW_INTRINSICS: readonly IntrinsicName[] = ['parentID', 'childCount'];
/** Tempo lists the values of `trace:duration` under this name only, not under the short one. */
const UNLISTED_SPELLING = 'traceDuration';
/** What v1 lists of tags that are no attributes. */
const V1_VALUES: Readonly<Record<string, readonly string[]>> = { 'status.code': ['0', '1', '2', 'error', 'ok', 'unset'], error: ['true'] };
/** Names from before TraceQL. */
const OLD_NAMES: Readonly<Record<string, Field>> = { 'root.name': { kind: 'intrinsic', name: 'rootName' }, 'root.service.name': { kind: 'intrinsic', name: 'rootServiceName' } };

/** The intrinsics that v1 knows by name. */
const V1_INTRINSICS = ['name', 'rootName', 'rootServiceName'];

/** Keywords are always listed. */
function isKeyword(field: Field): boolean {
  return field.kind === 'intrinsic' && (field.name === 'status' || field.name === 'kind');
}

/** v1 takes names without a scope. */
function fieldOfV1(tag: string): Field {
  if (Object.hasOwn(OLD_NAMES, tag)) {
    return OLD_NAMES[tag];
  }
  return (V1_INTRINSICS.includes(tag) ? parseField(tag) : undefined) ?? { kind: 'attribute', scope: 'any', name: tag };
}
