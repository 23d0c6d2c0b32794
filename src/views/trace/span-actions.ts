/** What a part of the trace view can ask of the view around it. */
import type { AttributeScope } from '../../analysis/filter/span-vocabulary';
import type { Group, GroupBy } from '../../analysis/group-column';
import { valueText, type AnyValue } from '../../trace';

/** An attribute shown beside the names, or coloured by. */
export interface AttributeColumn {
  readonly scope: 'span' | 'resource';
  readonly key: string;
}

/** An attribute of whatever a span is made of. */
export interface AttributeName {
  readonly scope: Exclude<AttributeScope, 'any'>;
  readonly key: string;
}

export interface SpanActions {
  /** Opens the span's details and brings it into sight. */
  readonly onSelect: (row: number) => void;
  /** Narrows the filter by a condition of its language, see spanCondition(). */
  readonly onFilter: (condition: string) => void;
  readonly onColourBy: (by: GroupBy) => void;
  readonly onAddColumn: (column: AttributeColumn) => void;
}

/** Names that the filter language reads as they are; others are quoted. */
const PLAIN_NAME = /^[\p{L}_][\p{L}\d_.:/@-]*$/u;

/** `span.http.route = "/users"`, or `not …`; quoted so that any key and any value is read back as it is. */
export function attributeCondition(attribute: AttributeName, value: AnyValue, isNegated = false): string {
  const isLiteral = value.kind === 'bool' || value.kind === 'int';
  return `${isNegated ? 'not ' : ''}${fieldOf(attribute)} = ${isLiteral ? valueText(value) : quoted(valueText(value))}`;
}

/** Finds the spans of a group. */
export function groupCondition(by: GroupBy, { name, service }: Group): string {
  switch (by.kind) {
    case 'service':
      return `service = ${quoted(name ?? '')}`;
    case 'operation':
      return `service = ${quoted(service ?? '')} and name = ${quoted(name ?? '')}`;
    case 'attribute':
      return name === undefined ? `not ${fieldOf(by)}` : `${fieldOf(by)} = ${quoted(name)}`;
  }
}

/** An attribute as the filter language and the headings name it. */
export const fieldOf = ({ scope, key }: AttributeName): string => `${scope}.${PLAIN_NAME.test(key) ? key : quoted(key)}`;

export const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

/** The filter narrowed by one more condition; one that is there already changes nothing. */
export function withCondition(filterText: string, condition: string): string {
  const text = filterText.trim();
  if (text === '' || text === condition) {
    return condition;
  }
  if (text.endsWith(` and ${condition}`) || text.startsWith(`${condition} and `)) {
    return text;
  }
  return `${/\bor\b|\|\|/i.test(text) ? `(${text})` : text} and ${condition}`;
}
