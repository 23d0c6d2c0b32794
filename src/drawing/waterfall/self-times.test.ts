import { Random } from '../../trace/testing/random';
import { eachSelfTime, selfTimesOf } from './self-times';

/** One span with children at random times, some beyond its end. */
function family(seed: number, childCount: number, lengthNs: number) {
  const random = new Random(seed);
  const starts = Array.from({ length: childCount }, () => random.below(lengthNs)).sort((a, b) => a - b);
  return {
    startNs: Float64Array.of(0, ...starts),
    durationNs: Float64Array.of(lengthNs, ...starts.map(() => random.below(6))),
    subtreeSize: Uint32Array.of(childCount + 1, ...starts.map(() => 1)),
  };
}

const isSelf = (columns: ReturnType<typeof family>, timeNs: number): boolean =>
  columns.startNs.every((start, row) => row === 0 || timeNs < start || timeNs >= start + columns.durationNs[row]);

it.each([0, 1, 40, 2_000])('the self time of a span with %d children is when none of them runs', (childCount) => {
  const lengthNs = 500;
  const columns = family(childCount, childCount, lengthNs);
  const times = Array.from(selfTimesOf(columns, 0));
  for (let ns = 0; ns < lengthNs; ns++) {
    const within = times.some((start, at) => at % 2 === 0 && ns >= start && ns < times[at + 1]);
    expect([ns, within]).toEqual([ns, isSelf(columns, ns)]);
  }
  expect(Array.from(selfTimesOf(columns, 0))).toEqual(times);
});

it('visits all that are as long as the resolution, and few that are shorter', () => {
  const columns = family(9, 50_000, 400_000);
  const times = Array.from(selfTimesOf(columns, 0));
  const [fromNs, toNs, resolutionNs] = [100_000, 300_000, 200];
  const visited: Array<readonly [number, number]> = [];
  eachSelfTime(columns, 0, fromNs, toNs, resolutionNs, (from, to) => visited.push([from, to]));
  const long = times.flatMap((start, at) => (at % 2 === 0 && times[at + 1] - start >= resolutionNs && times[at + 1] > fromNs && start < toNs ? [start] : []));
  expect(visited.filter(([from, to]) => to - from >= resolutionNs).map(([from]) => from)).toEqual(long);
  expect(visited.length).toBeLessThan(2 * ((toNs - fromNs) / resolutionNs) + 2);
  const exact: number[] = [];
  eachSelfTime(columns, 0, 0, 400_000, 0, (from, to) => exact.push(from, to));
  expect(exact).toEqual(times);
});
