import { traceSetOf, type TestSpan } from '../../analysis/testing/spans';
import { hintsOf, NO_HINTS } from './use-hints';

const SECOND = 1e9;
const root: TestSpan = { id: 1, durationNs: 100 * SECOND };
const calls = (count: number, everyNs: number): TestSpan[] =>
  Array.from({ length: count }, (_, at) => ({ id: at + 2, parent: 1, kind: 'client', name: 'GET', startNs: at * everyNs, durationNs: everyNs }));

describe('hintsOf', () => {
  it('counts the calls that folding would join, from a number that is a burden', () => {
    expect(hintsOf(traceSetOf([root, ...calls(50, 2 * SECOND)]), 0)).toEqual({ repeatedCount: 50, idleNs: 0 });
    expect(hintsOf(traceSetOf([root, ...calls(10, 10 * SECOND)]), 0)).toEqual(NO_HINTS);
  });

  it('tells the idle time of a trace that mostly waits', () => {
    const late: TestSpan = { id: 99, parent: 1, name: 'late', startNs: 95 * SECOND, durationNs: 5 * SECOND };
    const short: TestSpan = { id: 1, durationNs: 5 * SECOND };
    expect(hintsOf(traceSetOf([short, late]), 0)).toEqual({ repeatedCount: 0, idleNs: 90 * SECOND });
    expect(hintsOf(traceSetOf([short, ...calls(1, 60 * SECOND), late]), 0)).toEqual(NO_HINTS);
    expect(hintsOf(traceSetOf([root, late]), 0)).toEqual(NO_HINTS);
  });

  it('has none for a moment without spans below it', () => {
    expect(hintsOf(traceSetOf([{ id: 1, durationNs: 0 }]), 0)).toEqual(NO_HINTS);
  });
});
