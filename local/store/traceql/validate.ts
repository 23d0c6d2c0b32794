/** What the grammar allows but makes no sense: types that do not go together, patterns that are none. */
import type { BinaryOp, Expression, Field, IntrinsicName, Metrics, MetricsFunction, Query, Spanset, Stage, Static } from './ast';
import { fieldsOf } from './fields';
import { TraceQlError } from './lexer';

type Type = Static['type'] | 'any';

const INTRINSIC_TYPES: Readonly<Record<IntrinsicName, Type>> = {
  duration: 'duration', name: 'string', status: 'status', statusMessage: 'string', kind: 'kind', childCount: 'int', spanID: 'string', parentID: 'string',
  nestedSetLeft: 'int', nestedSetRight: 'int', nestedSetParent: 'int', traceID: 'string', traceDuration: 'duration', rootName: 'string', rootServiceName: 'string',
  'event:name': 'string', 'event:timeSinceStart': 'duration', 'link:traceID': 'string', 'link:spanID': 'string',
  'instrumentation:name': 'string', 'instrumentation:version': 'string',
};

const EQUALITY: readonly BinaryOp[] = ['=', '!='];
const ORDER: readonly BinaryOp[] = ['<', '<=', '>', '>='];
const NUMERIC: readonly BinaryOp[] = [...EQUALITY, ...ORDER, '+', '-', '*', '/', '%', '^'];
const OPERATIONS: Readonly<Record<Exclude<Type, 'any'>, readonly BinaryOp[]>> = {
  bool: [...EQUALITY, '&&', '||'], string: [...EQUALITY, ...ORDER, '=~', '!~'], int: NUMERIC, float: NUMERIC, duration: NUMERIC, status: EQUALITY, kind: EQUALITY, nil: EQUALITY,
};

function typeOfField(field: Field): Type {
  return field.kind === 'intrinsic' ? INTRINSIC_TYPES[field.name] : 'any';
}

/**
 * @returns what the query uses as regular expressions: texts, for the storage engine to check, or fields
 * @throws TraceQlError naming the part that makes no sense
 */
export function validate(query: Query): Expression[] {
  const patterns: Expression[] = [];
  const check = (condition: Expression | undefined): void => {
    if (condition) {
      const type = typeOf(condition, patterns);
      if (type !== 'bool' && type !== 'any') {
        throw new TraceQlError(`span filter field expressions must resolve to a boolean: { ${describe(condition)} }`);
      }
    }
  };
  const spanset = (set: Spanset): void => {
    switch (set.kind) {
      case 'filter':
        return check(set.condition);
      case 'pipeline':
        spanset(set.pipeline.spanset);
        return set.pipeline.stages.forEach(stage);
      default:
        spanset(set.left);
        spanset(set.right);
    }
  };
  const stage = (one: Stage): void => {
    if (one.kind === 'spanset') {
      spanset(one.spanset);
    } else if (one.kind === 'by') {
      typeOf(one.expression, patterns);
      if (fieldsOf(one.expression).length === 0) {
        throw new TraceQlError(`grouping field expressions must reference the span: by(${describe(one.expression)})`);
      }
    } else if (one.kind === 'aggregate' && one.aggregate.fn !== 'count') {
      const type = typeOf(one.aggregate.of, patterns);
      if (type !== 'any' && !isNumeric(type)) {
        throw new TraceQlError(`aggregate field expressions must resolve to a number type: ${one.aggregate.fn}(${describe(one.aggregate.of)})`);
      }
      if (fieldsOf(one.aggregate.of).length === 0) {
        throw new TraceQlError(`aggregate field expressions must reference the span: ${one.aggregate.fn}(${describe(one.aggregate.of)})`);
      }
    }
  };
  spanset(query.pipeline.spanset);
  query.pipeline.stages.forEach(stage);
  if (query.metrics) {
    validateGroups(query.metrics);
  }
  if (query.metrics?.function.fn === 'compare') {
    check(query.metrics.function.selection);
    validateComparison(query.metrics.function);
  }
  if (query.metrics?.function.fn === 'quantile_over_time') {
    const wrong = query.metrics.function.quantiles.find((quantile) => quantile < 0 || quantile > 1);
    if (wrong !== undefined) {
      throw new TraceQlError(`quantile must be between 0 and 1: ${wrong}`);
    }
  }
  return patterns;
}

/** Tempo groups by five values at most; the buckets of a histogram and the counts of an average are one of them. */
const MAX_GROUPS = 5;
const SELF_GROUPED = ['quantile_over_time', 'histogram_over_time', 'avg_over_time'];

function validateGroups({ function: { fn }, by }: Metrics): void {
  if (by.length > MAX_GROUPS - (SELF_GROUPED.includes(fn) ? 1 : 0)) {
    throw new TraceQlError(`metrics group by ${by.length} values not yet supported`);
  }
}

export function isNumeric(type: Type): boolean {
  return type === 'int' || type === 'float' || type === 'duration';
}

function typeOf(expression: Expression, patterns: Expression[]): Type {
  switch (expression.kind) {
    case 'static':
      return expression.type;
    case 'attribute':
    case 'intrinsic':
      return typeOfField(expression);
    case 'unary': {
      const type = typeOf(expression.operand, patterns);
      const isFitting = type === 'any' || (expression.op === '!' ? type === 'bool' : isNumeric(type));
      if (!isFitting) {
        throw new TraceQlError(`illegal operation for the given type: ${describe(expression)}`);
      }
      return expression.op === '!' ? 'bool' : type;
    }
    case 'binary': {
      const { op } = expression;
      refuseAbsentIntrinsic(expression);
      const left = typeOf(expression.left, patterns);
      const right = typeOf(expression.right, patterns);
      const isMatching = left === 'any' || right === 'any' || left === right || left === 'nil' || right === 'nil' || (isNumeric(left) && isNumeric(right));
      if (!isMatching) {
        throw new TraceQlError(`binary operations must operate on the same type: ${describe(expression)}`);
      }
      for (const type of [left, right]) {
        if (type !== 'any' && !OPERATIONS[type].includes(op)) {
          throw new TraceQlError(`illegal operation for the given types: ${describe(expression)}`);
        }
      }
      if (op === '=~' || op === '!~') {
        patterns.push(expression.right);
      }
      return NUMERIC.indexOf(op) >= NUMERIC.indexOf('+') ? (left === 'any' ? right : left) : 'bool';
    }
  }
}

function validateComparison({ topN, startNs, endNs }: Extract<MetricsFunction, { fn: 'compare' }>): void {
  if (topN <= 0) {
    throw new TraceQlError('compare() top number of values must be integer greater than 0');
  }
  if (startNs !== undefined && (startNs <= 0n || endNs === undefined || endNs <= startNs)) {
    throw new TraceQlError('compare() needs a start and a later end in unix nanoseconds');
  }
}

/** What every span has is never absent. */
function refuseAbsentIntrinsic({ op, left, right }: Extract<Expression, { kind: 'binary' }>): void {
  const isAlwaysThere = left.kind === 'intrinsic' || (left.kind === 'attribute' && left.scope === 'resource' && left.name === 'service.name');
  if (op === '=' && right.kind === 'static' && right.type === 'nil' && isAlwaysThere) {
    throw new TraceQlError(`${describe(left)} = nil is not valid because ${left.kind === 'intrinsic' ? 'intrinsics' : describe(left)} cannot be nil`);
  }
}

/** Intrinsics that Tempo names in answers otherwise than this store does. */
const SCOPED_NAMES: Readonly<Partial<Record<IntrinsicName, string>>> = { spanID: 'span:id', traceID: 'trace:id', parentID: 'span:parentID', childCount: 'span:childCount' };

/** The expression as text, for messages and for the names of groups and aggregates. */
export function describe(expression: Expression): string {
  switch (expression.kind) {
    case 'attribute':
      return `${expression.scope === 'any' ? '' : expression.scope}.${expression.name}`;
    case 'intrinsic':
      return SCOPED_NAMES[expression.name] ?? expression.name;
    case 'static':
      switch (expression.type) {
        case 'nil':
          return 'nil';
        case 'string':
          return `\`${expression.value}\``;
        case 'duration':
        case 'status':
        case 'kind':
          return expression.text;
        default:
          return String(expression.value);
      }
    case 'unary':
      return `${expression.op}${describe(expression.operand)}`;
    case 'binary':
      return `(${describe(expression.left)}) ${expression.op} (${describe(expression.right)})`.replace(/\(([^()\s]+|`[^`]*`)\)/g, '$1');
  }
}
