/**
 * Pipelines in parentheses: `({ … } | count() > 2) && ({ … } | avg(duration) > 1s)`. As in Tempo's grammar the leftmost of the
 * operands has stages, each of the others stands in parentheses, and nothing follows the last.
 * The parser keeps every pair of parentheses as a pipeline, with or without stages, until this is checked.
 */
import type { Spanset } from './ast';
import { TraceQlError } from './lexer';

/** Whether some operand has stages of its own. */
export function hasPipelines(set: Spanset): boolean {
  switch (set.kind) {
    case 'filter':
      return false;
    case 'pipeline':
      return set.pipeline.stages.length > 0 || hasPipelines(set.pipeline.spanset);
    default:
      return hasPipelines(set.left) || hasPipelines(set.right);
  }
}

/** @throws TraceQlError where span sets and pipelines are mixed as the grammar does not allow */
export function checkPipelines(set: Spanset): void {
  switch (set.kind) {
    case 'filter':
      throw new TraceQlError('syntax error: a span set beside a pipeline in parentheses must stand in parentheses too');
    case 'pipeline':
      if (hasPipelines(set.pipeline.spanset)) {
        if (set.pipeline.stages.length > 0) {
          throw new TraceQlError('syntax error: unexpected | after pipelines in parentheses');
        }
        checkPipelines(set.pipeline.spanset);
      }
      return;
    default:
      if (!hasPipelines(set.left)) {
        throw new TraceQlError('syntax error: unexpected | in an operand of which the one before has no stages');
      }
      checkPipelines(set.left);
      checkPipelines(set.right);
  }
}

/** The same without the parentheses that only group. */
export function withoutParentheses(set: Spanset): Spanset {
  switch (set.kind) {
    case 'filter':
      return set;
    case 'pipeline': {
      const spanset = withoutParentheses(set.pipeline.spanset);
      return set.pipeline.stages.length > 0 ? { kind: 'pipeline', pipeline: { ...set.pipeline, spanset } } : spanset;
    }
    default:
      return { ...set, left: withoutParentheses(set.left), right: withoutParentheses(set.right) };
  }
}
