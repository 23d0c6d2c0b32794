import fc from 'fast-check';
import { panWindow, timeOfX, timeTicks, xOfTime, zoomWindow } from './time-scale';
import { TimeMap } from './time-map';

const DURATION_NS = 5e9;
const PLAIN = new TimeMap(DURATION_NS, []);
const window = fc
  .tuple(fc.double({ min: 0, max: 0.9, noNaN: true }), fc.double({ min: 0.001, max: 0.1, noNaN: true }))
  .map(([start, length]) => ({ startNs: start * DURATION_NS, endNs: (start + length) * DURATION_NS }));

describe('time scale', () => {
  it('maps times to pixels and back', () => {
    fc.assert(
      fc.property(window, fc.double({ min: 0, max: 1000, noNaN: true }), (shown, xPx) => {
        expect(xOfTime(timeOfX(xPx, shown, 1000), shown, 1000)).toBeCloseTo(xPx, 3);
      }),
      { seed: 1 }
    );
  });

  it('zooms about the anchor and never leaves the trace', () => {
    fc.assert(
      fc.property(window, fc.double({ min: 0.1, max: 1e7, noNaN: true }), (shown, factor) => {
        const anchorNs = (shown.startNs + shown.endNs) / 2;
        const zoomed = zoomWindow(shown, factor, anchorNs, DURATION_NS);
        expect(zoomed.startNs).toBeGreaterThanOrEqual(0);
        expect(zoomed.endNs).toBeLessThanOrEqual(DURATION_NS * (1 + 1e-9));
        expect(zoomed.startNs).toBeLessThanOrEqual(anchorNs);
        expect(zoomed.endNs).toBeGreaterThanOrEqual(anchorNs);
      }),
      { seed: 2 }
    );
  });

  it('pans no further than the ends', () => {
    expect(panWindow({ startNs: 10, endNs: 20 }, -100, 1000)).toEqual({ startNs: 0, endNs: 10 });
    expect(panWindow({ startNs: 10, endNs: 20 }, 5000, 1000)).toEqual({ startNs: 990, endNs: 1000 });
  });

  it('gives round ticks inside the window, no more than asked for', () => {
    expect(timeTicks(PLAIN, { startNs: 0, endNs: 1000 }, 5).ticks).toEqual([0, 200, 400, 600, 800, 1000]);
    fc.assert(
      fc.property(window, fc.integer({ min: 1, max: 30 }), (shown, maxCount) => {
        const { ticks } = timeTicks(PLAIN, shown, maxCount);
        expect(ticks.length).toBeLessThanOrEqual(maxCount + 1);
        ticks.forEach((tick) => expect(tick).toBeGreaterThanOrEqual(shown.startNs - 1e-3));
      }),
      { seed: 3 }
    );
  });

  it.each([
    ['9 minutes', 9 * 60e9, 2 * 60e9],
    ['90 seconds', 90e9, 20e9],
    ['7 hours', 7 * 3600e9, 2 * 3600e9],
    ['3 days', 3 * 86_400e9, 12 * 3600e9],
    ['100 days', 100 * 86_400e9, 20 * 86_400e9],
  ])('counts %s as clocks do', (_, durationNs, stepNs) => {
    expect(timeTicks(new TimeMap(durationNs, []), { startNs: 0, endNs: durationNs }, 6).stepNs).toBe(stepNs);
  });

  it('gives no tick inside a gap, and few for an hour of idling', () => {
    const time = new TimeMap(3.6e12, [{ fromNs: 1e6, toNs: 3.6e12 - 1e6 }]);
    const { ticks } = timeTicks(time, { startNs: 0, endNs: time.shownDurationNs }, 10);
    expect(ticks.length).toBeLessThan(15);
    ticks.forEach((tick) => expect(tick <= 1e6 || tick >= 3.6e12 - 1e6).toBe(true));
  });
});
