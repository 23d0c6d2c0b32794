import type { CallStatistics } from '../../analysis/call-statistics';
import type { ServiceGraph } from '../../analysis/service-graph';
import type { MapFigures, MapModel } from './map-model';

/** A service graph computed from traces, as the map draws it. */
export function mapModelOfGraph({ nodes, edges }: ServiceGraph): MapModel {
  return {
    nodes: nodes.map(({ id, name, kind, calls }) => ({ id, name, kind, ...figuresOf(calls) })),
    edges: edges.map(({ id, source, target, calls }) => ({ id, source, target, ...figuresOf(calls) })),
  };
}

const figuresOf = ({ count, errorCount, p50Ns, p95Ns, p99Ns, exemplars }: CallStatistics): MapFigures => ({
  count,
  errorCount,
  // Who is never called (the user, say) has no durations.
  ...(count > 0 ? { p50Ns, p95Ns, p99Ns } : {}),
  exemplarTraceIds: [...new Set(exemplars.map(({ traceId }) => traceId))],
});
