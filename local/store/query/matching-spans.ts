/** The spans that a tag request's `q` narrows the answer to. */
import type { Expression, Field, IntrinsicName, Static } from '../traceql/ast';
import { type FieldCondition, literalCondition } from '../traceql/field-uses';
import { fieldsOf } from '../traceql/fields';
import { TraceQlError } from '../traceql/lexer';
import { parseTraceQl } from '../traceql/parser';
import { describe, validate } from '../traceql/validate';
import { conditionsOfTempo27 } from './conditions-of-tempo27';
import { conditionsOfTempo30 } from './conditions-of-tempo30';
import { PipelineCompiler } from './pipeline-sql';
import type { BlockColumns } from './span-json';
import { SqlScope } from './sql-scope';

export type Narrowing =
  | { readonly kind: 'all' }
  | { readonly kind: 'none' }
  /** `q` names the values itself. */
  | { readonly kind: 'values'; readonly values: readonly Static[] }
  /** `seqs`: a SELECT of the seqs of spans. */
  | { readonly kind: 'spans'; readonly seqs: string };

/** What of the version answered as makes a difference. */
export interface NarrowingOptions {
  readonly hasTraceQl3: boolean;
  readonly blockColumns: BlockColumns;
}

const ALL: Narrowing = { kind: 'all' };
const SPAN_COLUMNS: readonly IntrinsicName[] = ['name', 'statusMessage', 'duration', 'nestedSetLeft', 'nestedSetRight', 'nestedSetParent'];

/**
 * As in Tempo some conditions do not narrow: in 2.7 that something is there (`!= nil`) and all of a query that is still being typed; in both
 * versions those on the tag itself where it has a column of its own, attributes without a scope, more than one set of spans and what
 * `conditionsOfTempo…` passes over. Of a tag whose value `q` names there is nothing to list in 2.7 and that value in 3.0.
 * @param tag whose values are asked for; undefined for names of tags
 */
export function matchingSpans(q: string | undefined, tag: Field | undefined, tenants: readonly number[], { hasTraceQl3, blockColumns }: NarrowingOptions): Narrowing {
  if (q === undefined) {
    return ALL;
  }
  try {
    const written = hasTraceQl3 ? conditionsOfTempo30(q) : writtenInTempo27(q);
    if (!written) {
      return ALL;
    }
    const named = tag && namedValues(written, tag);
    if (named) {
      return hasTraceQl3 ? { kind: 'values', values: named } : { kind: 'none' };
    }
    const isPassedOver = (operand: Expression): boolean => (tag !== undefined && hasColumn(tag, blockColumns) && conditionOn(operand, tag) !== undefined) || (!hasTraceQl3 && isPresence(operand));
    const condition = operandsOf(written).filter((operand) => !isPassedOver(operand));
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

function hasColumn(tag: Field, { span }: BlockColumns): boolean {
  return tag.kind === 'intrinsic' ? SPAN_COLUMNS.includes(tag.name) : tag.scope === 'span' && span.includes(tag.name);
}

/** The values that the tag has wherever the expression holds; undefined where it may have others. */
function namedValues(expression: Expression, tag: Field): Static[] | undefined {
  if (expression.kind === 'binary' && (expression.op === '&&' || expression.op === '||')) {
    const left = namedValues(expression.left, tag);
    const right = namedValues(expression.right, tag);
    return expression.op === '&&' ? (left ?? right) : left && right && [...left, ...right];
  }
  const condition = conditionOn(expression, tag);
  return condition?.op === '=' ? [condition.value] : undefined;
}

/** What a comparison of the tag with a value asks for. */
function conditionOn(expression: Expression, tag: Field): FieldCondition | undefined {
  const literal = expression.kind === 'binary' ? literalCondition(expression) : undefined;
  return literal && describe(literal.field) === describe(tag) ? literal.condition : undefined;
}
