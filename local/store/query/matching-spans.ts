/** The spans that a tag request's `q` narrows the answer to. */
import type { Expression, Field } from '../traceql/ast';
import { literalCondition } from '../traceql/field-uses';
import { fieldsOf } from '../traceql/fields';
import { TraceQlError } from '../traceql/lexer';
import { parseTraceQl } from '../traceql/parser';
import { describe, validate } from '../traceql/validate';
import { conditionsOfTempo27 } from './conditions-of-tempo27';
import { conditionsOfTempo30 } from './conditions-of-tempo30';
import { PipelineCompiler } from './pipeline-sql';
import { SqlScope } from './sql-scope';

export type Narrowing =
  | { readonly kind: 'all' }
  | { readonly kind: 'none' }
  /** `seqs`: a SELECT of the seqs of spans. */
  | { readonly kind: 'spans'; readonly seqs: string };

const ALL: Narrowing = { kind: 'all' };

/**
 * As in Tempo some conditions do not narrow: in 2.7 those on the tag itself, that something is there (`!= nil`) and all of a query that is
 * still being typed; in both versions attributes without a scope, more than one set of spans and what `conditionsOfTempo…` passes over. In
 * 2.7 there is nothing to list of a tag whose value `q` names.
 * @param tag whose values are asked for; undefined for names of tags
 */
export function matchingSpans(q: string | undefined, tag: Field | undefined, tenants: readonly number[], hasTraceQl3: boolean): Narrowing {
  if (q === undefined) {
    return ALL;
  }
  try {
    const written = hasTraceQl3 ? conditionsOfTempo30(q) : writtenInTempo27(q);
    if (!written) {
      return ALL;
    }
    const about = tag && !hasTraceQl3 ? operandsOf(written).filter((operand) => isAbout(operand, tag)) : [];
    if (about.some((operand) => operand.kind === 'binary' && operand.op === '=')) {
      return { kind: 'none' };
    }
    const condition = operandsOf(written).filter((operand) => !about.includes(operand) && (hasTraceQl3 || !isPresence(operand)));
    const fields = [...condition.flatMap(fieldsOf), ...(tag && !hasTraceQl3 ? [tag] : [])];
    if (condition.flatMap(fieldsOf).length === 0 || fields.some((field) => field.kind === 'attribute' && field.scope === 'any')) {
      return ALL;
    }
    const scope = new SqlScope({ tenants, isSingleTenant: false, needsEvents: hasTraceQl3, firstTrace: 0, lastTrace: Number.MAX_SAFE_INTEGER, firstSpan: 0, lastSpan: Number.MAX_SAFE_INTEGER });
    const compiler = new PipelineCompiler(scope);
    const relation = compiler.compile({ spanset: { kind: 'filter', condition: condition.reduce((left, right) => ({ kind: 'binary', op: '&&', left, right })) }, stages: [] });
    return { kind: 'spans', seqs: `${compiler.with} SELECT seq FROM ${relation.name}` };
  } catch (error) {
    if (error instanceof TraceQlError) {
      return ALL;
    }
    throw error;
  }
}

/** In 2.7 what is still being typed narrows nothing. */
function writtenInTempo27(q: string): Expression | undefined {
  validate(parseTraceQl(q));
  const { spanset } = parseTraceQl(conditionsOfTempo27(q)).pipeline;
  return spanset.kind === 'filter' ? spanset.condition : undefined;
}

function operandsOf(expression: Expression): Expression[] {
  return expression.kind === 'binary' && expression.op === '&&' ? [...operandsOf(expression.left), ...operandsOf(expression.right)] : [expression];
}

/** Whether it asks that something is there (`!= nil`). */
function isPresence(expression: Expression): boolean {
  return expression.kind === 'binary' && [expression.left, expression.right].some((side) => side.kind === 'static' && side.type === 'nil');
}

function isAbout(expression: Expression, tag: Field): boolean {
  const literal = expression.kind === 'binary' ? literalCondition(expression) : undefined;
  return literal !== undefined && describe(literal.field) === describe(tag);
}
