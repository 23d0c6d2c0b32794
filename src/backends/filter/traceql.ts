import type { TagCondition, TagOperator, TraceFilter } from './trace-filter';

/** The filter as a TraceQL span set: one span that meets every condition. */
export function toTraceql(filter: TraceFilter): string {
  if (filter.traceql?.trim()) {
    return filter.traceql.trim();
  }
  const conditions = [
    filter.service && `resource.service.name = ${quoted(filter.service)}`,
    filter.operation && `name = ${quoted(filter.operation)}`,
    filter.errorsOnly && 'status = error',
    filter.minDurationNs !== undefined && `duration >= ${filter.minDurationNs}ns`,
    filter.maxDurationNs !== undefined && `duration <= ${filter.maxDurationNs}ns`,
    ...(filter.conditions ?? []).map(tagCondition),
  ].filter(Boolean);
  return `{ ${conditions.join(' && ')} }`.replace('{  }', '{ }');
}

/** A string literal of TraceQL, whatever the text holds. */
export const quoted = (text: string): string => `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n').replace(/\r/g, '\\r')}"`;

/** The name of an attribute in TraceQL: `span.http.route`, `."with space"` in quotes. */
export function attributeName(scope: TagCondition['scope'], key: string): string {
  const plain = /^[A-Za-z_][\w./-]*$/.test(key);
  return `${scope === 'any' ? '' : scope}.${plain ? key : quoted(key)}`;
}

/**
 * A text that looks like a number or a boolean may be stored as either: Tempo compares types strictly, so all are asked for.
 * A comparison across types is false, also with `!=`, so `or` is right for negations as well.
 */
function tagCondition({ scope, key, operator, value }: TagCondition): string {
  const name = attributeName(scope, key);
  const comparisons = valuesOf(operator, value).map((written) => `${name} ${operator} ${written}`);
  return comparisons.length === 1 ? comparisons[0] : `(${comparisons.join(' || ')})`;
}

/** The value as TraceQL writes each type that it may have. */
function valuesOf(operator: TagOperator, value: string): string[] {
  const text = quoted(value);
  switch (operator) {
    case '=~':
    case '!~':
      return [text];
    case '=':
    case '!=':
      return value === 'true' || value === 'false' ? [value, text] : [...numbersOf(value), text];
    default: {
      const numbers = numbersOf(value);
      return numbers.length > 0 ? numbers : [text];
    }
  }
}

/** A whole number may be an integer, if it fits into 64 bits, or a decimal. */
function numbersOf(value: string): string[] {
  if (/^-?\d+\.\d+$/.test(value)) {
    return [value];
  }
  if (!/^-?\d+$/.test(value)) {
    return [];
  }
  const digits = BigInt(value.replace('-', ''));
  return digits === BigInt.asIntN(64, digits) ? [value, `${value}.0`] : [`${value}.0`];
}
