import fc from 'fast-check';
import { idleGaps } from './idle-gaps';

const DURATION_NS = 10_000;
const lists = fc.array(fc.tuple(fc.integer({ min: 0, max: DURATION_NS - 300 }), fc.integer({ min: 0, max: 300 })), { maxLength: 40 });

function naive(spans: ReadonlyArray<readonly [number, number]>) {
  const gaps: Array<{ fromNs: number; toNs: number }> = [];
  let untilNs = 0;
  for (const [start, duration] of [...spans].sort((a, b) => a[0] - b[0])) {
    if (start > untilNs) {
      gaps.push({ fromNs: untilNs, toNs: start });
    }
    untilNs = Math.max(untilNs, start + duration);
  }
  return untilNs < DURATION_NS ? [...gaps, { fromNs: untilNs, toNs: DURATION_NS }] : gaps;
}

describe('idleGaps', () => {
  it('finds every long gap and none that is not there, as sorting all spans does', () => {
    fc.assert(
      fc.property(lists, (spans) => {
        const columns = {
          startNs: Float64Array.from(spans, ([start]) => start),
          durationNs: Float64Array.from(spans, ([, duration]) => duration),
          subtreeSize: new Uint32Array(spans.length).fill(1),
          depth: new Uint32Array(spans.length),
        };
        const found = idleGaps(columns, 0, spans.length, DURATION_NS);
        const all = naive(spans);
        found.forEach((gap) => expect(all).toContainEqual(gap));
        all.filter(({ fromNs, toNs }) => toNs - fromNs > (2 * DURATION_NS) / 100).forEach((gap) => expect(found).toContainEqual(gap));
      }),
      { seed: 5, numRuns: 500 }
    );
  });

  it('takes a root for waiting while it has children, and every other span for work', () => {
    const root = { startNs: Float64Array.of(0, 0, 900), durationNs: Float64Array.of(1000, 100, 100), subtreeSize: Uint32Array.of(3, 1, 1), depth: Uint32Array.of(0, 1, 1) };
    expect(idleGaps(root, 0, 3, 1000)).toEqual([{ fromNs: 100, toNs: 900 }]);
    const call = { startNs: Float64Array.of(0, 0, 900), durationNs: Float64Array.of(1000, 1000, 100), subtreeSize: Uint32Array.of(3, 2, 1), depth: Uint32Array.of(0, 1, 2) };
    expect(idleGaps(call, 0, 3, 1000)).toEqual([]);
  });
});
