/** TraceQL from a request: parsed, checked, its patterns tried on the engine that will run them. */
import { textLiteral } from '../database/literal';
import type { Reads } from '../database/readers';
import { refuseOperand } from '../traceql/refuse-operand';
import { refuseTraceQl3 } from '../traceql/refuse-traceql3';
import type { Call } from './call';
import type { Query } from '../traceql/ast';
import { TraceQlError } from '../traceql/lexer';
import { parseTraceQl } from '../traceql/parser';
import { withNegationOfTempo27 } from '../traceql/negation-of-tempo27';
import { describe, validate } from '../traceql/validate';

/** @throws TraceQlError when it is not TraceQL, makes no sense or is not supported */
export async function parseQuery({ engine, reads, compatibility }: Call, text: string): Promise<Query> {
  const { hasTraceQl3, negationNeedsLeft, wholeIntrinsics } = compatibility;
  const { queryBytes } = engine.options.limits;
  if (Buffer.byteLength(text) > queryBytes) {
    throw new TraceQlError(`query expression size exceeds ${queryBytes} bytes`);
  }
  const query = parseTraceQl(text);
  if (!hasTraceQl3) {
    refuseTraceQl3(query);
  }
  for (const pattern of validate(query)) {
    if (pattern.kind === 'static' && pattern.type === 'string') {
      await checkPattern(reads, pattern.value);
    } else if (hasTraceQl3) {
      throw new TraceQlError(`invalid type for =~ or !~: ${describe(pattern)}`);
    }
  }
  refuseOperand(query.pipeline, wholeIntrinsics);
  return negationNeedsLeft ? withNegationOfTempo27(query) : query;
}

async function checkPattern(reads: Reads, pattern: string): Promise<void> {
  try {
    await reads.query(`SELECT regexp_full_match('', ${textLiteral(pattern)})`);
  } catch (error) {
    throw new TraceQlError(`invalid regex: \`${pattern}\`: ${(error as Error).message.split('\n')[0]}`);
  }
}
