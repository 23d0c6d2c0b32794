/** The filter language over figures of calls: nodes and edges of a map, operations (`errors > 1% and p95 > 500ms`). */
import type { CallStatistics } from '../call-statistics';
import { compileFilter } from './compile';
import type { FieldInfo, FilterProblem, Vocabulary } from './expression';
import { parseFilter } from './parse';
import { numberTest, textTest } from './value-tests';

/** What a filter of figures is asked of. */
export interface FilteredFigures extends Partial<Pick<CallStatistics, 'count' | 'errorCount' | 'meanNs' | 'p50Ns' | 'p95Ns' | 'p99Ns'>> {
  readonly name: string;
  /** Of a node or an edge. */
  readonly kind?: string;
  /** Of an edge: the names of its ends. */
  readonly source?: string;
  readonly target?: string;
  readonly ratePerS?: number;
}

export type CompiledFiguresFilter =
  | { readonly kind: 'filter'; readonly test: (item: FilteredFigures) => boolean }
  | { readonly kind: 'empty' }
  | { readonly kind: 'invalid'; readonly problem: FilterProblem };

interface FigureField extends Omit<FieldInfo<never>, 'field'> {
  readonly of: (item: FilteredFigures) => string | number | undefined;
}

const FIELDS: Readonly<Record<string, FigureField>> = {
  name: { type: 'text', of: ({ name }) => name },
  kind: { type: 'text', of: ({ kind }) => kind },
  source: { type: 'text', of: ({ source }) => source },
  target: { type: 'text', of: ({ target }) => target },
  calls: { type: 'number', of: ({ count }) => count },
  rate: { type: 'number', of: ({ ratePerS }) => ratePerS },
  errors: { type: 'ratio', of: ({ count = 0, errorCount }) => (count > 0 && errorCount !== undefined ? errorCount / count : undefined) },
  failed: { type: 'number', of: ({ errorCount }) => errorCount },
  mean: { type: 'duration', of: ({ meanNs }) => meanNs },
  p50: { type: 'duration', of: ({ p50Ns }) => p50Ns },
  p95: { type: 'duration', of: ({ p95Ns }) => p95Ns },
  p99: { type: 'duration', of: ({ p99Ns }) => p99Ns },
};

export const FIGURES_VOCABULARY: Vocabulary<FigureField> = {
  names: Object.keys(FIELDS),
  lookup: (name) => (Object.hasOwn(FIELDS, name) ? { field: FIELDS[name], ...FIELDS[name] } : undefined),
};

/** Compiles a filter of figures; a bare text looks for it in the name. What is unknown of an item matches nothing. */
export function compileFiguresFilter(text: string): CompiledFiguresFilter {
  const parsed = parseFilter(text, FIGURES_VOCABULARY);
  if (parsed.kind !== 'filter') {
    return parsed;
  }
  const { test } = compileFilter<FigureField, FilteredFigures>(parsed.expression, {
    compare({ of }, comparison) {
      const ofNumber = numberTest(comparison);
      const ofText = textTest(comparison);
      return {
        cost: 1,
        test: (item) => {
          const value = of(item);
          return typeof value === 'number' ? ofNumber(value) : value !== undefined && ofText(value);
        },
      };
    },
    exists: ({ of }) => ({ cost: 1, test: (item) => Boolean(of(item)) }),
    text: (wanted) => ({ cost: 1, test: ({ name }) => name.toLowerCase().includes(wanted.toLowerCase()) }),
  });
  return { kind: 'filter', test };
}
