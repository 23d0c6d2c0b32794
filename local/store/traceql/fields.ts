/** The fields that a stage touches. */
import type { Expression, Field, Stage } from './ast';

export function fieldsOfStage(stage: Stage): Field[] {
  switch (stage.kind) {
    case 'filter':
      return stage.condition ? fieldsOf(stage.condition) : [];
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
