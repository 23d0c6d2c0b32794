/** The fields that a part of a query touches. */
import type { Expression, Field, Pipeline, Spanset, Stage } from './ast';

export type QueryPart =
  | { readonly kind: 'pipeline'; readonly pipeline: Pipeline }
  | { readonly kind: 'stage'; readonly stage: Stage }
  | { readonly kind: 'expression'; readonly expression: Expression };

export function fieldsOf(part: QueryPart): Field[] {
  switch (part.kind) {
    case 'pipeline':
      return [...ofSpanset(part.pipeline.spanset), ...part.pipeline.stages.flatMap(ofStage)];
    case 'stage':
      return ofStage(part.stage);
    case 'expression':
      return ofExpression(part.expression);
  }
}

function ofSpanset(set: Spanset): Field[] {
  switch (set.kind) {
    case 'filter':
      return set.condition ? ofExpression(set.condition) : [];
    case 'pipeline':
      return fieldsOf({ kind: 'pipeline', pipeline: set.pipeline });
    default:
      return [...ofSpanset(set.left), ...ofSpanset(set.right)];
  }
}

function ofStage(stage: Stage): Field[] {
  switch (stage.kind) {
    case 'filter':
      return stage.condition ? ofExpression(stage.condition) : [];
    case 'by':
      return ofExpression(stage.expression);
    case 'select':
      return [...stage.fields];
    case 'aggregate':
      return stage.aggregate.fn === 'count' ? [] : ofExpression(stage.aggregate.of);
    case 'coalesce':
      return [];
  }
}

function ofExpression(expression: Expression): Field[] {
  switch (expression.kind) {
    case 'attribute':
    case 'intrinsic':
      return [expression];
    case 'unary':
      return ofExpression(expression.operand);
    case 'binary':
      return [...ofExpression(expression.left), ...ofExpression(expression.right)];
    case 'static':
      return [];
  }
}
