import { Random } from '../trace/testing/random';
import { CallCounter } from './call-statistics';
import { graphDifference } from './graph-difference';
import type { ServiceGraph } from './service-graph';

interface Traffic {
  readonly count: number;
  readonly errorRatio: number;
  readonly meanNs: number;
}

const TRAFFIC: Traffic = { count: 400, errorRatio: 0.02, meanNs: 50e6 };

/** Nodes n0, n1, … with exponential durations. */
function graphOf(traffic: readonly Traffic[], seed: number): ServiceGraph {
  const random = new Random(seed);
  const share = () => (random.below(1_000_000) + 0.5) / 1_000_000;
  const nodes = traffic.map(({ count, errorRatio, meanNs }, at) => {
    const calls = new CallCounter();
    for (let call = 0; call < count; call++) {
      calls.durations.add(Math.round(-Math.log(share()) * meanNs));
      calls.errorCount += share() < errorRatio ? 1 : 0;
    }
    return { id: `n${at}`, name: `n${at}`, kind: 'service' as const, instrumented: true, calls: calls.statistics() };
  });
  return { nodes: nodes.filter(({ calls }) => calls.count > 0), edges: [], traceCount: 1, spanCount: 1 };
}

const changesOf = (before: readonly Traffic[], after: readonly Traffic[], seed: number, beforeS = 60, afterS = 60) =>
  [...graphDifference({ graph: graphOf(before, seed), windowS: beforeS }, { graph: graphOf(after, seed + 5000), windowS: afterS }).changes];

describe('graphDifference', () => {
  it('says nothing where only chance differs, in 97 of 100 maps at least', () => {
    const same = Array.from({ length: 20 }, (_, at) => ({ ...TRAFFIC, count: 20 + 40 * at }));
    const alarmed = Array.from({ length: 100 }, (_, seed) => changesOf(same, same, seed)).filter((changes) => changes.length > 0);
    expect(alarmed.length).toBeLessThanOrEqual(3);
  });

  it.each(Array.from({ length: 10 }, (_, seed) => seed))('finds what differs, seed %i', (seed) => {
    const gone = { ...TRAFFIC, count: 0 };
    const before = [TRAFFIC, TRAFFIC, TRAFFIC, TRAFFIC, gone, TRAFFIC, { ...TRAFFIC, errorRatio: 0.3 }];
    const after = [TRAFFIC, { ...TRAFFIC, meanNs: 100e6 }, { ...TRAFFIC, meanNs: 25e6 }, { ...TRAFFIC, errorRatio: 0.2, meanNs: 100e6 }, TRAFFIC, gone, TRAFFIC];
    expect(new Map(changesOf(before, after, seed))).toEqual(
      new Map([['n1', 'slower'], ['n2', 'faster'], ['n3', 'more-errors'], ['n4', 'new'], ['n5', 'gone'], ['n6', 'fewer-errors']])
    );
  });

  it('does not call something new that a short look may have missed', () => {
    const few = [TRAFFIC, { ...TRAFFIC, count: 3 }];
    expect(changesOf([TRAFFIC, { ...TRAFFIC, count: 0 }], few, 1)).toEqual([]);
    // Twelve calls in an hour may all miss a second, not another hour.
    const some = [TRAFFIC, { ...TRAFFIC, count: 12 }];
    expect(changesOf([TRAFFIC, { ...TRAFFIC, count: 0 }], some, 1, 1, 3600)).toEqual([]);
    expect(changesOf([TRAFFIC, { ...TRAFFIC, count: 0 }], some, 1, 3600, 3600)).toEqual([['n1', 'new']]);
  });

  it('does not call a slowdown of some percent a change, however sure', () => {
    const many = { ...TRAFFIC, count: 50_000 };
    expect(changesOf([many], [{ ...many, meanNs: 53e6 }], 3)).toEqual([]);
  });

  it('keeps the earlier figures', () => {
    const before = graphOf([TRAFFIC], 1);
    expect(graphDifference({ graph: before, windowS: 60 }, { graph: graphOf([], 2), windowS: 60 }).earlier.get('n0')).toBe(before.nodes[0].calls);
  });
});
