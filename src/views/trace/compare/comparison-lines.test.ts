import { alignTraces } from '../../../analysis/compare/trace-alignment';
import { traceSetOf } from '../../../analysis/testing/spans';
import { isDifferent, shownLines } from './comparison-lines';

const MS = 1e6;
const left = traceSetOf([
  { id: 1, name: 'root', startNs: 0, durationNs: 100 * MS },
  { id: 2, parent: 1, name: 'same', startNs: 0, durationNs: 10 * MS },
  { id: 3, parent: 1, name: 'slower', startNs: 10 * MS, durationNs: 10 * MS },
  { id: 4, parent: 3, name: 'gone', startNs: 12 * MS, durationNs: 2 * MS },
]);
const right = traceSetOf([
  { id: 1, name: 'root', startNs: 0, durationNs: 120 * MS },
  { id: 2, parent: 1, name: 'same', startNs: 0, durationNs: 10 * MS + 100 },
  { id: 3, parent: 1, name: 'slower', startNs: 10 * MS, durationNs: 30 * MS },
  { id: 5, parent: 1, name: 'new', startNs: 50 * MS, durationNs: 1 * MS, status: 'error' },
]);
const alignment = alignTraces(left, 0, right, 0);
const nameOf = (line: number) => (alignment.leftRow[line] >= 0 ? left.operation(alignment.leftRow[line]) : right.operation(alignment.rightRow[line]));
const shown = (choice: Partial<Parameters<typeof shownLines>[1]>) => [...shownLines(alignment, { collapsed: new Set(), onlyDifferences: false, isRanked: false, ...choice })].map(nameOf);

describe('lines of a comparison', () => {
  it('are all lines in the order of the calls', () => {
    expect(shown({}).toSorted()).toEqual(['gone', 'new', 'root', 'same', 'slower']);
    expect(shown({})[0]).toBe('root');
  });

  it('leave out what is alike, but for the calls that led to differences', () => {
    expect(shown({ onlyDifferences: true }).toSorted()).toEqual(['gone', 'new', 'root', 'slower']);
    const same = Array.from({ length: alignment.lineCount }, (_, line) => line).find((line) => nameOf(line) === 'same')!;
    expect(isDifferent(alignment, same)).toBe(false);
  });

  it('are ranked by what they contribute', () => {
    expect(shown({ isRanked: true, onlyDifferences: true })).toEqual(['slower', 'gone', 'new']);
    expect(shown({ isRanked: true })[0]).toBe('slower');
  });

  it('hide what is below a collapsed line', () => {
    expect(shown({ collapsed: new Set([0]) })).toEqual(['root']);
  });
});
