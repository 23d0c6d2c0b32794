/**
 * Which values of a query's fields an answer lists with a span: those that a condition of the query asked for. A field that is selected,
 * grouped by or compared with another field is listed whatever its value.
 */
import type { Binary, ComparisonOp, Expression, Field, IntrinsicName, Pipeline, RelationOp, Spanset, Stage, Static } from './ast';
import { describe } from './validate';

export interface FieldCondition {
  readonly op: ComparisonOp;
  readonly value: Static;
}

export interface FieldUse {
  readonly field: Field;
  /** A listed value fulfils one of these; undefined for any value. */
  readonly conditions: readonly FieldCondition[] | undefined;
}

/** By the field's description. */
export type FieldUses = ReadonlyMap<string, FieldUse>;

const RELATION_FIELDS: Readonly<Record<RelationOp, readonly IntrinsicName[]>> = {
  '>': ['nestedSetLeft', 'nestedSetParent'], '<': ['nestedSetLeft', 'nestedSetParent'], '~': ['nestedSetParent'],
  '>>': ['nestedSetLeft', 'nestedSetRight'], '<<': ['nestedSetLeft', 'nestedSetRight'],
};
const FLIPPED: Readonly<Record<string, ComparisonOp>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '=': '=', '!=': '!=' };
const TRUE: Static = { kind: 'static', type: 'bool', value: true };

/** A comparison of a field with a literal, the field on the left. */
export function literalCondition({ op, left, right }: Binary): { field: Field; condition: FieldCondition } | undefined {
  if (right.kind === 'static' && isField(left)) {
    return { field: left, condition: { op: op as ComparisonOp, value: right } };
  }
  if (left.kind === 'static' && isField(right) && Object.hasOwn(FLIPPED, op)) {
    return { field: right, condition: { op: FLIPPED[op], value: left } };
  }
  return undefined;
}

function isField(expression: Expression): expression is Field {
  return expression.kind === 'attribute' || expression.kind === 'intrinsic';
}

/** The fields of a query, each once, in the order in which they are first named. */
export function fieldUses(pipeline: Pipeline): FieldUse[] {
  const uses = new UseCollector();
  uses.pipeline(pipeline);
  return [...uses.byField.values()].map((use) => (use.field.kind === 'intrinsic' && uses.compared.has(use.field.name) ? { ...use, conditions: undefined } : use));
}

/**
 * What is read of the spans before any of them is left out: all but what is only selected.
 * @param further fields that are read beside those of the pipeline
 */
export function fieldReads(pipeline: Pipeline, further: readonly Field[]): FieldUses {
  const uses = new UseCollector({ skipsSelected: true });
  uses.pipeline(pipeline);
  further.forEach((field) => uses.value(field));
  return uses.byField;
}

/** What a pipeline compares fields with, by the field's description. */
export type AskedValues = ReadonlyMap<string, readonly FieldCondition[]>;

/** The comparisons with literals in all its conditions. */
export function askedValues(pipeline: Pipeline): AskedValues {
  const uses = new UseCollector();
  uses.pipeline(pipeline);
  return uses.asked;
}

class UseCollector {
  readonly byField = new Map<string, FieldUse>();
  readonly asked = new Map<string, FieldCondition[]>();
  readonly compared = new Set<IntrinsicName>();
  private readonly skipsSelected: boolean;

  constructor({ skipsSelected } = { skipsSelected: false }) {
    this.skipsSelected = skipsSelected;
  }

  pipeline({ spanset, stages }: Pipeline): void {
    this.spanset(spanset);
    stages.forEach((stage) => this.stage(stage));
  }

  private spanset(set: Spanset): void {
    switch (set.kind) {
      case 'filter':
        return this.condition(set.condition);
      case 'pipeline':
        return this.pipeline(set.pipeline);
      case 'relation':
        // What the operator compares is read whatever its value, and is then listed so.
        RELATION_FIELDS[set.op].forEach((name) => this.compared.add(name));
        this.spanset(set.left);
        return this.spanset(set.right);
      default:
        this.spanset(set.left);
        this.spanset(set.right);
    }
  }

  private stage(stage: Stage): void {
    switch (stage.kind) {
      case 'spanset':
        return this.spanset(stage.spanset);
      case 'by':
        return this.value(stage.expression);
      case 'select':
        return this.skipsSelected ? undefined : stage.fields.forEach((field) => this.value(field));
      case 'aggregate':
        return stage.aggregate.fn === 'count' ? undefined : this.value(stage.aggregate.of);
      case 'coalesce':
        return undefined;
    }
  }

  private condition(expression: Expression | undefined): void {
    if (expression?.kind === 'binary' && (expression.op === '&&' || expression.op === '||')) {
      this.condition(expression.left);
      this.condition(expression.right);
      return;
    }
    const literal = expression?.kind === 'binary' ? literalCondition(expression) : expression && isField(expression) ? { field: expression, condition: { op: '=' as const, value: TRUE } } : undefined;
    if (literal) {
      const key = describe(literal.field);
      this.asked.set(key, [...(this.asked.get(key) ?? []), literal.condition]);
      this.add(literal.field, [literal.condition]);
    } else if (expression) {
      this.value(expression);
    }
  }

  /** The fields of an expression whose values are all of interest. */
  value(expression: Expression): void {
    switch (expression.kind) {
      case 'attribute':
      case 'intrinsic':
        return this.add(expression, undefined);
      case 'unary':
        return this.value(expression.operand);
      case 'binary':
        this.value(expression.left);
        return this.value(expression.right);
      case 'static':
        return undefined;
    }
  }

  private add(field: Field, conditions: readonly FieldCondition[] | undefined): void {
    const key = describe(field);
    const known = this.byField.get(key);
    const joined = known ? known.conditions && conditions && [...known.conditions, ...conditions] : conditions;
    this.byField.set(key, { field, conditions: joined });
  }
}
