/** Fields and arithmetic of TraceQL as SQL values. A value is null where the span has none. */
import { Scope } from '../ingest/attribute';
import { numberLiteral, textLiteral } from '../database/literal';
import type { ArithmeticOp, AttributeField, BinaryOp, Expression, Field, IntrinsicName, Static } from '../traceql/ast';
import type { AskedValues } from '../traceql/field-uses';
import { describe } from '../traceql/validate';
import { compareValues } from './compare-values';
import { pairCondition } from './condition-sql';
import type { SqlScope } from './sql-scope';
import { isIntegerSql, numberSql, type SqlValue } from './sql-value';

const SCOPE_NUMBERS: Readonly<Record<Exclude<AttributeField['scope'], 'any'>, number>> = {
  span: Scope.span, resource: Scope.resource, event: Scope.event, link: Scope.link, instrumentation: Scope.instrumentation,
};

/** Numbers of pairs have 32 bits. */
const AFTER_ALL_IDS = 2 ** 32;

/** `LEFT JOIN`s that values need; each field is joined once. */
export class ValueJoins {
  private readonly scope: SqlScope;
  private readonly alias: string;
  private readonly asked: AskedValues;
  private readonly joins = new Map<string, { sql: string; value: SqlValue }>();

  /**
   * @param alias of the relation whose rows are spans
   * @param asked of several values of an event's or link's field, those that fulfil one of these come first
   */
  constructor(scope: SqlScope, alias: string, asked: AskedValues = new Map()) {
    this.scope = scope;
    this.alias = alias;
    this.asked = asked;
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
        return expression.op === '-' ? this.negated(this.valueOf(expression.operand)) : { kind: 'bool', sql: `(NOT ${this.truth(expression.operand)})` };
      case 'binary': {
        const { op, left, right } = expression;
        if (op === '&&' || op === '||') {
          return { kind: 'bool', sql: `(${this.truth(left)} ${op === '&&' ? 'AND' : 'OR'} ${this.truth(right)})` };
        }
        return isArithmetic(op) ? this.arithmetic(op, left, right) : { kind: 'bool', sql: `coalesce(${compareValues(op, this.valueOf(left), this.valueOf(right))}, false)` };
      }
    }
  }

  /** Whether a value is true; false where there is none. */
  private truth(expression: Expression): string {
    return `coalesce(${compareValues('=', this.valueOf(expression), { kind: 'bool', sql: 'true' })}, false)`;
  }

  private negated(value: SqlValue): SqlValue {
    return { kind: 'number', sql: `(-${numberSql(value)})`, unit: value.kind === 'number' ? value.unit : 'float', isInteger: isIntegerSql(value) };
  }

  private arithmetic(op: ArithmeticOp, leftSide: Expression, rightSide: Expression): SqlValue {
    const left = this.valueOf(leftSide);
    const right = this.valueOf(rightSide);
    const [a, b] = [numberSql(left), numberSql(right)];
    const unit = [left, right].some((value) => value.kind === 'number' && value.unit === 'duration') ? 'duration' : 'float';
    const isInteger = both(isIntegerSql(left), isIntegerSql(right));
    switch (op) {
      case '+':
      case '-':
      case '*':
      case '%':
        return { kind: 'number', sql: `(${a} ${op} ${b})`, unit, isInteger };
      case '/':
        // Integers divide to an integer; a division by 0 is null, where Tempo ends.
        return { kind: 'number', sql: `(CASE WHEN ${isInteger} THEN trunc(${a} / nullif(${b}, 0)) ELSE ${a} / ${b} END)`, unit, isInteger };
      case '^':
        // Tempo raises the right side to the left: `{ .n ^ 2 > 30 }` there finds n = 5, as 2^5 is 32.
        return { kind: 'number', sql: `pow(${b}, ${a})`, unit };
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
      const one = field.scope === 'event' || field.scope === 'link' ? this.firstOf(field) : anyOf;
      const values = ['type', 'text', 'number', 'integer'].map(one).join(', ');
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
        return { kind: 'text', sql: `lpad(lower(to_hex(${alias}.parent_id)), 16, '0')` };
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
        return this.multiple(name, (join) => ({ kind: 'number', sql: `coalesce(${join}.number, 0)`, unit: 'duration' }));
      case 'event:name':
      case 'link:traceID':
      case 'link:spanID':
        return this.multiple(name, (join) => ({ kind: 'text', sql: `coalesce(${join}.text, ${textLiteral(nothingText(name))})` }));
    }
  }

  private multiple(name: IntrinsicName, value: (join: string) => SqlValue): SqlValue {
    return this.joined(name, (join) => ({
      sql: this.attributeJoin(join, 'span', `p.scope = ${Scope.intrinsic} AND p.key = ${textLiteral(name)}`, ['text', 'number'].map(this.firstOf({ kind: 'intrinsic', name })).join(', ')),
      value: value(join),
    }));
  }

  /** Of the values of several events or links one that the query asks for, and of these the one that was stored first: the answer is always the same. */
  private firstOf(field: Field): (column: string) => string {
    const asked = this.asked.get(describe(field))?.map(({ op, value }) => `(${pairCondition(op, value)})`);
    const place = asked ? `p.id::BIGINT + CASE WHEN ${asked.join(' OR ')} THEN 0 ELSE ${AFTER_ALL_IDS} END` : 'p.id';
    return (column) => `arg_min(p.${column}, ${place}) AS ${column}`;
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

function anyOf(column: string): string {
  return `any_value(p.${column}) AS ${column}`;
}

/** What stands for the name or id where a span has no event or link, as in Tempo's answers. */
export function nothingText(name: IntrinsicName): string {
  return name === 'link:spanID' ? '0'.repeat(16) : '';
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

function isArithmetic(op: Exclude<BinaryOp, '&&' | '||'>): op is ArithmeticOp {
  return ['+', '-', '*', '/', '%', '^'].includes(op);
}

function both(a: string, b: string): string {
  return a === 'false' || b === 'false' ? 'false' : a === 'true' ? b : b === 'true' ? a : `(${a} AND ${b})`;
}
