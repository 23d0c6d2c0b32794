/** Compiles an expression once into one function; what a comparison means is the vocabulary owner's business. */
import type { Comparison, FilterExpression } from './expression';

/** A test of one item, with its relative cost: `and` and `or` ask the cheap questions first. */
export interface Predicate<Item> {
  readonly cost: number;
  readonly test: (item: Item) => boolean;
}

/** How the leaves of an expression are tested. */
export interface Leaves<Field, Item> {
  compare(field: Field, comparison: Comparison): Predicate<Item>;
  exists(field: Field): Predicate<Item>;
  text(text: string): Predicate<Item>;
}

/** The expression as one test. Its nesting is bounded by the parser. */
export function compileFilter<Field, Item>(expression: FilterExpression<Field>, leaves: Leaves<Field, Item>): Predicate<Item> {
  switch (expression.kind) {
    case 'and':
    case 'or': {
      const terms = expression.terms.map((term) => compileFilter(term, leaves)).sort((a, b) => a.cost - b.cost);
      const cost = terms.reduce((sum, term) => sum + term.cost, 0);
      const tests = terms.map(({ test }) => test);
      return expression.kind === 'and'
        ? { cost, test: (item) => tests.every((test) => test(item)) }
        : { cost, test: (item) => tests.some((test) => test(item)) };
    }
    case 'not': {
      const { cost, test } = compileFilter(expression.term, leaves);
      return { cost, test: (item) => !test(item) };
    }
    case 'compare':
      return leaves.compare(expression.field, expression.comparison);
    case 'exists':
      return leaves.exists(expression.field);
    case 'text':
      return leaves.text(expression.text);
  }
}
