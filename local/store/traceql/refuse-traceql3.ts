/** Refuses what Tempo 2.7 does not know of TraceQL yet. */
import type { Expression, Query, Spanset, Stage } from './ast';
import { TraceQlError } from './lexer';

/** @throws TraceQlError naming what needs Tempo 3.0 */
export function refuseTraceQl3({ pipeline, metrics }: Query): void {
  refuseInSpanset(pipeline.spanset);
  pipeline.stages.forEach(refuseInStage);
  metrics?.by.forEach(refuseInExpression);
  if (metrics?.function.fn === 'sum_over_time') {
    throw needs3('sum_over_time');
  }
  if (metrics && metrics.second.length > 0) {
    throw needs3(metrics.second[0].kind === 'threshold' ? `a threshold (${metrics.second[0].op})` : metrics.second[0].kind);
  }
}

function refuseInSpanset(set: Spanset): void {
  switch (set.kind) {
    case 'filter':
      return set.condition && refuseInExpression(set.condition);
    case 'pipeline':
      refuseInSpanset(set.pipeline.spanset);
      return set.pipeline.stages.forEach(refuseInStage);
    default:
      refuseInSpanset(set.left);
      refuseInSpanset(set.right);
  }
}

function refuseInStage(stage: Stage): void {
  if (stage.kind === 'spanset') {
    refuseInSpanset(stage.spanset);
  } else if (stage.kind === 'by') {
    refuseInExpression(stage.expression);
  } else if (stage.kind === 'select') {
    stage.fields.forEach(refuseInExpression);
  }
}

function refuseInExpression(expression: Expression): void {
  if (expression.kind === 'unary') {
    refuseInExpression(expression.operand);
  } else if (expression.kind === 'binary') {
    if (expression.op === '=' && [expression.left, expression.right].some((side) => side.kind === 'static' && side.type === 'nil')) {
      throw new TraceQlError('{.a = nil} not yet supported');
    }
    refuseInExpression(expression.left);
    refuseInExpression(expression.right);
  } else if (expression.kind === 'intrinsic' && (expression.name === 'parentID' || expression.name === 'childCount')) {
    throw needs3(`span:${expression.name}`);
  }
}

function needs3(what: string): TraceQlError {
  return new TraceQlError(`${what} is not supported by the TraceQL of Tempo 2.7: start the store with --tempo-version 3.0`);
}
