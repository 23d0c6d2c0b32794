/** What may be typed next in a filter: fields, operators, values and joining words. */
import type { FieldInfo, FieldType, Vocabulary } from './expression';
import { fieldName, tokenise, type Token } from './tokens';

/** Puts `text` in place of characters [from, to). */
export interface Completion {
  readonly text: string;
  readonly kind: 'field' | 'operator' | 'value' | 'word';
  readonly from: number;
  readonly to: number;
}

const ORDERED = ['>', '>=', '<', '<=', '=', '!='];
const TEXTUAL = ['=', '!=', '=~', '!~', 'in'];

const OPERATORS: Readonly<Record<FieldType, readonly string[]>> = {
  text: TEXTUAL, any: [...TEXTUAL, '>', '<'], boolean: ['=', '!='], number: ORDERED, ratio: ORDERED, duration: ORDERED,
};

/** Where a field has no list of values, some that show how its values are written. */
const EXAMPLES: Readonly<Record<FieldType, readonly string[]>> = {
  text: [], any: [], boolean: ['true', 'false'], number: ['1', '10', '100'], ratio: ['0', '1%', '5%'], duration: ['100ms', '500ms', '1s'],
};

const MAX_COMPLETIONS = 50;

/**
 * Completions of the word at the caret, those that start with what is typed of it first.
 *
 * @param valuesOf what is known of a field's values, beyond the vocabulary's
 */
export function completions<Field>(text: string, caret: number, vocabulary: Vocabulary<Field>, valuesOf: (field: string) => readonly string[]): Completion[] {
  const tokens = tokenise(text.slice(0, caret)).slice(0, -1);
  const last = tokens.at(-1);
  const isPartial = last !== undefined && last.to === caret && EXTENSIBLE.has(last.kind);
  const before = isPartial ? tokens.slice(0, -1) : tokens;
  const typed = isPartial ? last.text.replace(/^["'`]/, '') : '';
  const from = isPartial ? startOf(before, last) : caret;

  const place = placeAfter(before);
  const of = (kind: Completion['kind'], texts: readonly string[]) => matching(texts, typed).map((found) => ({ text: kind === 'value' ? quoted(found) : found, kind, from, to: caret }));
  switch (place.kind) {
    case 'field':
      return [...of('field', vocabulary.names), ...of('word', ['not'])];
    case 'operator':
      return of('operator', OPERATORS[typeOf(vocabulary.lookup(place.field))]);
    case 'value': {
      const info = vocabulary.lookup(place.field);
      const known = info?.values ?? valuesOf(place.field);
      return of('value', known.length > 0 ? known : EXAMPLES[typeOf(info)]);
    }
    case 'joint':
      return of('word', ['and', 'or']);
  }
}

/** Kinds of tokens that typing on may make another of. */
const EXTENSIBLE: ReadonlySet<Token['kind']> = new Set(['word', 'number', 'operator', 'and', 'or', 'not', 'unknown']);

/** An unclosed quote is a token of its own, and the words after it are others: all of it is one value. */
function startOf(before: Token[], last: Token): number {
  const quote = before.findLastIndex(({ kind, text }) => kind === 'unknown' && /["'`]/.test(text));
  return quote < 0 ? last.from : before.splice(quote)[0].from;
}

type Place = { readonly kind: 'field' | 'joint' } | { readonly kind: 'operator' | 'value'; readonly field: string };

/** What belongs behind these tokens. */
function placeAfter(tokens: readonly Token[]): Place {
  let place: Place = { kind: 'field' };
  /** Of the last condition: a comma after one of its values means that another follows. */
  let field = '';
  for (const { kind, text } of tokens) {
    field = 'field' in place ? place.field : field;
    if (kind === 'comma') {
      place = { kind: 'value', field };
    } else if (kind === 'and' || kind === 'or') {
      place = { kind: 'field' };
    } else if (place.kind === 'field') {
      place = kind === 'word' ? { kind: 'operator', field: fieldName(text) } : kind === 'string' ? { kind: 'joint' } : place;
    } else if (place.kind === 'operator') {
      place = kind === 'operator' || kind === 'open' ? { kind: 'value', field: place.field } : kind === 'close' ? { kind: 'joint' } : place;
    } else if (place.kind === 'value') {
      place = kind === 'close' || LITERALS.has(kind) ? { kind: 'joint' } : place;
    }
  }
  return place;
}

const LITERALS: ReadonlySet<Token['kind']> = new Set(['word', 'string', 'number']);

const typeOf = (info: FieldInfo<unknown> | undefined): FieldType => info?.type ?? 'any';

function matching(texts: readonly string[], typed: string): string[] {
  const wanted = typed.toLowerCase();
  const starting = texts.filter((text) => text.toLowerCase().startsWith(wanted));
  const containing = texts.filter((text) => !text.toLowerCase().startsWith(wanted) && text.toLowerCase().includes(wanted));
  return [...starting, ...containing].slice(0, MAX_COMPLETIONS);
}

/** As the filter language reads it back. */
function quoted(value: string): string {
  const [first, second] = tokenise(value);
  const isOne = second?.kind === 'end' && (first.kind === 'word' || first.kind === 'number') && first.text === value;
  return isOne ? value : `"${value.replace(/["\\]/g, '\\$&')}"`;
}
