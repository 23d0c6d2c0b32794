/**
 * Conditions of TraceQL as SQL: true or false for each span, never null. The common form, a field against a literal, is answered
 * from the dictionary: which values match, then which spans have one of them. Everything else joins the values to the spans.
 */
import { Scope, ValueType } from '../ingest/attribute';
import { numberLiteral, textLiteral } from '../database/literal';
import type { AttributeField, Binary, ComparisonOp, Expression, Field, IntrinsicName, Static } from '../traceql/ast';
import { type FieldCondition, type FieldUses, literalCondition } from '../traceql/field-uses';
import { describe } from '../traceql/validate';
import { TraceQlError } from '../traceql/lexer';
import { compareText, compareValues, sqlOp } from './compare-values';
import type { SqlScope } from './sql-scope';
import type { ValueJoins } from './value-sql';

/** Ids are compared with all their digits. */
const ID_DIGITS: Readonly<Record<string, number>> = { traceID: 32, spanID: 16, parentID: 16 };

/** Intrinsics of which a span has any number of values. */
export const LIST_INTRINSICS = ['event:name', 'event:timeSinceStart', 'link:traceID', 'link:spanID'] as const;
export type ListIntrinsic = (typeof LIST_INTRINSICS)[number];

const FALSE: Static = { kind: 'static', type: 'bool', value: false };

const NEVER_NULL: readonly IntrinsicName[] = ['duration', 'status', 'kind', 'nestedSetLeft', 'nestedSetRight', 'nestedSetParent', 'spanID'];

export class ConditionCompiler {
  private readonly scope: SqlScope;
  private readonly alias: string;
  private readonly joins: ValueJoins;
  private readonly uses: FieldUses;

  /** @param uses of the whole query */
  constructor(scope: SqlScope, alias: string, joins: ValueJoins, uses: FieldUses = new Map()) {
    this.scope = scope;
    this.alias = alias;
    this.joins = joins;
    this.uses = uses;
  }

  condition(expression: Expression): string {
    switch (expression.kind) {
      case 'unary':
        if (expression.op === '-') {
          throw new TraceQlError('a negative number is no condition');
        }
        // What is no bool cannot be negated.
        return expression.operand.kind === 'attribute' ? this.comparison({ kind: 'binary', op: '=', left: expression.operand, right: FALSE }) : `(NOT ${this.condition(expression.operand)})`;
      case 'binary':
        if (expression.op === '&&') {
          return `(${operands(expression, '&&').map((operand) => this.condition(operand)).join(' AND ')})`;
        }
        return expression.op === '||' ? this.anyOf(operands(expression, '||')) : this.comparison(expression);
      case 'static':
        return expression.type === 'bool' && expression.value ? 'true' : 'false';
      default:
        return this.comparison({ kind: 'binary', op: '=', left: expression, right: { kind: 'static', type: 'bool', value: true } });
    }
  }

  /** Alternatives about one field are looked up together: a long list of names costs as much as one. */
  private anyOf(alternatives: readonly Expression[]): string {
    const byField = new Map<string, { field: Field; conditions: FieldCondition[] }>();
    const others: string[] = [];
    for (const alternative of alternatives) {
      const literal = alternative.kind === 'binary' ? literalCondition(alternative) : undefined;
      if (literal) {
        const key = describe(literal.field);
        const known = byField.get(key) ?? { field: literal.field, conditions: [] };
        known.conditions.push(literal.condition);
        byField.set(key, known);
      } else {
        others.push(this.condition(alternative));
      }
    }
    return `(${[...others, ...[...byField.values()].map(({ field, conditions }) => this.fieldCondition(field, conditions))].join(' OR ')})`;
  }

  private comparison(comparison: Binary): string {
    const literal = literalCondition(comparison);
    if (literal) {
      return this.fieldCondition(literal.field, [literal.condition]);
    }
    const { op, left, right } = comparison;
    return `coalesce(${compareValues(op as ComparisonOp, this.joins.valueOf(left), this.joins.valueOf(right))}, false)`;
  }

  /** Whether a field fulfils one of the conditions. */
  fieldCondition(field: Field, conditions: readonly FieldCondition[]): string {
    if (field.kind === 'intrinsic') {
      return this.intrinsicCondition(field.name, conditions);
    }
    const isAbsence = ({ op, value }: FieldCondition): boolean => value.type === 'nil' && op === '=';
    const values = conditions.filter((condition) => !isAbsence(condition));
    // No attribute is a duration: Tempo finds none by one.
    return either([
      ...(values.length > 0 ? [this.attributeCondition(field, either(values.map(({ op, value }) => (value.type === 'duration' ? 'false' : this.valueCondition(field, op, value)))))] : []),
      ...(values.length < conditions.length ? [`(${this.carrierCondition(field)} AND NOT ${this.attributeCondition(field, 'true')})`] : []),
    ]);
  }

  /**
   * A number finds numbers of its own type. As in Tempo, it also finds those of the other type that the query reads for another reason:
   * because it groups by them or takes their average, or because another condition, of that type, is fulfilled.
   */
  private valueCondition(field: AttributeField, op: ComparisonOp, value: Static): string {
    const ofOwnType = pairCondition(op, value);
    const use = this.uses.get(describe(field));
    if (!use || (value.type !== 'int' && value.type !== 'float')) {
      return ofOwnType;
    }
    const otherType = value.type === 'int' ? 'float' : 'int';
    const reasons = use.conditions?.flatMap((reason) => (reason.value.type === otherType || reason.value.type === 'nil' ? pairCondition(reason.op, reason.value) : [])) ?? ['true'];
    return reasons.length === 0 ? ofOwnType : `(${ofOwnType} OR (p.type = ${ValueType[otherType]} AND ${either(reasons)} AND p.number ${sqlOp(op)} ${value.type === 'int' ? value.value : numberLiteral(value.value)}))`;
  }

  /** What must be there for an attribute to be absent from it: an attribute of events is absent where there are events. */
  private carrierCondition({ scope }: AttributeField): string {
    const intrinsic = scope === 'event' ? 'event:name' : scope === 'link' ? 'link:spanID' : undefined;
    return intrinsic ? this.spanPairs(`p.scope = ${Scope.intrinsic} AND p.key = '${intrinsic}'`) : 'true';
  }

  /** Spans with a pair of this attribute that fulfils a condition on the alias `p`. */
  private attributeCondition(field: AttributeField, condition: string): string {
    const key = `p.key = ${textLiteral(field.name)}`;
    switch (field.scope) {
      case 'any': {
        const span = this.spanPairs(`p.scope = ${Scope.span} AND ${key} AND ${condition}`);
        const resource = this.ownerPairs('resource', `p.scope = ${Scope.resource} AND ${key} AND ${condition}`);
        // The span's own attribute hides the resource's of the same name.
        const hidden = condition === 'true' ? 'false' : this.spanPairs(`p.scope = ${Scope.span} AND ${key}`);
        return `(${span} OR (${resource} AND NOT ${hidden}))`;
      }
      case 'span':
        return this.spanPairs(`p.scope = ${Scope.span} AND ${key} AND ${condition}`);
      case 'event':
        return this.spanPairs(`p.scope = ${Scope.event} AND ${key} AND ${condition}`);
      case 'link':
        return this.spanPairs(`p.scope = ${Scope.link} AND ${key} AND ${condition}`);
      case 'resource':
        return this.ownerPairs('resource', `p.scope = ${Scope.resource} AND ${key} AND ${condition}`);
      case 'instrumentation':
        return this.ownerPairs('instrumentation', `p.scope = ${Scope.instrumentation} AND ${key} AND ${condition}`);
    }
  }

  private spanPairs(condition: string): string {
    const isPair = this.isIn('a.pair', `SELECT p.id FROM pair p WHERE ${condition}`);
    return isPair === 'false' ? 'false' : `${this.alias}.seq IN (SELECT a.span FROM attribute a WHERE ${isPair} AND ${this.scope.attributeCondition('a')})`;
  }

  private ownerPairs(owner: 'resource' | 'instrumentation', condition: string): string {
    return this.isIn(`${this.alias}.${owner}`, `SELECT a.${owner} FROM ${owner}_attribute a JOIN pair p ON p.id = a.pair WHERE ${condition}`);
  }

  private isIn(column: string, select: string): string {
    return this.scope.lookups.isIn(column, select);
  }

  private intrinsicCondition(name: IntrinsicName, conditions: readonly FieldCondition[]): string {
    const { alias } = this;
    const texts = (column: string): string => either(conditions.map(({ op, value }) => textCondition(column, op, value)));
    const named = (column: string, key: string): string => this.isIn(column, `SELECT p.id FROM pair p WHERE p.scope = ${Scope.intrinsic} AND p.key = '${key}' AND ${texts('p.text')}`);
    // What was not received is the empty text.
    const orEmpty = (column: string, condition: string): string => `(CASE WHEN ${column} IS NULL THEN ${texts("''")} ELSE ${condition} END)`;
    switch (name) {
      case 'name':
        return named(`${alias}.name`, 'name');
      case 'statusMessage':
        return orEmpty(`${alias}.status_message`, named(`${alias}.status_message`, 'statusMessage'));
      case 'rootName':
        return `${alias}.trace IN (SELECT t.seq FROM trace t WHERE ${orEmpty('t.root_name', named('t.root_name', 'name'))})`;
      case 'rootServiceName':
        return `${alias}.trace IN (SELECT t.seq FROM trace t WHERE ${orEmpty('t.root_resource', this.isIn('t.root_resource', `SELECT r.id FROM resource r WHERE ${texts('r.service')}`))})`;
      case 'instrumentation:name':
        return this.isIn(`${alias}.instrumentation`, `SELECT i.id FROM instrumentation i WHERE ${texts('i.name')}`);
      case 'instrumentation:version':
        return this.isIn(`${alias}.instrumentation`, `SELECT i.id FROM instrumentation i WHERE ${texts('i.version')}`);
      case 'event:name':
      case 'link:traceID':
      case 'link:spanID':
        return this.listCondition(name, conditions, texts('p.text'));
      case 'event:timeSinceStart':
        return this.listCondition(name, conditions, either(conditions.map(({ op, value }) => pairCondition(op, value))));
      default:
        return either(conditions.map(({ op, value }) => this.plainCondition(name, op, value)));
    }
  }

  /** As in Tempo 2.7, a span without events (or links) is taken for one that has an event of no name at its start, once some event fulfils the condition. */
  private listCondition(name: ListIntrinsic, conditions: readonly FieldCondition[], condition: string): string {
    const pairs = `p.scope = ${Scope.intrinsic} AND p.key = '${name}'`;
    const some = this.spanPairs(`${pairs} AND ${condition}`);
    if (this.scope.confinement.needsEvents) {
      return some;
    }
    const any = this.spanPairs(pairs);
    const isMet = conditions.some(({ op, value }) => (value.type === 'nil' ? op === '!=' : some !== 'false' && isMetByNothing(name, op, value)));
    return isMet ? `(${some} OR NOT ${any})` : some;
  }

  private plainCondition(name: IntrinsicName, op: ComparisonOp, value: Static): string {
    if (value.type === 'nil') {
      // Every span has it, `0` or empty where nothing was received.
      return String(op === '!=');
    }
    const left = this.joins.valueOf({ kind: 'intrinsic', name });
    const isWholeId = value.type === 'string' && Object.hasOwn(ID_DIGITS, name) && (op === '=' || op === '!=');
    const right = isWholeId ? { ...value, value: value.value.padStart(ID_DIGITS[name], '0') } : value;
    const comparison = compareValues(op, left, this.joins.valueOf(right));
    // Columns of `span` without nulls are compared as they are: the engine then passes over blocks that cannot match.
    return NEVER_NULL.includes(name) ? comparison : `coalesce(${comparison}, false)`;
  }
}

/** Whether the value that stands for no event or link, empty or 0, fulfils a condition. Only comparisons find it, not `=` and patterns. */
export function isMetByNothing(name: ListIntrinsic, op: ComparisonOp, value: Static): boolean {
  if (value.type === 'nil') {
    return op === '!=';
  }
  const isTime = name === 'event:timeSinceStart';
  if (isTime ? value.type !== 'int' && value.type !== 'duration' : value.type !== 'string') {
    return false;
  }
  const [nothing, other] = isTime ? [0, Number(value.value)] : ['', String(value.value)];
  switch (op) {
    case '!=':
      return nothing !== other;
    case '<':
      return nothing < other;
    case '<=':
      return nothing <= other;
    case '>':
      return nothing > other;
    case '>=':
      return nothing >= other;
    default:
      return false;
  }
}

/** The operands of a chain of one operator: written flat, a long chain does not nest in the statement. */
function operands(expression: Expression, op: '&&' | '||'): Expression[] {
  const found: Expression[] = [];
  let rest = expression;
  while (rest.kind === 'binary' && rest.op === op) {
    found.push(rest.right);
    rest = rest.left;
  }
  return [rest, ...found.reverse()];
}

function either(conditions: readonly string[]): string {
  return conditions.length === 1 ? conditions[0] : `(${conditions.join(' OR ')})`;
}

function textCondition(column: string, op: ComparisonOp, value: Static): string {
  if (value.type === 'string') {
    return compareText(op, column, textLiteral(value.value));
  }
  return value.type === 'nil' && op === '!=' ? 'true' : 'false';
}

/** A condition on a row of `pair` under the alias `p`. As in Tempo, an integer literal finds integers only and a float literal floats only. */
export function pairCondition(op: ComparisonOp, value: Static): string {
  switch (value.type) {
    case 'string':
      return `p.type = ${ValueType.string} AND ${compareText(op, 'p.text', textLiteral(value.value))}`;
    case 'bool':
      return `p.type = ${ValueType.bool} AND p.number ${sqlOp(op)} ${value.value ? 1 : 0}`;
    case 'int':
      return `p.type = ${ValueType.int} AND p.integer ${sqlOp(op)} (${value.value})`;
    case 'float':
      return `p.type = ${ValueType.float} AND p.number ${sqlOp(op)} ${numberLiteral(value.value)}`;
    case 'nil':
      // What cannot be searched, a list of keys and values say, is not found by being there either.
      return op === '!=' ? `p.type <> ${ValueType.other}` : 'false';
    case 'duration':
      return `p.type = ${ValueType.int} AND p.integer ${sqlOp(op)} (${Math.round(value.value)})`;
    case 'status':
    case 'kind':
      return 'false';
  }
}
