/** Replaces `$name`, `${name}`, `${name.path}`, `${name:format}` and `[[name]]` in a text. */
import type { VariableInterpolation } from '@grafana/runtime';
import { formatValue } from './formats';
import { type MacroScope, macroValue } from './macros';

/** A variable with its present value; `$__all` is already spelled out. */
export interface VariableValue {
  readonly name: string;
  readonly value: string | readonly string[];
  /** What people see, for `:text`. */
  readonly text: string;
  /** A custom "all" value is an expression: it is inserted as it is. */
  readonly isExpression?: boolean;
}

export interface InterpolationScope extends MacroScope {
  readonly variables: readonly VariableValue[];
}

/** A format's name, or a function that formats, as data sources pass it. */
export type Format = string | ((value: string | readonly string[], variable: { name: string }) => string);

const REFERENCE = /\$(\w+)|\[\[(\w+?)(?::(\w+))?\]\]|\$\{(\w+)(?:\.([^:}]+))?(?::([^}]+))?\}/g;

/**
 * @param format used where a reference names none, `glob` without
 * @param found collects what was replaced and what was not
 */
export function interpolate(
  text: string,
  scope: InterpolationScope,
  format: Format = 'glob',
  found?: VariableInterpolation[]
): string {
  return text.replace(REFERENCE, (match: string, plain, squared, squaredFormat, braced, fieldPath, bracedFormat) => {
    const name: string = plain ?? squared ?? braced;
    const ownFormat: string | undefined = squaredFormat ?? bracedFormat;
    const value = resolve(name, fieldPath ?? '', ownFormat ?? format, scope);
    found?.push({ match, variableName: name, fieldPath, format: ownFormat, value: value ?? match, found: value !== undefined });
    return value ?? match;
  });
}

export function containsReference(text: string): boolean {
  return text.search(REFERENCE) !== -1;
}

function resolve(name: string, path: string, format: Format, scope: InterpolationScope): string | undefined {
  const scoped = scope.scopedVars?.[name];
  if (scoped && scoped.value !== undefined && scoped.value !== null) {
    return applyFormat(name, readPath(scoped.value, path), String(scoped.text ?? ''), format);
  }
  const variable = scope.variables.find((candidate) => candidate.name === name);
  if (variable) {
    const { value, text } = variable;
    return variable.isExpression ? String(value) : applyFormat(name, path === 'text' ? text : value, text, format);
  }
  const macro = macroValue(name, path, scope);
  return macro?.isFinal ? macro.value : macro && applyFormat(name, macro.value, macro.value, format);
}

function applyFormat(name: string, value: unknown, text: string, format: Format): string | undefined {
  if (value === undefined || value === null) {
    return undefined;
  }
  const isMulti = Array.isArray(value);
  const values = [value].flat().map((one) => (typeof one === 'object' ? JSON.stringify(one) : String(one)));
  if (typeof format === 'function') {
    return format(isMulti ? values : values[0], { name });
  }
  return formatValue(format, values, { name, text: text || values.join(' + '), isMulti });
}

/** Follows `a.b[0].c` through plain objects, own properties only. */
function readPath(value: unknown, path: string): unknown {
  const keys = path.split(/[.[\]"']+/).filter(Boolean);
  return keys.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key) ? Reflect.get(inner, key) : undefined),
    value
  );
}
