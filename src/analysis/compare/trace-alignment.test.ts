import fc from 'fast-check';
import type { TraceSet } from '../../trace';
import { arbitraryTrace } from '../testing/arbitrary-trace';
import { traceSetOf, type TestSpan } from '../testing/spans';
import { alignTraces, NO_ROW, type TraceAlignment } from './trace-alignment';

const align = (left: TraceSet, right: TraceSet) => alignTraces(left, 0, right, 0);

/** The pairs of an alignment, in order, with the depth of their lines. */
function linesOf({ left, right, leftRow, rightRow, depth }: TraceAlignment): string[] {
  const name = (set: TraceSet, row: number) => (row === NO_ROW ? '-' : `${set.operation(row)}#${set.spanId(row).slice(-2)}`);
  return Array.from(depth, (level, line) => `${' '.repeat(level)}${name(left, leftRow[line])} ${name(right, rightRow[line])}`);
}

/** The rule on objects, by recursion and search: which rows of the right the rows of the left correspond to. */
function oracle(left: TraceSet, right: TraceSet): Map<number, number> {
  const partner = new Map<number, number>();
  const children = (set: TraceSet, up: number) => Array.from(set.columns.parent.keys()).filter((row) => set.columns.parent[row] === up);
  const step = (set: TraceSet, row: number) => `${set.service(row)}:${set.operation(row)}`;
  const shape = (set: TraceSet, row: number): string => `${step(set, row)}(${children(set, row).map((child) => shape(set, child)).sort().join()})`;
  const visit = (leftUp: number, rightUp: number) => {
    let [ours, theirs] = [children(left, leftUp), children(right, rightUp)];
    const pair = (a: number, b: number) => {
      partner.set(a, b);
      ours = ours.filter((row) => row !== a);
      theirs = theirs.filter((row) => row !== b);
      visit(a, b);
    };
    while (ours.length > 0 && theirs.length > 0 && shape(left, ours[0]) === shape(right, theirs[0])) {
      pair(ours[0], theirs[0]);
    }
    while (ours.length > 0 && theirs.length > 0 && shape(left, ours.at(-1)!) === shape(right, theirs.at(-1)!)) {
      pair(ours.at(-1)!, theirs.at(-1)!);
    }
    for (const key of [shape, step, ...(leftUp < 0 ? [() => ''] : [])]) {
      for (const row of [...ours]) {
        const found = theirs.find((other) => key(right, other) === key(left, row));
        if (found !== undefined) {
          pair(row, found);
        }
      }
    }
  };
  visit(-1, -1);
  return partner;
}

describe('alignTraces', () => {
  test('pairs equal the rule applied to objects', () => {
    fc.assert(
      fc.property(arbitraryTrace(), arbitraryTrace(), (leftSpans, rightSpans) => {
        const [left, right] = [traceSetOf(leftSpans), traceSetOf(rightSpans)];
        const alignment = align(left, right);
        const pairs = Array.from({ length: alignment.lineCount }, (_, line) => line).filter((line) => alignment.side(line) === 'both');
        expect(new Map(pairs.map((line) => [alignment.leftRow[line], alignment.rightRow[line]]))).toEqual(oracle(left, right));
      }),
      { seed: 31, numRuns: 300 }
    );
  });

  test('every span of either side is on one line, below that of its parent', () => {
    fc.assert(
      fc.property(arbitraryTrace(), arbitraryTrace(), (leftSpans, rightSpans) => {
        const [left, right] = [traceSetOf(leftSpans), traceSetOf(rightSpans)];
        const { leftRow, rightRow, parent, depth, subtreeSize, lineCount } = align(left, right);
        for (const [set, rows] of [[left, leftRow], [right, rightRow]] as const) {
          const present = [...rows].filter((row) => row !== NO_ROW);
          expect(present.toSorted((a, b) => a - b)).toEqual([...set.columns.parent.keys()]);
          rows.forEach((row, line) => {
            if (row !== NO_ROW) {
              expect(parent[line] < 0 ? -1 : rows[parent[line]]).toBe(set.columns.parent[row]);
              expect(depth[line]).toBe(set.columns.depth[row]);
            }
          });
        }
        parent.forEach((up, line) => expect(up < line && line + subtreeSize[line] <= (up < 0 ? lineCount : up + subtreeSize[up])).toBe(true));
      }),
      { seed: 32, numRuns: 200 }
    );
  });

  test('a trace and itself: all pairs, no difference', () => {
    fc.assert(
      fc.property(arbitraryTrace(), (spans) => {
        const set = traceSetOf(spans);
        const alignment = align(set, traceSetOf(spans));
        expect([...alignment.leftRow]).toEqual([...set.columns.parent.keys()]);
        expect(alignment.rightRow).toEqual(alignment.leftRow);
        alignment.parent.forEach((_, line) => expect([alignment.differenceNs(line), alignment.selfDifferenceNs(line)]).toEqual([0, 0]));
      }),
      { seed: 33, numRuns: 100 }
    );
  });

  const call = (id: number, startNs: number, rest: Partial<TestSpan> = {}): TestSpan => ({ id, parent: 1, name: 'SELECT', startNs, durationNs: 5, ...rest });
  const root: TestSpan = { id: 1, name: 'GET', durationNs: 100 };

  test('an additional call does not shift those that follow', () => {
    const left = traceSetOf([root, call(2, 0), call(3, 10, { name: 'auth' }), call(4, 20)]);
    const right = traceSetOf([root, call(9, 0, { name: 'cache' }), call(2, 5), call(3, 10, { name: 'auth' }), call(4, 20)]);
    expect(linesOf(align(left, right))).toEqual(['GET#01 GET#01', ' - cache#09', ' SELECT#02 SELECT#02', ' auth#03 auth#03', ' SELECT#04 SELECT#04']);
  });

  test('of several calls, that with the same work below', () => {
    const retried = [call(3, 10), call(30, 11, { parent: 3, name: 'retry' })];
    const left = traceSetOf([root, call(2, 0), ...retried, call(4, 20)]);
    const right = traceSetOf([root, ...retried.map((span) => ({ ...span, id: span.id + 4, parent: span.id === 3 ? 1 : 7, startNs: span.startNs! - 10 })), call(8, 20, { name: 'auth' })]);
    expect(linesOf(align(left, right))).toEqual(['GET#01 GET#01', ' SELECT#02 -', ' SELECT#03 SELECT#07', '  retry#1e retry#22', ' - auth#08', ' SELECT#04 -']);
  });

  test('differences and failures', () => {
    const left = traceSetOf([root, call(2, 0), call(3, 10, { name: 'auth', status: 'error' })]);
    const right = traceSetOf([{ ...root, name: 'GET v2', durationNs: 90 }, call(2, 0, { durationNs: 25, status: 'error' }), call(4, 30, { name: 'mail', status: 'error' })]);
    const alignment = align(left, right);
    const lines = Array.from({ length: alignment.lineCount }, (_, line) => [alignment.side(line), alignment.differenceNs(line), alignment.selfDifferenceNs(line), alignment.failure(line)]);
    expect(lines).toEqual([['both', -10, -30, 'none'], ['both', 20, 20, 'right'], ['right', undefined, undefined, 'right'], ['left', undefined, undefined, 'left']]);
  });

  test('100,000 deep and 50,000 wide', () => {
    const deep = traceSetOf(Array.from({ length: 100_000 }, (_, at) => ({ id: at + 1, parent: at || undefined })));
    expect(align(deep, deep).lineCount).toBe(100_000);
    const wide = (first: number) => traceSetOf(Array.from({ length: 50_001 }, (_, at) => ({ id: at + 1, parent: at ? 1 : undefined, name: `n${(first + at) % 50}`, startNs: at })));
    expect(align(wide(0), wide(7)).lineCount).toBe(50_001);
  });
});
