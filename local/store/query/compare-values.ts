/** Comparisons of TraceQL as SQL. */
import { ValueType } from '../ingest/attribute';
import type { ComparisonOp } from '../traceql/ast';
import { numberSql, type SqlValue } from './sql-value';

export function sqlOp(op: ComparisonOp): string {
  return op === '!=' ? '<>' : op;
}

/** Regular expressions match the whole text, as in Tempo; RE2 is the engine of both. */
export function compareText(op: ComparisonOp, a: string, b: string): string {
  switch (op) {
    case '=~':
      return `regexp_full_match(${a}, ${b}, 's')`;
    case '!~':
      return `(NOT regexp_full_match(${a}, ${b}, 's'))`;
    default:
      return `(${a} ${sqlOp(op)} ${b})`;
  }
}

/** Null where a value is missing. */
export function compareValues(op: ComparisonOp, a: SqlValue, b: SqlValue): string {
  if (a.kind === 'nil' || b.kind === 'nil') {
    const other = a.kind === 'nil' ? b : a;
    return `(${presence(other)} IS ${op === '=' ? '' : 'NOT '}NULL)`;
  }
  if (a.kind === 'attribute' && b.kind === 'attribute') {
    const isBothNumbers = `(${a.type} IN (2, 3) AND ${b.type} IN (2, 3))`;
    const numbers = op === '=~' || op === '!~' ? 'false' : `(${a.number} ${sqlOp(op)} ${b.number})`;
    return `(CASE WHEN ${a.type} = ${ValueType.string} AND ${b.type} = ${ValueType.string} THEN ${compareText(op, a.text, b.text)} WHEN ${isBothNumbers} OR (${a.type} = ${ValueType.bool} AND ${b.type} = ${ValueType.bool}) THEN ${numbers} ELSE false END)`;
  }
  const [known, attribute] = a.kind === 'attribute' ? [b, a] : [a, b];
  if (attribute.kind === 'attribute') {
    const side = attributeAs(known.kind, attribute);
    return a.kind === 'attribute' ? compareTyped(op, known.kind, side, sqlOf(known)) : compareTyped(op, known.kind, sqlOf(known), side);
  }
  return compareTyped(op, known.kind, sqlOf(a), sqlOf(b));
}

function compareTyped(op: ComparisonOp, kind: SqlValue['kind'], a: string, b: string): string {
  return kind === 'text' ? compareText(op, a, b) : op === '=~' || op === '!~' ? 'false' : `(${a} ${sqlOp(op)} ${b})`;
}

function attributeAs(kind: SqlValue['kind'], value: Extract<SqlValue, { kind: 'attribute' }>): string {
  switch (kind) {
    case 'text':
      return `(CASE WHEN ${value.type} = ${ValueType.string} THEN ${value.text} END)`;
    case 'number':
      return numberSql(value);
    case 'bool':
      return `(CASE WHEN ${value.type} = ${ValueType.bool} THEN ${value.number} = 1 END)`;
    default:
      return 'NULL';
  }
}

function sqlOf(value: SqlValue): string {
  switch (value.kind) {
    case 'nil':
      return 'NULL';
    case 'attribute':
      return value.text;
    default:
      return value.sql;
  }
}

function presence(value: SqlValue): string {
  return value.kind === 'attribute' ? value.type : sqlOf(value);
}
