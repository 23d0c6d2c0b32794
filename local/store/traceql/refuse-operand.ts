/** What Tempo's blocks cannot compare: ids by order, and intrinsics that are whole numbers with a fraction. */
import type { BinaryOp, Expression, IntrinsicName, Pipeline, Spanset, Stage } from './ast';
import { describe } from './validate';

const IDS: readonly IntrinsicName[] = ['traceID', 'spanID', 'parentID', 'link:traceID', 'link:spanID'];
const ORDER: readonly BinaryOp[] = ['<', '<=', '>', '>='];

function isId(expression: Expression): boolean {
  return expression.kind === 'intrinsic' && IDS.includes(expression.name);
}

/** The comparison cannot be evaluated by the version that the store answers as; `message` names the operand. */
export class OperandError extends Error {
  override readonly name = 'OperandError';
}

/** @throws OperandError where ids are ordered, or where one of these intrinsics is compared with a fraction or with what arithmetic makes one */
export function refuseOperand(pipeline: Pipeline, intrinsics: readonly IntrinsicName[]): void {
  const spanset = (set: Spanset): void => {
    switch (set.kind) {
      case 'filter':
        return set.condition && condition(set.condition);
      case 'pipeline':
        return refuseOperand(set.pipeline, intrinsics);
      default:
        spanset(set.left);
        spanset(set.right);
    }
  };
  const condition = (expression: Expression): void => {
    if (expression.kind === 'unary') {
      condition(expression.operand);
    } else if (expression.kind === 'binary') {
      const { op, left, right } = expression;
      if ([left, right].some(isId) && ORDER.includes(op)) {
        throw new OperandError(`operator not supported for IDs: ${op}`);
      }
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
  pipeline.stages.forEach((stage: Stage) => stage.kind === 'spanset' && spanset(stage.spanset));
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
