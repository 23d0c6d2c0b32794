/** Pipelines that find nothing whatever the spans are: Tempo answers their metrics without a series, not with one of zeros. */
import type { Expression, Pipeline, Spanset } from './ast';

/** As in Tempo, which looks one level deep: every span set is `{ false }` or joins two that are. */
export function isNothing({ spanset, stages }: Pipeline): boolean {
  return isFalseOrJoined(spanset) && stages.every((stage) => stage.kind === 'spanset' && isFalseOrJoined(stage.spanset));
}

function isFalseOrJoined(set: Spanset): boolean {
  return set.kind === 'filter' || set.kind === 'pipeline' ? isFalse(set) : isFalse(set.left) && isFalse(set.right);
}

function isFalse(set: Spanset): boolean {
  return set.kind === 'filter' && set.condition !== undefined && truthOf(set.condition) === false;
}

/** Undefined where it is more than `true`, `false` and `!`. */
function truthOf(condition: Expression): boolean | undefined {
  if (condition.kind === 'unary' && condition.op === '!') {
    const truth = truthOf(condition.operand);
    return truth === undefined ? undefined : !truth;
  }
  return condition.kind === 'static' && condition.type === 'bool' ? condition.value : undefined;
}
