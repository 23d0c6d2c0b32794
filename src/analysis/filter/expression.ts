/** Filter expressions, generic over what they are asked of: spans, nodes of a map, … (see Vocabulary). */
import type { LinearRegex } from '../linear-regex/linear-regex';

export type FilterExpression<Field> =
  | { readonly kind: 'and' | 'or'; readonly terms: ReadonlyArray<FilterExpression<Field>> }
  | { readonly kind: 'not'; readonly term: FilterExpression<Field> }
  /** The field is there (and not false). */
  | { readonly kind: 'exists'; readonly field: Field }
  | { readonly kind: 'compare'; readonly field: Field; readonly comparison: Comparison }
  /** A text on its own: whatever the vocabulary searches for it. */
  | { readonly kind: 'text'; readonly text: string };

export type Order = '=' | '!=' | '<' | '<=' | '>' | '>=';

export type Comparison =
  /** Durations in ns, ratios in [0, 1], sizes in bytes. */
  | { readonly kind: 'number'; readonly order: Order; readonly value: number; readonly text: string }
  | { readonly kind: 'text'; readonly order: Order; readonly value: string }
  | { readonly kind: 'boolean'; readonly order: '=' | '!='; readonly value: boolean }
  | { readonly kind: 'regex'; readonly negated: boolean; readonly regex: LinearRegex };

/** `any`: of a type that only the data knows, such as an attribute. */
export type FieldType = 'text' | 'number' | 'duration' | 'ratio' | 'boolean' | 'any';

export interface FieldInfo<Field> {
  readonly field: Field;
  readonly type: FieldType;
  /** All values there can be, of a field that has few. */
  readonly values?: readonly string[];
}

/** The fields that expressions may name. */
export interface Vocabulary<Field> {
  lookup(name: string): FieldInfo<Field> | undefined;
  /** For completion and for the message about an unknown field; may leave out open-ended ones. */
  readonly names: readonly string[];
}

/** What cannot be understood, and where: characters [from, to) of the text. */
export interface FilterProblem {
  readonly message: string;
  readonly from: number;
  readonly to: number;
}

export type ParsedFilter<Field> =
  | { readonly kind: 'filter'; readonly expression: FilterExpression<Field> }
  /** Nothing was typed: everything matches. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'invalid'; readonly problem: FilterProblem };
