/** The spans that a tag request's `q` narrows the answer to. */
import type { Expression, Pipeline } from '../traceql/ast';
import { TraceQlError } from '../traceql/lexer';
import { parseTraceQl } from '../traceql/parser';
import { validate } from '../traceql/validate';
import { PipelineCompiler } from './pipeline-sql';
import { SqlScope } from './sql-scope';

/**
 * @param allowsOr whether alternatives narrow; in Tempo 2.7 they do not
 * @returns a SELECT of span seqs; undefined for no narrowing: no `q`, one that is still being typed, or more than one set of spans
 */
export function matchingSpans(q: string | undefined, tenants: readonly number[], allowsOr: boolean): string | undefined {
  if (q === undefined) {
    return undefined;
  }
  try {
    const query = parseTraceQl(q);
    validate(query);
    if (!isSimple(query.pipeline, allowsOr)) {
      return undefined;
    }
    const scope = new SqlScope({ tenants, isSingleTenant: false, firstTrace: 0, lastTrace: Number.MAX_SAFE_INTEGER, firstSpan: 0, lastSpan: Number.MAX_SAFE_INTEGER });
    const compiler = new PipelineCompiler(scope);
    const relation = compiler.compile(query.pipeline);
    return `${compiler.with} SELECT seq FROM ${relation.name}`;
  } catch (error) {
    if (error instanceof TraceQlError) {
      return undefined;
    }
    throw error;
  }
}

function isSimple({ spanset, stages }: Pipeline, allowsOr: boolean): boolean {
  return spanset.kind === 'filter' && stages.length === 0 && (allowsOr || !spanset.condition || !hasOr(spanset.condition));
}

function hasOr(expression: Expression): boolean {
  return expression.kind === 'binary' && (expression.op === '||' || hasOr(expression.left) || hasOr(expression.right));
}
