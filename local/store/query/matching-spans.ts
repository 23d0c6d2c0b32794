/** The spans that a tag request's `q` narrows the answer to. */
import type { Database } from '../database/database';
import { TraceQlError } from '../traceql/lexer';
import { parseTraceQl } from '../traceql/parser';
import { validate } from '../traceql/validate';
import { PipelineCompiler } from './pipeline-sql';
import { SqlScope } from './sql-scope';

/** @returns a SELECT of span seqs; undefined for no narrowing: no `q`, or one that is still being typed */
export async function matchingSpans(database: Database, q: string | undefined, tenants: readonly number[]): Promise<string | undefined> {
  if (q === undefined) {
    return undefined;
  }
  try {
    const query = parseTraceQl(q);
    if (validate(query).length > 0) {
      await database.query('SELECT 1');
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
