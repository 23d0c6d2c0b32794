/** The layered layout against Grafana's own, MSAGL, on the same random service graphs in the same process. */
import { layeredLayout, type GraphLayout } from '../src/drawing/graph/layered-layout';
import type { Topology } from '../src/drawing/graph/topology';
import { straightLineCrossings } from './map-crossings';
import { randomServiceGraph } from './map-graphs';
import { msaglLayout } from './map-msagl';
import { lazily, median, time, type Benchmark } from './measure';

const OUR_ROUNDS = 5;

interface Comparison {
  readonly timeRatio: number;
  readonly crossingRatio: number;
}

const comparisons = {
  'layout.200': lazily(() => compare(randomServiceGraph('tiers', 200, 600, 1))),
  'layout.1000': lazily(() => compare(randomServiceGraph('tiers', 1000, 4000, 1))),
};

export const benchmarks: readonly Benchmark[] = [
  { name: 'layout.200', what: 'layered layout, 200 nodes and 600 edges: time ÷ MSAGL', limit: { atMost: 0.25 }, run: () => comparisons['layout.200']().timeRatio },
  { name: 'layout.1000', what: '1,000 nodes and 4,000 edges', limit: { atMost: 0.1 }, run: () => comparisons['layout.1000']().timeRatio },
  { name: 'layout.200.crossings', what: 'straight-line edge crossings ÷ MSAGL', limit: { atMost: 1 }, run: () => comparisons['layout.200']().crossingRatio },
  { name: 'layout.1000.crossings', what: 'the same, 1,000 nodes', limit: { atMost: 1 }, run: () => comparisons['layout.1000']().crossingRatio },
];

/** MSAGL takes from half a second to minutes, so it runs once, after a small graph that warms it up. */
function compare(graph: Topology): Comparison {
  const warmUp = randomServiceGraph('tiers', 40, 80, 2);
  msaglLayout(warmUp);
  layeredLayout(graph);
  let [ours, theirs]: Array<GraphLayout | undefined> = [];
  const ourMs = median(Array.from({ length: OUR_ROUNDS }, () => time(() => (ours = layeredLayout(graph)))));
  const theirMs = time(() => (theirs = msaglLayout(graph)));
  if (!ours || !theirs) {
    throw new Error('expected both layouts to have run');
  }
  return { timeRatio: ourMs / theirMs, crossingRatio: straightLineCrossings(graph, ours) / straightLineCrossings(graph, theirs) };
}
