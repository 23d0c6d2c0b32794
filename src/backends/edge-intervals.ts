/** How far to trust the figures of a map's edges where they are estimates from a sample in slices. */
import type { CallStatistics } from '../analysis/call-statistics';
import { DurationSketch } from '../analysis/duration-sketch';
import type { Estimate } from '../analysis/estimate';
import { serviceGraph, type GraphNodes, type ServiceGraph } from '../analysis/service-graph';
import { pickTraces, type TraceSet } from '../trace';
import { clusterSampleOf, type Coverage } from './sampling/coverage';
import { startsIn } from './sampling/slice-answer';

export type Interval = Pick<Estimate, 'low' | 'high'>;

/** Between which values the true one of the window is expected in 95 of 100 samples. */
export interface EdgeIntervals {
  /** Of calls, scaled to the sample as the edge's own count is. */
  readonly countInterval?: Interval;
  /** Of the share of calls that failed. */
  readonly errorRatioInterval?: Interval;
  /** In ns; an end that the sample is too small for is 0 or Infinity. */
  readonly p50IntervalNs?: Interval;
  readonly p95IntervalNs?: Interval;
  readonly p99IntervalNs?: Interval;
}

/**
 * By edge id; empty where the figures are no estimates. The calls of a slice are those of the traces that start in it.
 *
 * @param nodes those of the graph
 */
export function edgeIntervals(graph: ServiceGraph, traces: TraceSet, coverage: Coverage, nodes: GraphNodes): ReadonlyMap<string, EdgeIntervals> {
  const sample = clusterSampleOf(coverage);
  if (!sample) {
    return new Map();
  }
  const all = Array.from({ length: traces.traceCount }, (_, trace) => trace);
  const slices = coverage.slices.map(({ range }) => callsByEdge(pickTraces(traces, all.filter((trace) => startsIn(range)(traces, trace))), nodes));
  return new Map(
    graph.edges.map(({ id, calls }): [string, EdgeIntervals] => {
      const parts = slices.map((slice) => slice.get(id));
      const counts = parts.map((part) => part?.count ?? 0);
      const countInterval = sample.count(counts, calls.count);
      if (!counts.some((count) => count > 0)) {
        return [id, { countInterval }];
      }
      const errors = parts.map((part) => part?.errorCount ?? 0);
      const sketches = parts.map((part) => part?.durations && DurationSketch.ofData(part.durations));
      const joint = sketches.reduce<DurationSketch>((sum, sketch) => (sketch ? sum.merge(sketch) : sum), new DurationSketch());
      const quantile = (q: number) => {
        const limitNs = joint.quantile(q);
        return sample.quantile((p) => joint.quantile(p), q, sketches.map((sketch) => (sketch ? Math.round(sketch.shareUpTo(limitNs) * sketch.count) : 0)), counts);
      };
      return [id, { countInterval, errorRatioInterval: sample.share(errors, counts), p50IntervalNs: quantile(0.5), p95IntervalNs: quantile(0.95), p99IntervalNs: quantile(0.99) }];
    })
  );
}

const callsByEdge = (traces: TraceSet, nodes: GraphNodes): ReadonlyMap<string, CallStatistics> => new Map(serviceGraph(traces, { nodes }).edges.map(({ id, calls }) => [id, calls]));
