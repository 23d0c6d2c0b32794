import fc from 'fast-check';
import type { TraceSet } from '../trace';
import { criticalPath } from './critical-path';
import { arbitraryTrace } from './testing/arbitrary-trace';
import { traceSetOf, type TestSpan } from './testing/spans';

type Segment = readonly [spanId: number, startNs: number, endNs: number];

function segmentsOf(set: TraceSet, trace = 0): Segment[] {
  const { rows, startNs, endNs } = criticalPath(set, trace);
  return [...rows].map((row, at) => [parseInt(set.spanId(row), 16), startNs[at], endNs[at]]);
}

/**
 * The definition, recursive and quadratic, over objects. Of children alike in time the last row counts as the last.
 * @param resolutionNs of the clock of all spans
 */
function oracle(spans: readonly TestSpan[], set: TraceSet, resolutionNs = 0): Segment[] {
  const segments: Segment[] = [];
  const rows = new Map(Array.from({ length: set.spanCount }, (_, row) => [parseInt(set.spanId(row), 16), row]));
  const visit = (span: TestSpan, lowNs: number, highNs: number) => {
    let cursorNs = highNs;
    const waiting = spans
      .filter((child) => child.parent === span.id && !(span.kind === 'producer' && child.kind === 'consumer'))
      .map((child) => ({ child, low: Math.max(lowNs, child.startNs!), high: Math.min(highNs, child.startNs! + child.durationNs!) }))
      .filter(({ low, high }) => low <= high);
    for (;;) {
      const before = waiting.filter(({ low, high }) => high <= cursorNs || (low < cursorNs && high <= cursorNs + resolutionNs));
      const latest = before.reduce<(typeof before)[number] | undefined>(
        (best, other) => (best && (best.high - other.high || best.low - other.low || rows.get(best.child.id)! - rows.get(other.child.id)!) > 0 ? best : other),
        undefined
      );
      if (latest === undefined) {
        break;
      }
      waiting.splice(waiting.indexOf(latest), 1);
      const high = Math.min(latest.high, cursorNs);
      segments.unshift([span.id, high, cursorNs]);
      visit(latest.child, latest.low, high);
      cursorNs = latest.low;
    }
    segments.unshift([span.id, lowNs, cursorNs]);
  };
  const [root] = spans;
  visit(root, root.startNs!, root.startNs! + root.durationNs!);
  const baseNs = Math.min(...spans.map(({ startNs }) => startNs!));
  return segments.filter(([, from, to]) => to > from).map(([id, from, to]) => [id, from - baseNs, to - baseNs]);
}

describe('criticalPath', () => {
  test('equals the recursive definition', () => {
    fc.assert(
      fc.property(arbitraryTrace(), (spans) => {
        const set = traceSetOf(spans);
        expect(segmentsOf(set)).toEqual(oracle(spans, set));
      }),
      { seed: 3, numRuns: 500 }
    );
  });

  test.each([1e6, 1e3])('times rounded to %i ns: neighbours that seem to overlap by one unit are back to back', (unitNs) => {
    fc.assert(
      fc.property(arbitraryTrace(), (spans) => {
        const rounded = spans.map((span) => ({ ...span, startNs: unitNs * span.startNs!, durationNs: unitNs * span.durationNs! }));
        const set = traceSetOf(rounded);
        expect(segmentsOf(set)).toEqual(oracle(rounded, set, unitNs));
      }),
      { seed: 5, numRuns: 200 }
    );
    const calls: TestSpan[] = [
      { id: 1, durationNs: 20 * unitNs },
      { id: 2, parent: 1, startNs: unitNs, durationNs: 9 * unitNs },
      { id: 3, parent: 1, startNs: 9 * unitNs, durationNs: 10 * unitNs },
    ];
    expect(segmentsOf(traceSetOf(calls)).map(([id, from, to]) => [id, from / unitNs, to / unitNs])).toEqual([[1, 0, 1], [2, 1, 9], [3, 9, 19], [1, 19, 20]]);
    // Finer clocks are believed.
    expect(segmentsOf(traceSetOf(calls.map((span) => (span.id === 2 ? { ...span, durationNs: span.durationNs! + 1 } : span)))).map(([id]) => id)).toEqual([1, 3, 1]);
  });

  test('covers the root exactly once', () => {
    fc.assert(
      fc.property(arbitraryTrace(), (spans) => {
        const segments = segmentsOf(traceSetOf(spans));
        expect(segments.reduce((sum, [, from, to]) => sum + to - from, 0)).toBe(spans[0].durationNs);
        segments.slice(1).forEach(([, from], at) => expect(from).toBe(segments[at][2]));
      }),
      { seed: 4, numRuns: 200 }
    );
  });

  test('back-to-back children are all on it', () => {
    const set = traceSetOf([
      { id: 1, startNs: 100, durationNs: 100 },
      { id: 2, parent: 1, startNs: 110, durationNs: 40 },
      { id: 3, parent: 1, startNs: 150, durationNs: 40 },
    ]);
    expect(segmentsOf(set)).toEqual([[1, 0, 10], [2, 10, 50], [3, 50, 90], [1, 90, 100]]);
  });

  test('asynchronous work does not block', () => {
    const root: TestSpan = { id: 1, durationNs: 100 };
    const consumer: TestSpan[] = [root, { id: 2, parent: 1, kind: 'producer', startNs: 10, durationNs: 60 }, { id: 3, parent: 2, kind: 'consumer', startNs: 20, durationNs: 50 }];
    expect(segmentsOf(traceSetOf(consumer))).toEqual([[1, 0, 10], [2, 10, 70], [1, 70, 100]]);
    const followsFrom: TestSpan[] = [root, { id: 2, parent: 1, startNs: 10, durationNs: 60, links: [{ trace: 1, id: 1 }] }];
    expect(segmentsOf(traceSetOf(followsFrom))).toEqual([[1, 0, 100]]);
    const linkedElsewhere: TestSpan[] = [root, { id: 2, parent: 1, startNs: 10, durationNs: 60, links: [{ trace: 2, id: 1 }] }];
    expect(segmentsOf(traceSetOf(linkedElsewhere))).toEqual([[1, 0, 10], [2, 10, 70], [1, 70, 100]]);
  });

  test('every root has its own', () => {
    const set = traceSetOf([
      { id: 1, startNs: 0, durationNs: 10 },
      { id: 2, startNs: 20, durationNs: 10 },
      { id: 3, parent: 9, startNs: 40, durationNs: 0 },
    ]);
    expect(segmentsOf(set)).toEqual([[1, 0, 10], [2, 20, 30]]);
  });

  test('100,000 deep, 50,000 wide, zero durations, cycles', () => {
    const deep = traceSetOf(Array.from({ length: 100_000 }, (_, at) => ({ id: at + 1, parent: at || undefined, startNs: at, durationNs: 200_000 - 2 * at })));
    expect(segmentsOf(deep)).toHaveLength(2 * 100_000 - 1);
    const wide = traceSetOf([
      { id: 1, durationNs: 50_000 },
      ...Array.from({ length: 50_000 }, (_, at) => ({ id: at + 2, parent: 1, startNs: at, durationNs: 1 })),
    ]);
    expect(segmentsOf(wide)).toHaveLength(50_000);
    expect(segmentsOf(traceSetOf([{ id: 1 }, { id: 2, parent: 1 }]))).toEqual([]);
    expect(segmentsOf(traceSetOf([{ id: 1, parent: 2, durationNs: 10 }, { id: 2, parent: 1, durationNs: 10 }]))).toHaveLength(1);
  });
});
