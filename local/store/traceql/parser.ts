/**
 * A recursive-descent parser of TraceQL, with the precedences of Tempo's grammar (pkg/traceql/expr.y): from loose to tight
 * `|`, then `&&` and `||` (equal, from the left), comparisons and structural operators, `+ -`, `!`, `* / %`, `^` (from the right).
 */
import type { Aggregate, AttributeScope, BinaryOp, ComparisonOp, Expression, Field, IntrinsicName, Pipeline, Query, RelationOp, Spanset, Stage, Static } from './ast';
import { parseMetrics } from './metrics-parser';
import { checkPipelines, hasPipelines, withoutParentheses } from './nested-pipelines';
import { negated, staticOf } from './static-literal';
import { TokenStream } from './token-stream';

/** Parentheses and operators may nest this deep. */
const MAX_DEPTH = 200;
/** Fields and literals of a query; more would take the engine minutes to plan. */
const MAX_OPERANDS = 10_000;
/** Span sets and stages of a query, likewise. */
const MAX_PARTS = 40;

const INTRINSIC_WORDS: Readonly<Record<string, IntrinsicName>> = {
  duration: 'duration', name: 'name', status: 'status', statusMessage: 'statusMessage', kind: 'kind',
  nestedSetLeft: 'nestedSetLeft', nestedSetRight: 'nestedSetRight', nestedSetParent: 'nestedSetParent', traceDuration: 'traceDuration',
  rootName: 'rootName', rootServiceName: 'rootServiceName',
  'span:id': 'spanID', 'span:parentID': 'parentID', 'span:name': 'name', 'span:duration': 'duration', 'span:kind': 'kind', 'span:status': 'status',
  'span:statusMessage': 'statusMessage', 'span:childCount': 'childCount', 'trace:id': 'traceID', 'trace:duration': 'traceDuration', 'trace:rootName': 'rootName',
  'trace:rootService': 'rootServiceName', 'event:name': 'event:name', 'event:timeSinceStart': 'event:timeSinceStart',
  'link:traceID': 'link:traceID', 'link:spanID': 'link:spanID', 'instrumentation:name': 'instrumentation:name', 'instrumentation:version': 'instrumentation:version',
};
const LEADING_STAGES = ['by', 'select', 'count', 'avg', 'min', 'max', 'sum'];
const COMPARISONS = new Set(['=', '!=', '<', '<=', '>', '>=', '=~', '!~']);
const RELATIONS: Readonly<Record<string, { op: RelationOp; mode: 'plain' | 'negated' | 'union' }>> = Object.fromEntries(
  (['>', '>>', '<', '<<', '~'] as const).flatMap((op) => [
    [op, { op, mode: 'plain' }],
    [`!${op}`, { op, mode: 'negated' }],
    [`&${op}`, { op, mode: 'union' }],
  ]),
);

/** @throws TraceQlError when the text is not TraceQL */
export function parseTraceQl(text: string): Query {
  const parser = new TraceQlParser(text);
  return parser.query();
}

/**
 * The field that a name such as `span.http.route`, `.service.name` or `span:name` stands for; undefined where it is none.
 * @param takesQuotes whether quotes around the attribute's name are not part of it
 */
export function parseField(text: string, takesQuotes = true): Field | undefined {
  if (Object.hasOwn(INTRINSIC_WORDS, text)) {
    return { kind: 'intrinsic', name: INTRINSIC_WORDS[text] };
  }
  const match = /^(span|resource|event|link|instrumentation|)\.(.+)$/s.exec(text);
  return match ? { kind: 'attribute', scope: (match[1] || 'any') as AttributeScope, name: takesQuotes ? match[2].replace(/^"(.*)"$/s, '$1') : match[2] } : undefined;
}

export class TraceQlParser {
  readonly tokens: TokenStream;
  private depth = 0;
  private operands = 0;
  private parts = 0;

  constructor(text: string) {
    this.tokens = new TokenStream(text);
  }

  query(): Query {
    // A pipeline may begin with a stage: it then works on all spans.
    const stages: Stage[] = LEADING_STAGES.some((word) => this.tokens.is(word)) ? [this.stage()] : [];
    const written: Spanset = stages.length > 0 ? { kind: 'filter', condition: undefined } : this.spanset();
    const spanset = withoutParentheses(written);
    if (hasPipelines(spanset)) {
      if (this.tokens.is('|')) {
        this.tokens.unexpected();
      }
      checkPipelines(written);
    }
    while (this.tokens.take('|')) {
      const metrics = parseMetrics(this);
      if (metrics) {
        return { pipeline: { spanset, stages }, metrics, hints: this.ending() };
      }
      stages.push(this.stage());
    }
    return { pipeline: { spanset, stages }, metrics: undefined, hints: this.ending() };
  }

  private ending(): Record<string, Static> {
    const hints: Record<string, Static> = {};
    if (this.tokens.take('with')) {
      this.tokens.expect('(');
      do {
        const name = this.tokens.word();
        this.tokens.expect('=');
        hints[name] = this.static() ?? this.tokens.unexpected();
      } while (this.tokens.take(','));
      this.tokens.expect(')');
    }
    this.tokens.expectEnd();
    return hints;
  }

  private spanset(): Spanset {
    return this.nested(() => {
      let left = this.relatedSpansets();
      for (;;) {
        const op = this.tokens.takeAny(['&&', '||']);
        if (!op) {
          return left;
        }
        left = { kind: op === '&&' ? 'and' : 'or', left, right: this.relatedSpansets() };
      }
    });
  }

  private relatedSpansets(): Spanset {
    let left = this.singleSpanset();
    for (;;) {
      const op = this.tokens.takeAny(Object.keys(RELATIONS));
      if (!op) {
        return left;
      }
      left = { kind: 'relation', ...RELATIONS[op], left, right: this.singleSpanset() };
    }
  }

  private singleSpanset(): Spanset {
    this.countPart();
    if (!this.tokens.take('(')) {
      return { kind: 'filter', condition: this.braces() };
    }
    return this.nested(() => {
      const pipeline: Pipeline = { spanset: this.spanset(), stages: this.stages() };
      this.tokens.expect(')');
      return { kind: 'pipeline', pipeline };
    });
  }

  private stages(): Stage[] {
    const stages: Stage[] = [];
    while (this.tokens.take('|')) {
      stages.push(this.stage());
    }
    return stages;
  }

  private stage(): Stage {
    this.countPart();
    if (this.tokens.is('{') || this.tokens.is('(')) {
      const spanset = withoutParentheses(this.spanset());
      if (hasPipelines(spanset)) {
        throw this.tokens.unsupported('a pipeline in parentheses cannot be a stage of another');
      }
      return { kind: 'spanset', spanset };
    }
    if (this.tokens.take('by')) {
      return { kind: 'by', expression: this.inParentheses(() => this.expression()) };
    }
    if (this.tokens.take('coalesce')) {
      this.inParentheses(() => undefined);
      return { kind: 'coalesce' };
    }
    if (this.tokens.take('select')) {
      return { kind: 'select', fields: this.inParentheses(() => this.fieldList()) };
    }
    const aggregate = this.aggregate();
    const op = this.tokens.takeAny([...COMPARISONS]) ?? this.tokens.takeAny(['+', '-', '*', '/', '%', '^']) ?? this.tokens.unexpected();
    const value = COMPARISONS.has(op) ? this.signedStatic() : undefined;
    if (!value) {
      throw this.tokens.error('scalar expressions other than `aggregate op number` are not supported');
    }
    if (value.type === 'string') {
      throw this.tokens.error('syntax error: unexpected STRING');
    }
    return { kind: 'aggregate', aggregate, op: op as ComparisonOp, value };
  }

  private aggregate(): Aggregate {
    if (this.tokens.take('count')) {
      this.inParentheses(() => undefined);
      return { fn: 'count' };
    }
    const fn = this.tokens.takeAny(['avg', 'min', 'max', 'sum']);
    if (!fn) {
      throw this.tokens.unexpected();
    }
    return { fn: fn as 'avg', of: this.inParentheses(() => this.expression()) };
  }

  fieldList(): Field[] {
    const fields: Field[] = [];
    do {
      this.countOperand();
      fields.push(this.field() ?? this.tokens.unexpected());
    } while (this.tokens.take(','));
    return fields;
  }

  inParentheses<T>(inner: () => T): T {
    this.tokens.expect('(');
    const result = inner();
    this.tokens.expect(')');
    return result;
  }

  /** `{ condition }`; undefined for `{ }`. */
  braces(): Expression | undefined {
    this.tokens.expect('{');
    const condition = this.tokens.is('}') ? undefined : this.expression();
    this.tokens.expect('}');
    return condition;
  }

  private expression(): Expression {
    return this.nested(() => this.leftAssociative(['&&', '||'], () => this.comparison()));
  }

  private comparison(): Expression {
    return this.leftAssociative([...COMPARISONS], () => this.sum());
  }

  private sum(): Expression {
    return this.leftAssociative(['+', '-'], () => this.unary());
  }

  private unary(): Expression {
    const op = this.tokens.takeAny(['!', '-']);
    if (!op) {
      return this.product();
    }
    const operand = this.nested(() => this.unary());
    return op === '-' ? negated(operand) : { kind: 'unary', op: '!', operand };
  }

  private product(): Expression {
    return this.leftAssociative(['*', '/', '%'], () => this.power());
  }

  private power(): Expression {
    const base = this.operand();
    if (!this.tokens.take('^')) {
      return base;
    }
    return { kind: 'binary', op: '^', left: base, right: this.nested(() => this.unary()) };
  }

  private leftAssociative(ops: readonly string[], operand: () => Expression): Expression {
    let left = operand();
    for (;;) {
      const op = this.tokens.takeAny(ops);
      if (!op) {
        return left;
      }
      left = { kind: 'binary', op: op as BinaryOp, left, right: operand() };
    }
  }

  private operand(): Expression {
    this.countOperand();
    if (this.tokens.is('(')) {
      return this.inParentheses(() => this.expression());
    }
    return this.static() ?? this.field() ?? this.tokens.unexpected();
  }

  field(): Field | undefined {
    const token = this.tokens.current;
    if (token.kind === 'attribute') {
      if (token.scope === 'parent') {
        throw this.tokens.unsupported('parent not yet supported');
      }
      this.tokens.advance();
      return { kind: 'attribute', scope: (token.scope || 'any') as AttributeScope, name: token.name };
    }
    if ((token.kind === 'word' || token.kind === 'intrinsic') && Object.hasOwn(INTRINSIC_WORDS, token.text)) {
      this.tokens.advance();
      return { kind: 'intrinsic', name: INTRINSIC_WORDS[token.text] };
    }
    if (token.kind === 'word' && token.text === 'parent') {
      throw this.tokens.unsupported('intrinsic (parent) not yet supported');
    }
    return undefined;
  }

  signedStatic(): Static | undefined {
    if (!this.tokens.take('-')) {
      return this.static();
    }
    const value = this.static();
    const result = value ? negated(value) : undefined;
    return result?.kind === 'static' ? result : undefined;
  }

  static(): Static | undefined {
    const token = this.tokens.current;
    const value = staticOf(this.tokens);
    if (value && token === this.tokens.current) {
      this.tokens.advance();
    }
    return value;
  }

  private countOperand(): void {
    if (++this.operands > MAX_OPERANDS) {
      throw this.tokens.unsupported(`more than ${MAX_OPERANDS} fields and values in one query`);
    }
  }

  private countPart(): void {
    if (++this.parts > MAX_PARTS) {
      throw this.tokens.unsupported(`more than ${MAX_PARTS} span sets and stages in one query`);
    }
  }

  private nested<T>(inner: () => T): T {
    if (++this.depth > MAX_DEPTH) {
      throw this.tokens.unsupported(`expressions nest deeper than ${MAX_DEPTH}`);
    }
    const result = inner();
    this.depth--;
    return result;
  }
}
