import { Random } from '../../trace/testing/random';
import { overviewOf } from './overview';
import { TimeMap } from './time-map';

describe('overviewOf', () => {
  it('counts in every cell the spans that touch it, as counting one by one does', () => {
    const random = new Random(7);
    const next = () => random.word() / 2 ** 32;
    const WIDTH = 40;
    const startNs = Float64Array.from({ length: 500 }, () => next() * 900);
    const durationNs = Float64Array.from({ length: 500 }, () => next() * 100);
    const rows = Uint32Array.from({ length: 500 }, (_, row) => row);
    const overview = overviewOf({ startNs, durationNs }, rows, new TimeMap(1000, []), WIDTH, 20, () => 0);
    const naive = new Uint32Array(WIDTH * 20);
    rows.forEach((row) => {
      const line = Math.floor((row * 20) / 500);
      for (let x = Math.floor((startNs[row] / 1000) * WIDTH); x <= Math.min(WIDTH - 1, Math.floor(((startNs[row] + durationNs[row]) / 1000) * WIDTH)); x++) {
        naive[line * WIDTH + x]++;
      }
    });
    expect([...overview.count]).toEqual([...naive]);
  });

  it('takes no time and no span for granted', () => {
    const none = new Float64Array(1);
    expect([...overviewOf({ startNs: none, durationNs: none }, Uint32Array.of(0), new TimeMap(0, []), 3, 10, () => 2).count]).toEqual([1, 0, 0]);
    expect(overviewOf({ startNs: none, durationNs: none }, new Uint32Array(0), new TimeMap(0, []), 3, 10, () => 2).height).toBe(1);
  });
});
