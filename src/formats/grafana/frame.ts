/** The part of Grafana's DataFrame the formats use: columns by name. Kept apart from @grafana/data, which the core may not import. */
import { asArray, asObject, asText } from '../json/untyped';

export interface FrameField {
  readonly name: string;
  readonly type: 'string' | 'number' | 'time' | 'other' | 'boolean';
  readonly values: unknown[];
  readonly config: object;
}

export interface Frame {
  readonly name?: string;
  readonly refId?: string;
  readonly meta?: object;
  readonly fields: FrameField[];
  readonly length: number;
}

/** Columns by name of a frame in any of its shapes: a DataFrame, or its JSON `{schema: {fields}, data: {values}}`. */
export function frameColumns(frame: unknown): ReadonlyMap<string, readonly unknown[]> | undefined {
  const object = asObject(frame);
  const schema = asObject(object?.schema);
  if (schema !== undefined) {
    const values = asArray(asObject(object?.data)?.values);
    return new Map(asArray(schema.fields).map((field, index) => [asText(asObject(field)?.name) ?? '', asArray(values[index])]));
  }
  if (!Array.isArray(object?.fields)) {
    return undefined;
  }
  return new Map(object.fields.map((field) => [asText(asObject(field)?.name) ?? '', valuesOf(asObject(field)?.values)]));
}

/** Values are an array; in frames of older Grafana a vector with toArray(). */
function valuesOf(values: unknown): readonly unknown[] {
  const vector = asObject(values) as { toArray?: unknown } | undefined;
  return typeof vector?.toArray === 'function' ? asArray(vector.toArray()) : ArrayBuffer.isView(values) ? Array.from(values as Float64Array) : asArray(values);
}

/** A frame of columns given as name → type and values. */
export function frameOf(name: string, meta: object, columns: ReadonlyArray<readonly [string, FrameField['type'], unknown[]]>): Frame {
  return {
    name,
    meta,
    fields: columns.map(([fieldName, type, values]) => ({ name: fieldName, type, values, config: {} })),
    length: columns[0]?.[2].length ?? 0,
  };
}
