/** TraceQL from a request: parsed, checked, its patterns tried on the engine that will run them. */
import { textLiteral } from '../database/literal';
import type { Database } from '../database/database';
import { refuseOperand } from '../traceql/refuse-operand';
import { refuseTraceQl3 } from '../traceql/refuse-traceql3';
import type { Compatibility } from './compatibility';
import type { Engine } from '../engine/engine';
import type { Query } from '../traceql/ast';
import { TraceQlError } from '../traceql/lexer';
import { parseTraceQl } from '../traceql/parser';
import { withNegationOfTempo27 } from '../traceql/negation-of-tempo27';
import { validate } from '../traceql/validate';

/** @throws TraceQlError when it is not TraceQL, makes no sense or is not supported */
export async function parseQuery({ database, options }: Engine, text: string, { hasTraceQl3, negationNeedsLeft, wholeIntrinsics }: Compatibility): Promise<Query> {
  if (Buffer.byteLength(text) > options.limits.queryBytes) {
    throw new TraceQlError(`query expression size exceeds ${options.limits.queryBytes} bytes`);
  }
  const query = parseTraceQl(text);
  if (!hasTraceQl3) {
    refuseTraceQl3(query);
  }
  for (const pattern of validate(query)) {
    await checkPattern(database, pattern);
  }
  refuseOperand(query.pipeline, wholeIntrinsics);
  return negationNeedsLeft ? withNegationOfTempo27(query) : query;
}

async function checkPattern(database: Database, pattern: string): Promise<void> {
  try {
    await database.query(`SELECT regexp_full_match('', ${textLiteral(pattern)})`);
  } catch (error) {
    throw new TraceQlError(`invalid regex: \`${pattern}\`: ${(error as Error).message.split('\n')[0]}`);
  }
}
