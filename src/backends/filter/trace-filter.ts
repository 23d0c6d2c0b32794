/**
 * What traces are asked for, whatever the backend. The search form edits this; each backend translates what its API can
 * express, the rest is applied to the traces after they were downloaded (see matches.ts). A trace is meant when one of its
 * spans meets every condition.
 */
export interface TraceFilter {
  readonly service?: string;
  readonly operation?: string;
  readonly errorsOnly?: boolean;
  /** Of a span. */
  readonly minDurationNs?: number;
  readonly maxDurationNs?: number;
  readonly conditions?: readonly TagCondition[];
  /** Typed by the user and used instead of everything above; Tempo only. */
  readonly traceql?: string;
}

/** `intrinsic` are a span's own fields, such as its name; `any` looks at the span, then at its resource. */
export type TagScope = 'span' | 'resource' | 'intrinsic' | 'any';

export const TAG_OPERATORS = ['=', '!=', '=~', '!~', '>', '>=', '<', '<='] as const;
export type TagOperator = (typeof TAG_OPERATORS)[number];

/** A condition on one attribute. A span without the attribute never meets it, as in TraceQL. */
export interface TagCondition {
  readonly scope: 'span' | 'resource' | 'any';
  readonly key: string;
  readonly operator: TagOperator;
  /** As typed; numbers and booleans are compared as such where the attribute is one. Regular expressions are anchored. */
  readonly value: string;
}

export const conditionText = ({ scope, key, operator, value }: TagCondition): string =>
  `${scope === 'any' ? '' : `${scope}.`}${key} ${operator} ${value}`;

/** "span.http.route" → the scope and key of a condition; any scope where none is named. */
export function conditionOf(text: string): Pick<TagCondition, 'scope' | 'key'> {
  const [, scope, key] = /^(span|resource)\.(.+)$/.exec(text) ?? [];
  return scope === 'span' || scope === 'resource' ? { scope, key } : { scope: 'any', key: text };
}

/** Whether the filter asks for anything at all. */
export const isEmptyFilter = ({ conditions, ...fields }: TraceFilter): boolean =>
  (conditions?.length ?? 0) === 0 && Object.values(fields).every((value) => value === undefined || value === '' || value === false);
