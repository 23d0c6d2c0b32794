import { CallCounter } from '../analysis/call-statistics';
import { comparedMap, earlierRange } from './compared-map';
import type { ServiceMap } from './service-map';

const RANGE = { fromMs: 1_000_000_000, toMs: 1_000_060_000 };

function mapOf(counts: Readonly<Record<string, number>>): ServiceMap {
  const calls = (count: number) => {
    const counter = new CallCounter();
    Array.from({ length: count }, () => counter.durations.add(1e6));
    return counter.statistics();
  };
  const names = Object.keys(counts);
  return {
    graph: {
      nodes: names.map((id) => ({ id, name: id, kind: 'service', instrumented: true, calls: calls(counts[id]) })),
      edges: names.slice(1).map((target) => ({
        id: `web→${target}`, source: 'web', target, kind: 'call', provenance: 'both', calls: calls(counts[target]), caller: undefined, gapMeanNs: undefined, selfCall: false,
      })),
      traceCount: 1,
      spanCount: 1,
    },
    windowS: 60,
    notes: ['1 trace'],
  };
}

describe('comparedMap', () => {
  it('asks for the earlier window', () => {
    expect(earlierRange(RANGE, 'previous')).toEqual({ fromMs: 999_940_000, toMs: 1_000_000_000 });
    expect(earlierRange(RANGE, 'week').toMs).toBe(RANGE.toMs - 7 * 86_400_000);
  });

  it('keeps what is gone on the map, and marks what changed', async () => {
    const { graph, nodeDetails, edgeDetails, notes } = await comparedMap(
      async ({ fromMs }) => (fromMs === RANGE.fromMs ? mapOf({ web: 100, fresh: 100, same: 50 }) : mapOf({ web: 100, old: 100, same: 50 })),
      RANGE,
      'previous'
    );
    expect(graph.nodes.map(({ id, calls }) => [id, calls.count, nodeDetails?.get(id)?.change])).toEqual([
      ['web', 100, undefined], ['fresh', 100, 'new'], ['same', 50, undefined], ['old', 0, 'gone'],
    ]);
    expect(graph.edges.map(({ id }) => [id, edgeDetails?.get(id)?.change])).toEqual([['web→fresh', 'new'], ['web→same', undefined], ['web→old', 'gone']]);
    expect(edgeDetails?.get('web→same')?.baselineP95Ns).toBeCloseTo(1e6, -5);
    expect(notes.at(-1)).toBe('against the window before: 1 trace; 4 differences beyond chance');
  });

  it('marks nothing where the earlier window is empty', async () => {
    const { nodeDetails, edgeDetails, notes } = await comparedMap(async ({ fromMs }) => mapOf(fromMs === RANGE.fromMs ? { web: 100, api: 100 } : {}), RANGE, 'day');
    expect([...(nodeDetails?.values() ?? []), ...(edgeDetails?.values() ?? [])].filter(({ change }) => change)).toEqual([]);
    expect(notes.at(-1)).toBe('against a day earlier: nothing was recorded then, so nothing is compared');
  });
});
