import fc from 'fast-check';
import { relativeLabel } from './draw-time-axis';
import { TimeMap } from './time-map';
import { timeTicks } from './time-scale';

const [MS, SECOND, MINUTE, HOUR] = [1e6, 1e9, 60e9, 3_600e9];

describe('relativeLabel', () => {
  it.each([
    [0, MS, '0'],
    [421 * MS + 4, 2, '421.000004 ms'],
    [421 * MS, 20 * MS, '421 ms'],
    [1200 * MS, 200 * MS, '1.2 s'],
    [2.5 * HOUR, 30 * MINUTE, '2.5 h'],
    [80 * MINUTE, 20 * MINUTE, '80 min'],
    [90 * SECOND, 30 * SECOND, '1.5 min'],
    [77.1 * SECOND, 100 * MS, '77.1 s'],
    [0.2, 0.2, '0.2 ns'],
  ])('%d ns, %d ns apart: %s', (timeNs, stepNs, text) => {
    expect(relativeLabel(timeNs, stepNs)).toBe(text);
  });

  it('tells any two ticks of a window apart', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 14 }), fc.integer({ min: 2, max: 12 }), (from, digits, count) => {
        const startNs = Math.floor(from * 10 * HOUR);
        const { ticks, stepNs } = timeTicks(new TimeMap(1e6 * HOUR, []), { startNs, endNs: startNs + 10 ** digits }, count);
        const labels = ticks.map((tick) => relativeLabel(tick, stepNs));
        expect(new Set(labels).size).toBe(labels.length);
      }),
      { seed: 5 }
    );
  });
});
