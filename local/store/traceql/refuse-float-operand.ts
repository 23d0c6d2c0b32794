/** Intrinsics that are whole numbers in Tempo's blocks cannot be compared with a fraction there. */
import type { Expression, IntrinsicName, Pipeline, Spanset, Stage } from './ast';
import { describe } from './validate';

/** The comparison cannot be evaluated by the version that the store answers as; `message` names the operand. */
export class OperandError extends Error {
  override readonly name = 'OperandError';
}

/** @throws OperandError where one of these intrinsics is compared with a fraction or with what arithmetic makes one */
export function refuseFloatOperand(pipeline: Pipeline, intrinsics: readonly IntrinsicName[]): void {
  const spanset = (set: Spanset): void => {
    switch (set.kind) {
      case 'filter':
        return set.condition && condition(set.condition);
      case 'pipeline':
        return refuseFloatOperand(set.pipeline, intrinsics);
      default:
        spanset(set.left);
        spanset(set.right);
    }
  };
  const condition = (expression: Expression): void => {
    if (expression.kind === 'unary') {
      condition(expression.operand);
    } else if (expression.kind === 'binary') {
      const { left, right } = expression;
      for (const [field, operand] of [[left, right], [right, left]]) {
        if (field.kind === 'intrinsic' && intrinsics.includes(field.name) && typeOfLiteral(operand) === 'float') {
          throw new OperandError(`operand is not int, duration, status or kind: ${describe(operand)}`);
        }
      }
      condition(left);
      condition(right);
    }
  };
  spanset(pipeline.spanset);
  pipeline.stages.forEach((stage: Stage) => stage.kind === 'filter' && stage.condition && condition(stage.condition));
}

/** The type of an expression of literals; undefined where it has a field. Arithmetic with anything but integers makes a fraction. */
function typeOfLiteral(expression: Expression): 'int' | 'float' | 'other' | undefined {
  switch (expression.kind) {
    case 'static':
      return expression.type === 'int' || expression.type === 'float' ? expression.type : 'other';
    case 'unary':
      return typeOfLiteral(expression.operand);
    case 'binary': {
      const [left, right] = [typeOfLiteral(expression.left), typeOfLiteral(expression.right)];
      return left === undefined || right === undefined ? undefined : left === 'int' && right === 'int' ? 'int' : 'float';
    }
    default:
      return undefined;
  }
}
