import { completions } from './completion';
import { compileFiguresFilter, FIGURES_VOCABULARY } from './figures-filter';

const VALUES: Readonly<Record<string, readonly string[]>> = { name: ['api', 'api gateway', 'say "hi"', 'web'] };
const complete = (text: string, caret = text.length) => completions(text, caret, FIGURES_VOCABULARY, (field) => VALUES[field] ?? []);
const texts = (text: string) => complete(text).map((completion) => completion.text);
const accepted = (text: string, at: number) => {
  const { text: put, from, to } = complete(text)[at];
  return text.slice(0, from) + put + text.slice(to);
};

describe('completions', () => {
  it('offers fields where a condition starts', () => {
    expect(texts('')).toEqual([...FIGURES_VOCABULARY.names, 'not']);
    expect(texts('err')).toEqual(['errors']);
    expect(texts('errors > 1% and p')).toEqual(['p50', 'p95', 'p99']);
    expect(texts('not (p9')).toEqual(['p95', 'p99']);
  });

  it('offers operators of the field’s type', () => {
    expect(texts('errors ')).toEqual(['>', '>=', '<', '<=', '=', '!=']);
    expect(texts('name ')).toContain('=~');
    expect(texts('errors >')).toEqual(['>', '>=']);
  });

  it('offers known values, quoted where they must be, else examples', () => {
    expect(texts('name = ')).toEqual(['api', '"api gateway"', '"say \\"hi\\""', 'web']);
    expect(texts('name = ga')).toEqual(['"api gateway"']);
    expect(texts('p95 > ')).toContain('500ms');
    expect(texts('name in (web, a')).toEqual(['api', '"api gateway"', '"say \\"hi\\""']);
    expect(texts('name in (web, api) ')).toEqual(['and', 'or']);
  });

  it('offers and, or behind a condition', () => expect(texts('name = web ')).toEqual(['and', 'or']));

  it('replaces the word at the caret, an unclosed quote with it', () => {
    expect(accepted('errors > 1% and na', 0)).toBe('errors > 1% and name');
    expect(accepted('name = "api ga', 0)).toBe('name = "api gateway"');
    expect(complete('na and x', 2)[0]).toMatchObject({ text: 'name', from: 0, to: 2 });
  });

  it('offers values the filter reads back as they are', () => {
    for (const [at, name] of VALUES.name.entries()) {
      const filter = compileFiguresFilter(accepted('name = ', at));
      expect(filter.kind === 'filter' && VALUES.name.filter((other) => filter.test({ name: other, count: 1, errorCount: 0 }))).toEqual([name]);
    }
  });
});
