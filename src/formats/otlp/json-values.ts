/** AnyValue between OTLP JSON already parsed to objects and the model's types. */
import { encodeUtf8, type AnyValue, type Attribute } from '../../trace';
import { asArray, asBigint, asObject, asText } from '../json/untyped';
import { decodeBase64 } from './json-scalars';

const MAX_DEPTH = 32;

/** `[{key, value: {stringValue: …}}]`; what is no attribute is left out. */
export function attributesOfJson(list: unknown, depth = 0): Attribute[] {
  return asArray(list).flatMap((item) => {
    const object = asObject(item);
    const key = asText(object?.key);
    return object === undefined || key === undefined ? [] : [{ key, value: valueOfJson(object.value, depth) }];
  });
}

function valueOfJson(json: unknown, depth = 0): AnyValue {
  const value = asObject(json);
  if (value === undefined || depth > MAX_DEPTH) {
    return { kind: 'empty' };
  }
  if (typeof value.stringValue === 'string') {
    return { kind: 'string', value: value.stringValue };
  }
  if (typeof value.boolValue === 'boolean') {
    return { kind: 'bool', value: value.boolValue };
  }
  if (value.intValue !== undefined) {
    const integer = asBigint(value.intValue);
    return integer === undefined ? { kind: 'empty' } : { kind: 'int', value: integer };
  }
  if (value.doubleValue !== undefined) {
    return { kind: 'double', value: Number(value.doubleValue) };
  }
  if (value.arrayValue !== undefined) {
    return { kind: 'array', value: asArray(asObject(value.arrayValue)?.values).map((item) => valueOfJson(item, depth + 1)) };
  }
  if (value.kvlistValue !== undefined) {
    return { kind: 'kvlist', value: attributesOfJson(asObject(value.kvlistValue)?.values, depth + 1) };
  }
  if (typeof value.bytesValue === 'string') {
    return { kind: 'bytes', value: decodeBase64(encodeUtf8(value.bytesValue)) ?? new Uint8Array(0) };
  }
  return { kind: 'empty' };
}
