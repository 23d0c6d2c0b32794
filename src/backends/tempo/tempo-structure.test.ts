import { decodeTempoSearch } from '../../formats';
import { tracesToFetchWhole } from './tempo-structure';

type Numbers = readonly [left: number, right: number, parent: number];

const text = (key: string, value: string) => ({ key, value: { stringValue: value } });
const int = (key: string, value: number) => ({ key, value: { intValue: String(value) } });

function span([left, right, parent]: Numbers, at: number, attributes: readonly unknown[] = [text('kind', 'server')]) {
  return {
    spanID: (at + 1).toString(16), startTimeUnixNano: '1795334400000000000', durationNanos: '5',
    attributes: [int('nestedSetLeft', left), int('nestedSetRight', right), int('nestedSetParent', parent), ...attributes],
  };
}

const isFetched = (spans: readonly unknown[], matched = spans.length): boolean =>
  tracesToFetchWhole(decodeTempoSearch(JSON.stringify({ traces: [{ traceID: 'a', spanSets: [{ matched, spans }] }] }))).length === 1;

describe('tracesToFetchWhole', () => {
  it.each<[string, boolean, readonly Numbers[]]>([
    ['one root', false, [[1, 4, -1], [2, 3, 1]]],
    ['two roots of one walk', false, [[1, 4, -1], [2, 3, 1], [5, 6, -1]]],
    ['two roots that were numbered apart', true, [[1, 4, -1], [2, 3, 1], [1, 2, -1]]],
    ['a span that is not numbered, as its parent is not there', true, [[1, 2, -1], [0, 0, 0]]],
    ['two roots where the numbers show that a span is missing', true, [[1, 4, -1], [5, 6, -1]]],
  ])('%s: %s', (_, isWanted, numbers) => {
    expect(isFetched(numbers.map((each, at) => span(each, at)))).toBe(isWanted);
  });

  it('a trace of which the answer holds a part', () => {
    expect(isFetched([span([1, 4, -1], 0)], 2)).toBe(true);
  });

  it('a trace that a message started, unless the answer says what it is linked to', () => {
    const consumer = (...link: readonly unknown[]) => [span([1, 2, -1], 0, [text('kind', 'consumer'), ...link])];
    expect(isFetched(consumer())).toBe(true);
    expect(isFetched(consumer(text('link:traceID', 'ab'), text('link:spanID', 'cd')))).toBe(false);
    expect(isFetched(consumer(text('link:traceID', ''), text('link:spanID', '0000000000000000')))).toBe(false);
  });
});
