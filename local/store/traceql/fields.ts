/** The fields that a stage touches. */
import type { Expression, Field, Spanset, Stage } from './ast';

/** As often as they are named. */
export function fieldsOfStage(stage: Stage): Field[] {
  switch (stage.kind) {
    case 'spanset':
      return fieldsOfSpanset(stage.spanset);
    case 'by':
      return fieldsOf(stage.expression);
    case 'select':
      return [...stage.fields];
    case 'aggregate':
      return stage.aggregate.fn === 'count' ? [] : fieldsOf(stage.aggregate.of);
    case 'coalesce':
      return [];
  }
}

/** As often as they are named. */
export function fieldsOf(expression: Expression): Field[] {
  switch (expression.kind) {
    case 'attribute':
    case 'intrinsic':
      return [expression];
    case 'unary':
      return fieldsOf(expression.operand);
    case 'binary':
      return [...fieldsOf(expression.left), ...fieldsOf(expression.right)];
    case 'static':
      return [];
  }
}

/** Of its own conditions, not of the stages in it. */
function fieldsOfSpanset(set: Spanset): Field[] {
  switch (set.kind) {
    case 'filter':
      return set.condition ? fieldsOf(set.condition) : [];
    case 'pipeline':
      return fieldsOfSpanset(set.pipeline.spanset);
    default:
      return [...fieldsOfSpanset(set.left), ...fieldsOfSpanset(set.right)];
  }
}
