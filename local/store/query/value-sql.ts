/** Fields and arithmetic of TraceQL as SQL values. A value is null where the span has none. */
import { Scope, ValueType } from '../ingest/attribute';
import { numberLiteral, textLiteral } from '../database/literal';
import type { AttributeField, Expression, IntrinsicName, Static } from '../traceql/ast';
import { TraceQlError } from '../traceql/lexer';
import type { SqlScope } from './sql-scope';

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

const SCOPE_NUMBERS: Readonly<Record<Exclude<AttributeField['scope'], 'any'>, number>> = {
  span: Scope.span, resource: Scope.resource, event: Scope.event, link: Scope.link, instrumentation: Scope.instrumentation,
};

/** `LEFT JOIN`s that values need; each field is joined once. */
export class ValueJoins {
  private readonly scope: SqlScope;
  private readonly alias: string;
  private readonly joins = new Map<string, { sql: string; value: SqlValue }>();

  /** @param alias of the relation whose rows are spans */
  constructor(scope: SqlScope, alias: string) {
    this.scope = scope;
    this.alias = alias;
  }

  get sql(): string {
    return [...this.joins.values()].map(({ sql }) => sql).join('\n');
  }

  valueOf(expression: Expression): SqlValue {
    switch (expression.kind) {
      case 'static':
        return staticValue(expression);
      case 'attribute':
        return this.attribute(expression);
      case 'intrinsic':
        return this.intrinsic(expression.name);
      case 'unary':
        if (expression.op === '-') {
          return { kind: 'number', sql: `(-${numberSql(this.valueOf(expression.operand))})`, unit: 'float' };
        }
        throw new TraceQlError('a negation is no value');
      case 'binary':
        return this.arithmetic(expression);
    }
  }

  private arithmetic(expression: Extract<Expression, { kind: 'binary' }>): SqlValue {
    const left = this.valueOf(expression.left);
    const right = this.valueOf(expression.right);
    const [a, b] = [numberSql(left), numberSql(right)];
    const unit = [left, right].some((value) => value.kind === 'number' && value.unit === 'duration') ? 'duration' : 'float';
    const isInteger = both(isIntegerSql(left), isIntegerSql(right));
    switch (expression.op) {
      case '+':
      case '-':
      case '*':
      case '%':
        return { kind: 'number', sql: `(${a} ${expression.op} ${b})`, unit, isInteger };
      case '/':
        // Integers divide to an integer; a division by 0 is null, where Tempo ends.
        return { kind: 'number', sql: `(CASE WHEN ${isInteger} THEN trunc(${a} / nullif(${b}, 0)) ELSE ${a} / ${b} END)`, unit, isInteger };
      case '^':
        // Tempo raises the right side to the left: `{ .n ^ 2 > 30 }` there finds n = 5, as 2^5 is 32.
        return { kind: 'number', sql: `pow(${b}, ${a})`, unit };
      default:
        throw new TraceQlError(`a comparison (${expression.op}) is no value`);
    }
  }

  private attribute(field: AttributeField): SqlValue {
    if (field.scope === 'any') {
      const span = this.attribute({ ...field, scope: 'span' });
      const resource = this.attribute({ ...field, scope: 'resource' });
      if (span.kind !== 'attribute' || resource.kind !== 'attribute') {
        throw new Error('attributes must have attribute values');
      }
      const prefer = (a: string, b: string): string => `(CASE WHEN ${span.type} IS NOT NULL THEN ${a} ELSE ${b} END)`;
      return { kind: 'attribute', type: prefer(span.type, resource.type), text: prefer(span.text, resource.text), number: prefer(span.number, resource.number), integer: prefer(span.integer, resource.integer) };
    }
    return this.joined(`${field.scope}.${field.name}`, (name) => {
      const condition = `p.scope = ${SCOPE_NUMBERS[field.scope as 'span']} AND p.key = ${textLiteral(field.name)}`;
      const values = 'any_value(p.type) AS type, any_value(p.text) AS text, any_value(p.number) AS number, any_value(p.integer) AS integer';
      return { sql: this.attributeJoin(name, field.scope as 'span', condition, values), value: attributeValue(name) };
    });
  }

  private attributeJoin(name: string, scope: Exclude<AttributeField['scope'], 'any'>, condition: string, values: string): string {
    switch (scope) {
      case 'resource':
        return `LEFT JOIN (SELECT a.resource, ${values} FROM resource_attribute a JOIN pair p ON p.id = a.pair WHERE ${condition} GROUP BY a.resource) ${name} ON ${name}.resource = ${this.alias}.resource`;
      case 'instrumentation':
        return `LEFT JOIN (SELECT a.instrumentation, ${values} FROM instrumentation_attribute a JOIN pair p ON p.id = a.pair WHERE ${condition} GROUP BY a.instrumentation) ${name} ON ${name}.instrumentation = ${this.alias}.instrumentation`;
      default:
        return `LEFT JOIN (SELECT a.span, ${values} FROM attribute a JOIN pair p ON p.id = a.pair WHERE ${condition} AND ${this.scope.attributeCondition('a')} GROUP BY a.span) ${name} ON ${name}.span = ${this.alias}.seq`;
    }
  }

  private intrinsic(name: IntrinsicName): SqlValue {
    const { alias } = this;
    switch (name) {
      case 'duration':
        return { kind: 'number', sql: `${alias}.duration_ns`, unit: 'duration' };
      case 'status':
        return { kind: 'status', sql: `${alias}.status` };
      case 'kind':
        return { kind: 'kind', sql: `${alias}.kind` };
      case 'nestedSetLeft':
        return { kind: 'number', sql: `${alias}.nested_left`, unit: 'int' };
      case 'nestedSetRight':
        return { kind: 'number', sql: `${alias}.nested_right`, unit: 'int' };
      case 'nestedSetParent':
        return { kind: 'number', sql: `${alias}.nested_parent`, unit: 'int' };
      case 'spanID':
        return { kind: 'text', sql: `lpad(lower(to_hex(${alias}.span_id)), 16, '0')` };
      case 'parentID':
        return { kind: 'text', sql: `CASE WHEN ${alias}.parent_id = 0 THEN NULL ELSE lpad(lower(to_hex(${alias}.parent_id)), 16, '0') END` };
      case 'name':
        return this.text(`${alias}.name`, 'name');
      case 'statusMessage':
        return this.text(`${alias}.status_message`, 'statusMessage');
      case 'rootName':
        return this.text(`${this.trace()}.root_name`, 'name');
      case 'rootServiceName':
        return this.joined(name, (join) => ({ sql: `LEFT JOIN resource ${join} ON ${join}.id = ${this.trace()}.root_resource`, value: { kind: 'text', sql: `coalesce(${join}.service, '')` } }));
      case 'traceDuration':
        return { kind: 'number', sql: `(${this.trace()}.end_ns - ${this.trace()}.start_ns)`, unit: 'duration' };
      case 'traceID':
        return { kind: 'text', sql: `(lpad(lower(to_hex(${this.trace()}.id_high)), 16, '0') || lpad(lower(to_hex(${this.trace()}.id_low)), 16, '0'))` };
      case 'childCount':
        return this.joined(name, (join) => ({
          sql: `LEFT JOIN (SELECT c.trace, c.nested_parent, count(*) AS children FROM span c WHERE c.nested_parent > 0 AND ${this.scope.spanCondition('c')} GROUP BY ALL) ${join} ON ${join}.trace = ${alias}.trace AND ${join}.nested_parent = ${alias}.nested_left`,
          value: { kind: 'number', sql: `coalesce(${join}.children, 0)`, unit: 'int' },
        }));
      case 'instrumentation:name':
      case 'instrumentation:version':
        return this.joined('instrumentation', (join) => ({
          sql: `LEFT JOIN instrumentation ${join} ON ${join}.id = ${alias}.instrumentation`,
          value: { kind: 'text', sql: `${join}.${name === 'instrumentation:name' ? 'name' : 'version'}` },
        }), name);
      case 'event:timeSinceStart':
        return this.multiple(name, (join) => ({ kind: 'number', sql: `${join}.number`, unit: 'duration' }));
      case 'event:name':
      case 'link:traceID':
      case 'link:spanID':
        return this.multiple(name, (join) => ({ kind: 'text', sql: `${join}.text` }));
    }
  }

  private multiple(name: IntrinsicName, value: (join: string) => SqlValue): SqlValue {
    return this.joined(name, (join) => ({
      sql: this.attributeJoin(join, 'span', `p.scope = ${Scope.intrinsic} AND p.key = ${textLiteral(name)}`, 'any_value(p.text) AS text, any_value(p.number) AS number'),
      value: value(join),
    }));
  }

  private text(column: string, key: 'name' | 'statusMessage'): SqlValue {
    return this.joined(column, (join) => ({
      sql: `LEFT JOIN (SELECT id, any_value(text) AS text FROM pair WHERE scope = ${Scope.intrinsic} AND key = '${key}' GROUP BY id) ${join} ON ${join}.id = ${column}`,
      value: { kind: 'text', sql: `coalesce(${join}.text, '')` },
    }));
  }

  /** The alias under which the span's trace is joined. */
  private trace(): string {
    const value = this.joined('trace', (join) => ({ sql: `LEFT JOIN trace ${join} ON ${join}.seq = ${this.alias}.trace`, value: { kind: 'text', sql: join } }));
    return value.kind === 'text' ? value.sql : '';
  }

  /** @param variant tells values of one join apart */
  private joined(key: string, create: (name: string) => { sql: string; value: SqlValue }, variant = ''): SqlValue {
    const known = this.joins.get(key + variant);
    if (known) {
      return known.value;
    }
    const created = create(this.scope.name('v'));
    this.joins.set(key + variant, created);
    return created.value;
  }
}

function attributeValue(name: string): SqlValue {
  return { kind: 'attribute', type: `${name}.type`, text: `${name}.text`, number: `${name}.number`, integer: `${name}.integer` };
}

function staticValue(value: Static): SqlValue {
  switch (value.type) {
    case 'string':
      return { kind: 'text', sql: textLiteral(value.value) };
    case 'int':
      return { kind: 'number', sql: `(${value.value})`, unit: 'int' };
    case 'float':
      return { kind: 'number', sql: numberLiteral(value.value), unit: 'float' };
    case 'duration':
      return { kind: 'number', sql: `(${Math.round(value.value)})`, unit: 'duration' };
    case 'bool':
      return { kind: 'bool', sql: String(value.value) };
    case 'status':
    case 'kind':
      return { kind: value.type, sql: String(value.value) };
    case 'nil':
      return { kind: 'nil' };
  }
}

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

function isIntegerSql(value: SqlValue): string {
  switch (value.kind) {
    case 'number':
      return value.isInteger ?? String(value.unit === 'int');
    case 'attribute':
      return `(${value.type} = ${ValueType.int})`;
    default:
      return 'false';
  }
}

function both(a: string, b: string): string {
  return a === 'false' || b === 'false' ? 'false' : a === 'true' ? b : b === 'true' ? a : `(${a} AND ${b})`;
}
