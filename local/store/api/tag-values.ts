/** `/api/search/tag/{tag}/values` and `/api/v2/...`: the values that an attribute or intrinsic has. */
import type { ApiResponse } from '../engine/messages';
import { matchingSpans } from '../query/matching-spans';
import { readFieldValues, type TagValue } from '../query/field-values';
import type { Field } from '../traceql/ast';
import { parseField } from '../traceql/parser';
import { ApiError } from './api-error';
import { type Call, json } from './call';

export async function tagValues(call: Call, tag: string): Promise<ApiResponse> {
  call.parameters.secondsRange(call.engine.options.limits.searchSeconds);
  if (tag === 'status.code') {
    return json({ tagValues: STATUS_CODES, metrics: {} });
  }
  const field = fieldOfV1(tag);
  const values = hasNoValues(field) ? [] : await readFieldValues(call.engine.database, field, call.tenants, undefined);
  return json({ tagValues: limited(call, [...new Set(values.map(({ value }) => value))]), metrics: {} });
}

export async function tagValuesV2(call: Call, tag: string): Promise<ApiResponse> {
  call.parameters.secondsRange(call.engine.options.limits.searchSeconds);
  const field = parseField(tag);
  if (!field) {
    throw new ApiError(call.compatibility.unknownTagStatus, `please provide a valid tagName: tag name is not valid intrinsic or scoped attribute: ${tag}`);
  }
  const filter = matchingSpans(call.parameters.text('q'), call.tenants, call.compatibility.hasTraceQl3);
  const values = await readFieldValues(call.engine.database, field, call.tenants, filter);
  return json({ tagValues: limited(call, values).map(tagValueJson), metrics: {} });
}

function limited<T>({ parameters }: Call, values: readonly T[]): T[] {
  return values.slice(0, parameters.positive('limit', values.length || 1));
}

function tagValueJson({ type, value }: TagValue): Record<string, string> {
  return value === '' ? { type } : { type, value };
}

/** The codes by number and by name. */
const STATUS_CODES = ['0', '1', '2', 'error', 'ok', 'unset'];
/** Names from before TraceQL. */
const OLD_NAMES: Readonly<Record<string, Field>> = { 'root.name': { kind: 'intrinsic', name: 'rootName' }, 'root.service.name': { kind: 'intrinsic', name: 'rootServiceName' } };

/** Keywords are not listed in v1. */
function hasNoValues(field: Field): boolean {
  return field.kind === 'intrinsic' && (field.name === 'status' || field.name === 'kind');
}

/** v1 takes names without a scope. */
function fieldOfV1(tag: string): Field {
  if (Object.hasOwn(OLD_NAMES, tag)) {
    return OLD_NAMES[tag];
  }
  return (tag.includes(':') || !tag.includes('.') ? parseField(tag) : undefined) ?? { kind: 'attribute', scope: 'any', name: tag };
}
