/** Values of TraceQL as SQL. A value is null where the span has none. */
import { ValueType } from '../ingest/attribute';

/**
 * A value of a type known from the query, or of whatever type an attribute has: then `type` is an SQL expression for it (the numbers
 * of ValueType) next to the value as text, as number and, exact, as integer.
 */
export type SqlValue =
  /** `isInteger`: SQL that is true where the value is one; by the unit where it is left out. */
  | { readonly kind: 'number'; readonly sql: string; readonly unit: 'int' | 'float' | 'duration'; readonly isInteger?: string }
  | { readonly kind: 'text'; readonly sql: string }
  | { readonly kind: 'bool'; readonly sql: string }
  | { readonly kind: 'status' | 'kind'; readonly sql: string }
  | { readonly kind: 'nil' }
  | { readonly kind: 'attribute'; readonly type: string; readonly text: string; readonly number: string; readonly integer: string };

/** The value as a DOUBLE; null where it is no number. */
export function numberSql(value: SqlValue): string {
  switch (value.kind) {
    case 'number':
      return `${value.sql}::DOUBLE`;
    case 'attribute':
      return `(CASE WHEN ${value.type} IN (${ValueType.int}, ${ValueType.float}) THEN ${value.number} END)`;
    default:
      return 'NULL::DOUBLE';
  }
}

/** SQL that is true where the value is an integer. */
export function isIntegerSql(value: SqlValue): string {
  switch (value.kind) {
    case 'number':
      return value.isInteger ?? String(value.unit === 'int');
    case 'attribute':
      return `(${value.type} = ${ValueType.int})`;
    default:
      return 'false';
  }
}
