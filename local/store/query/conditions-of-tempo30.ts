/**
 * What Tempo 3.0 reads of a tag request's `q`: the comparisons of fields with values in its first filter. A comparison that is still being
 * typed (`span.x = `) is passed over, and so is what compares nothing with a value: arithmetic, `!= nil`, and the `!` before a comparison.
 */
import type { Expression, Pipeline } from '../traceql/ast';
import { literalCondition } from '../traceql/field-uses';
import { TraceQlError } from '../traceql/lexer';
import { parseTraceQl } from '../traceql/parser';
import { validate } from '../traceql/validate';

/** Texts, which are left as they are, or an attribute and an operator with no value behind them. It is tried from its first character only. */
const TEXT_OR_UNFINISHED = /"(?:[^"\\]|\\.)*"|`[^`]*`|(?<![^\s{}()=~!<>&|^,"])((?:span|resource|event|link|instrumentation)?\.[^\s{}()=~!<>&|^,"]+)\s*(?:=~|!=|<=|>=|!~|=|>|<)\s*(?=&&|\|\||[)}]|$)/g;
const DANGLING = /(?:&&|\|\|)\s*(?=[)}]|$)/g;

/** @returns undefined where nothing narrows. @throws TraceQlError for what is no TraceQL even without what is still being typed */
export function conditionsOfTempo30(q: string): Expression | undefined {
  const { spanset } = finished(q).pipeline;
  return spanset.kind === 'filter' && spanset.condition ? comparisons(spanset.condition) : undefined;
}

function finished(q: string): { pipeline: Pipeline } {
  try {
    return checked(q);
  } catch (error) {
    if (!(error instanceof TraceQlError)) {
      throw error;
    }
    const text = q.replace(TEXT_OR_UNFINISHED, (all, attribute?: string) => attribute ?? all).replace(DANGLING, '').trim();
    return checked(text.includes('}') ? text : `${text} }`);
  }
}

function checked(text: string): { pipeline: Pipeline } {
  const query = parseTraceQl(text);
  validate(query);
  return query;
}

/** An alternative that compares nothing makes all of them match. */
function comparisons(expression: Expression): Expression | undefined {
  if (expression.kind === 'unary') {
    return expression.op === '!' ? comparisons(expression.operand) : undefined;
  }
  if (expression.kind !== 'binary') {
    return undefined;
  }
  if (expression.op === '&&' || expression.op === '||') {
    const left = comparisons(expression.left);
    const right = comparisons(expression.right);
    return left && right ? { ...expression, left, right } : expression.op === '&&' ? (left ?? right) : undefined;
  }
  const literal = literalCondition(expression);
  return literal && literal.condition.value.type !== 'nil' ? expression : undefined;
}
