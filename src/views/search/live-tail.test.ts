import type { TraceSummary } from '../../backends/backend';
import type { TraceId } from '../../trace';
import { mergeNewest, nextLookFromMs, OVERLAP_MS } from './live-tail';

const trace = (id: string, startMs: number, spanCount = 1): TraceSummary => ({
  traceId: id.padStart(32, '0') as TraceId, rootService: 'a', rootOperation: 'b', startUnixNs: BigInt(startMs) * 1_000_000n, durationNs: 1, spanCount, errorCount: 0,
});

describe('a live list', () => {
  it('has each trace once, as it was seen last, newest first', () => {
    const merged = mergeNewest([trace('2', 20), trace('1', 10)], [trace('3', 30), trace('1', 10, 5)]);
    expect(merged.map(({ traceId, spanCount }) => [traceId.at(-1), spanCount])).toEqual([['3', 1], ['2', 1], ['1', 5]]);
  });

  it('keeps the newest', () => {
    expect(mergeNewest([trace('1', 10), trace('2', 20)], [trace('3', 30)], 2).map(({ traceId }) => traceId.at(-1))).toEqual(['3', '2']);
  });

  it('looks again at what may have been arriving', () => {
    expect(nextLookFromMs([], 5)).toBe(5);
    expect(nextLookFromMs([trace('1', 1_000_000)], 5)).toBe(1_000_000 - OVERLAP_MS);
    expect(nextLookFromMs([trace('1', 1_000_000)], 990_000)).toBe(990_000);
  });
});
