import type { CallStatistics } from '../../analysis/call-statistics';
import type { ServiceGraph } from '../../analysis/service-graph';
import type { MapExemplar, MapFigures, MapModel } from './map-model';

/** A service graph computed from traces, as the map draws it. */
export function mapModelOfGraph({ nodes, edges }: ServiceGraph): MapModel {
  return {
    nodes: nodes.map(({ id, name, operation, kind, calls }) => ({ id, kind, ...(operation === undefined ? { name } : { name: operation, service: name }), ...figuresOf(calls) })),
    edges: edges.map(({ id, source, target, provenance, gapMeanNs, calls }) => ({ id, source, target, provenance, gapMeanNs, ...figuresOf(calls) })),
  };
}

export const figuresOf = ({ count, errorCount, p50Ns, p95Ns, p99Ns, durations, exemplars }: CallStatistics): MapFigures => ({
  count,
  errorCount,
  // Who is never called (the user, say) has no durations.
  ...(count > 0 ? { p50Ns, p95Ns, p99Ns, durations } : {}),
  exemplars: onePerTrace(exemplars.map(({ traceId, durationNs, error }) => ({ traceId, durationNs, isFailed: error }))),
});

/** The first of each trace: calls come worst first. */
function onePerTrace(exemplars: readonly MapExemplar[]): MapExemplar[] {
  const seen = new Set<string>();
  return exemplars.filter(({ traceId }) => !seen.has(traceId) && seen.add(traceId));
}
