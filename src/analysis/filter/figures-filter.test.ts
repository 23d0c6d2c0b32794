import { compileFiguresFilter, type FilteredFigures } from './figures-filter';

const items: FilteredFigures[] = [
  { name: 'api', kind: 'service', count: 200, errorCount: 5, p95Ns: 600e6, ratePerS: 2 },
  { name: 'redis', kind: 'database', count: 1000, errorCount: 0, p95Ns: 2e6 },
  { name: 'user', kind: 'user', count: 0, errorCount: 0 },
  { name: 'api→redis', source: 'api', target: 'redis', count: 10, errorCount: 10, p95Ns: 1e6 },
];

describe('figures filters', () => {
  test.each([
    ['errors > 1% and p95 > 500ms', ['api']],
    ['errors >= 0.025', ['api', 'api→redis']],
    ['kind = database or target = redis', ['redis', 'api→redis']],
    ['calls > 1k', []],
    ['calls >= 1k', ['redis']],
    ['not p95 < 1s', ['user']],
    ['rate > 1', ['api']],
    ['failed', ['api', 'api→redis']],
    ['"RED" and not source', ['redis']],
  ])('%s', (text, names) => {
    const compiled = compileFiguresFilter(text);
    expect(compiled.kind === 'filter' ? items.filter(compiled.test).map(({ name }) => name) : compiled).toEqual(names);
  });

  test('fields of spans are none of figures', () => {
    expect(compileFiguresFilter('duration > 1s')).toMatchObject({ kind: 'invalid', problem: { from: 0, to: 8, message: expect.stringContaining('p95') } });
  });
});
