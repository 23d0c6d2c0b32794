/** The metrics stage of a query: `rate() by (...) | topk(5)` and the like. */
import type { ComparisonOp, Field, Metrics, MetricsFunction, SecondStage } from './ast';
import type { TraceQlParser } from './parser';

const WITH_FIELD = ['min_over_time', 'max_over_time', 'avg_over_time', 'sum_over_time', 'histogram_over_time'] as const;
/** How many values an attribute's comparison lists where the query does not say. */
const DEFAULT_COMPARE_TOP = 10;

/** Undefined where the stage at hand is not a metrics function. */
export function parseMetrics(parser: TraceQlParser): Metrics | undefined {
  const fn = metricsFunction(parser);
  if (!fn) {
    return undefined;
  }
  const { tokens } = parser;
  const by: Field[] = fn.fn !== 'compare' && tokens.take('by') ? parser.inParentheses(() => parser.fieldList()) : [];
  const second: SecondStage[] = [];
  for (;;) {
    const op = tokens.takeAny(['>=', '<=', '!=', '=', '>', '<']);
    if (op) {
      const value = parser.signedStatic();
      if (value?.type !== 'int' && value?.type !== 'float' && value?.type !== 'duration') {
        return tokens.unexpected();
      }
      second.push({ kind: 'threshold', op: op as ComparisonOp, value: value.type === 'duration' ? value.value / 1e9 : Number(value.value) });
    } else if (tokens.take('|')) {
      const kind = tokens.takeAny(['topk', 'bottomk']) ?? tokens.unexpected();
      second.push({ kind: kind as 'topk', limit: parser.inParentheses(() => positiveInt(parser)) });
    } else {
      return { function: fn, by, second };
    }
  }
}

function metricsFunction(parser: TraceQlParser): MetricsFunction | undefined {
  const { tokens } = parser;
  const plain = tokens.takeAny(['rate', 'count_over_time']);
  if (plain) {
    parser.inParentheses(() => undefined);
    return { fn: plain as 'rate' };
  }
  const withField = tokens.takeAny(WITH_FIELD);
  if (withField) {
    return { fn: withField as 'min_over_time', of: parser.inParentheses(() => parser.field() ?? tokens.unexpected()) };
  }
  if (tokens.take('quantile_over_time')) {
    return parser.inParentheses(() => {
      const of = parser.field() ?? tokens.unexpected();
      const quantiles: number[] = [];
      tokens.expect(',');
      do {
        const value = parser.static();
        if (value?.type !== 'int' && value?.type !== 'float') {
          return tokens.unexpected();
        }
        quantiles.push(Number(value.value));
      } while (tokens.take(','));
      return { fn: 'quantile_over_time', of, quantiles };
    });
  }
  return tokens.take('compare') ? parser.inParentheses(() => compare(parser)) : undefined;
}

function compare(parser: TraceQlParser): MetricsFunction {
  const selection = parser.braces();
  const numbers: bigint[] = [];
  while (parser.tokens.take(',')) {
    const value = parser.static();
    numbers.push(value?.type === 'int' ? value.value : parser.tokens.unexpected());
  }
  return { fn: 'compare', selection, topN: Number(numbers[0] ?? DEFAULT_COMPARE_TOP), startNs: numbers[1], endNs: numbers[2] };
}

function positiveInt(parser: TraceQlParser): number {
  const value = parser.static();
  if (value?.type !== 'int' || value.value <= 0n) {
    return parser.tokens.unexpected();
  }
  return Number(value.value);
}
