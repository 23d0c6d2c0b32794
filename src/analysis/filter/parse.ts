/**
 * Parses filters such as `service = api and (duration > 100ms or status = error) and not span.http.route =~ "^/health"`.
 *
 *   or      = and { ("or" | "||") and }
 *   and     = unary { ("and" | "&&") unary }
 *   unary   = ("not" | "!") unary | "(" or ")" | comparison
 *   compare = field [ operator value | ["not"] "in" "(" value { "," value } ")" ]  |  string  |  plain
 *   operator: = == != < <= > >= =~ !~      value: string, word, true, false, or number with unit
 *
 * A string is looked for in the names, and so is plain text: words that begin with no field, such as `GET /users/{id}`.
 * The grammar knows nothing of spans: fields and their types come from a vocabulary.
 */
import { LinearRegex } from '../linear-regex/linear-regex';
import { RegexError } from '../linear-regex/syntax';
import type { Comparison, FieldInfo, FieldType, FilterExpression, FilterProblem, Order, ParsedFilter, Vocabulary } from './expression';
import { fieldName, tokenise, type Token, type TokenKind } from './tokens';
import { parseMeasure, type Quantity } from './units';

/** Never throws for what a person typed: a filter that makes no sense is `invalid`, with the characters that are to blame. */
export function parseFilter<Field>(text: string, vocabulary: Vocabulary<Field>): ParsedFilter<Field> {
  const tokens = tokenise(text);
  if (tokens.length === 1) {
    return { kind: 'empty' };
  }
  try {
    return { kind: 'filter', expression: new FilterParser(text, tokens, vocabulary).parse() };
  } catch (error) {
    if (error instanceof Problem) {
      return { kind: 'invalid', problem: { message: error.message, from: error.from, to: error.to } };
    }
    throw error;
  }
}

/** Thrown inside the parser only. */
class Problem extends Error implements FilterProblem {
  readonly from: number;
  readonly to: number;

  constructor(message: string, { from, to }: { readonly from: number; readonly to: number }) {
    super(message);
    this.from = from;
    this.to = to;
  }
}

const MAX_NESTING = 200;

class FilterParser<Field> {
  private at = 0;
  private depth = 0;

  constructor(
    private readonly source: string,
    private readonly tokens: readonly Token[],
    private readonly vocabulary: Vocabulary<Field>
  ) {}

  parse(): FilterExpression<Field> {
    const expression = this.or();
    const rest = this.peek();
    if (rest.kind !== 'end') {
      throw new Problem(rest.kind === 'close' ? 'no ( for this )' : 'expected "and" or "or" here', rest);
    }
    return expression;
  }

  private or(): FilterExpression<Field> {
    const terms = [this.and()];
    while (this.take('or')) {
      terms.push(this.and());
    }
    return terms.length === 1 ? terms[0] : { kind: 'or', terms };
  }

  private and(): FilterExpression<Field> {
    const terms = [this.unary()];
    while (this.take('and')) {
      terms.push(this.unary());
    }
    return terms.length === 1 ? terms[0] : { kind: 'and', terms };
  }

  private unary(): FilterExpression<Field> {
    const token = this.peek();
    if (token.kind !== 'not' && token.kind !== 'open') {
      return this.comparison();
    }
    this.at++;
    if (++this.depth > MAX_NESTING) {
      throw new Problem('nested too deeply', token);
    }
    let expression: FilterExpression<Field>;
    if (token.kind === 'not') {
      expression = { kind: 'not', term: this.unary() };
    } else {
      expression = this.or();
      if (!this.take('close')) {
        throw new Problem('no ) for this (', token);
      }
    }
    this.depth--;
    return expression;
  }

  private comparison(): FilterExpression<Field> {
    const token = this.next();
    if (token.kind === 'string') {
      return { kind: 'text', text: token.text };
    }
    const plain = this.plainText(token);
    if (plain !== undefined) {
      return { kind: 'text', text: plain };
    }
    if (token.kind !== 'word') {
      throw new Problem(token.kind === 'end' ? 'a condition is missing here' : 'expected a field here', token);
    }
    const info = this.field(token);
    if (this.take('operator')) {
      return this.compare(info, this.tokens[this.at - 1]);
    }
    if (this.isWord('in')) {
      return this.list(info);
    }
    if (this.peek().kind === 'not' && this.isWord('in', 1)) {
      this.at++;
      return { kind: 'not', term: this.list(info) };
    }
    return { kind: 'exists', field: info.field };
  }

  /** The words from the token on, as typed; undefined where it names a field or is meant to. */
  private plainText(first: Token): string | undefined {
    if (!isPlain(first) || (first.kind === 'word' && this.vocabulary.lookup(fieldName(first.text)) !== undefined)) {
      return undefined;
    }
    let end = this.at;
    while (isPlain(this.tokens[end])) {
      end++;
    }
    if (this.tokens[end].kind === 'operator' || this.isWord('in') || (this.peek().kind === 'not' && this.isWord('in', 1))) {
      return undefined;
    }
    this.at = end;
    return this.source.slice(first.from, this.tokens[end - 1].to);
  }

  private field(token: Token): FieldInfo<Field> {
    const info = this.vocabulary.lookup(fieldName(token.text));
    if (info === undefined) {
      throw new Problem(`"${token.text}" is no field; there are ${this.vocabulary.names.join(', ')}`, token);
    }
    return info;
  }

  private compare({ field, type, values }: FieldInfo<Field>, operator: Token): FilterExpression<Field> {
    const token = this.value();
    if (operator.text === '=~' || operator.text === '!~') {
      return { kind: 'compare', field, comparison: { kind: 'regex', negated: operator.text === '!~', regex: regexOf(token) } };
    }
    const order = (operator.text === '==' ? '=' : operator.text) as Order;
    return { kind: 'compare', field, comparison: comparisonOf(order, operator, token, type, values) };
  }

  private list({ field, type, values }: FieldInfo<Field>): FilterExpression<Field> {
    const word = this.next();
    if (!this.take('open')) {
      throw new Problem('expected a list: in (a, b)', this.peek());
    }
    const terms: Array<FilterExpression<Field>> = [];
    do {
      terms.push({ kind: 'compare', field, comparison: comparisonOf('=', word, this.value(), type, values) });
    } while (this.take('comma'));
    if (!this.take('close')) {
      throw new Problem('expected , or ) here', this.peek());
    }
    return { kind: 'or', terms };
  }

  private value(): Token {
    const token = this.next();
    if (token.kind !== 'string' && token.kind !== 'word' && token.kind !== 'number') {
      throw new Problem(token.kind === 'unknown' && /["'`]/.test(token.text) ? 'the closing quote is missing' : 'expected a value here', token);
    }
    return token;
  }

  private isWord(word: string, ahead = 0): boolean {
    const token = this.tokens[this.at + ahead];
    return token?.kind === 'word' && token.text.toLowerCase() === word;
  }

  private peek(): Token {
    return this.tokens[this.at];
  }

  private next(): Token {
    const token = this.tokens[this.at];
    this.at += token.kind === 'end' ? 0 : 1;
    return token;
  }

  private take(kind: TokenKind): boolean {
    const taken = this.peek().kind === kind;
    this.at += taken ? 1 : 0;
    return taken;
  }
}

/** What begins with a quote was meant to end with one. */
const isPlain = ({ kind, text }: Token): boolean => kind === 'word' || kind === 'number' || (kind === 'unknown' && !/["'`]/.test(text));

function regexOf(token: Token): LinearRegex {
  try {
    return new LinearRegex(token.text);
  } catch (error) {
    if (error instanceof RegexError) {
      throw new Problem(`regular expression: ${error.message} (character ${error.at + 1})`, token);
    }
    throw error;
  }
}

const QUANTITIES: Readonly<Record<FieldType, readonly Quantity[]>> = {
  duration: ['duration'], ratio: ['ratio', 'plain'], number: ['plain', 'size'], any: ['plain', 'duration', 'ratio', 'size'], text: [], boolean: [],
};

const EXPECTED: Readonly<Record<FieldType, string>> = {
  duration: 'a duration such as 250ms', ratio: 'a share such as 1%', number: 'a number', boolean: 'true or false', text: 'a text', any: 'a value',
};

function comparisonOf(order: Order, operator: Token, token: Token, type: FieldType, values: readonly string[] | undefined): Comparison {
  const { text } = token;
  if (type === 'boolean' || (type === 'any' && token.kind === 'word' && /^(true|false)$/.test(text))) {
    if (!/^(true|false)$/.test(text) || (order !== '=' && order !== '!=')) {
      throw new Problem(/^(true|false)$/.test(text) ? 'true and false have no order' : `expected ${EXPECTED.boolean}`, token);
    }
    return { kind: 'boolean', order, value: text === 'true' };
  }
  const measure = token.kind === 'number' ? parseMeasure(text) : undefined;
  if (type !== 'text' && measure !== undefined && QUANTITIES[type].includes(measure.quantity)) {
    return { kind: 'number', order, value: measure.value, text };
  }
  if (type !== 'text' && type !== 'any') {
    throw new Problem(`expected ${EXPECTED[type]}`, token);
  }
  if (values !== undefined && !values.includes(text)) {
    throw new Problem(`expected one of ${values.join(', ')}`, token);
  }
  if (type === 'text' && order !== '=' && order !== '!=') {
    throw new Problem('texts have no order here: use =, != or =~', operator);
  }
  return { kind: 'text', order, value: text };
}
