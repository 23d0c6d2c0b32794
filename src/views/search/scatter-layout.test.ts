import type { TraceSummary } from '../../backends/backend';
import type { TraceId } from '../../trace';
import { BOTTOM_PX, dotAt, LEFT_PX, scatterLayout } from './scatter-layout';

const trace = (startMs: number, durationNs: number, errorCount = 0): TraceSummary => ({
  traceId: `${startMs}` as TraceId, rootService: undefined, rootOperation: undefined, startUnixNs: BigInt(startMs) * 1_000_000n, durationNs, spanCount: undefined, errorCount,
});
const SIZE = { widthPx: 400, heightPx: 200 };

describe('scatterLayout', () => {
  it('puts later traces to the right and slower ones higher, all inside', () => {
    const { dots } = scatterLayout([trace(1000, 1e6), trace(2000, 1e9, 1), trace(1500, 0)], SIZE);
    expect(dots[0].xPx).toBe(LEFT_PX);
    expect(dots[0].xPx).toBeLessThan(dots[2].xPx);
    expect(dots[2].xPx).toBeLessThan(dots[1].xPx);
    expect(dots[1].yPx).toBeLessThan(dots[0].yPx);
    expect(dots[1].hasError).toBe(true);
    for (const { xPx, yPx } of dots) {
      expect(xPx).toBeGreaterThanOrEqual(LEFT_PX);
      expect(xPx).toBeLessThanOrEqual(SIZE.widthPx);
      expect(yPx).toBeGreaterThanOrEqual(0);
      expect(yPx).toBeLessThanOrEqual(SIZE.heightPx - BOTTOM_PX);
    }
  });

  it('has whole powers of ten as ticks', () => {
    expect(scatterLayout([trace(1, 2e6), trace(2, 3e8)], SIZE).ticks.map(({ durationNs }) => durationNs)).toEqual([1e6, 1e7, 1e8, 1e9]);
  });

  it('finds what is pointed at', () => {
    const layout = scatterLayout([trace(1000, 1e6), trace(2000, 1e9)], SIZE);
    expect(dotAt(layout, layout.dots[1].xPx + 3, layout.dots[1].yPx - 3)).toBe(1);
    expect(dotAt(layout, 200, 100)).toBeUndefined();
  });

  it('stands one trace and none', () => {
    expect(scatterLayout([trace(5, 1e6)], SIZE).dots).toHaveLength(1);
    expect(scatterLayout([], SIZE).dots).toEqual([]);
  });
});
