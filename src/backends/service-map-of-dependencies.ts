/** The service map that a backend keeps itself: counts of calls, from all its traces. */
import { kindOfName } from '../analysis/kind-of-name';
import type { CallStatistics } from '../analysis/call-statistics';
import type { ServiceEdge, ServiceGraph, ServiceNode } from '../analysis/service-graph';
import type { Backend, Dependency, RequestOptions, TimeRangeMs } from './backend';
import { BackendError } from './http/http-client';
import type { ServiceMap } from './service-map';

/** @throws BackendError of kind `unsupported` where the backend keeps no dependencies */
export async function serviceMapOfDependencies(backend: Backend, range: TimeRangeMs, options: RequestOptions = {}): Promise<ServiceMap> {
  const { api, dependencies } = await backend.capabilities(options);
  if (!dependencies.isAvailable || !backend.dependencies) {
    throw new BackendError('unsupported', dependencies.isAvailable ? `${api} gives no dependencies` : dependencies.reason);
  }
  const links = await backend.dependencies(range, options);
  const knowsErrors = links.some(({ errorCount }) => errorCount !== undefined);
  return {
    graph: graphOfDependencies(links),
    windowS: Math.max(1, (range.toMs - range.fromMs) / 1000),
    notes: [
      `the dependencies that ${api} keeps: counts of calls without durations${knowsErrors ? '' : ' or errors'}`,
      'they may be of whole days rather than of this range: take rates with care',
    ],
  };
}

/** A graph of what is known then: who called whom, how often, and how many failed where that is told. */
export function graphOfDependencies(links: readonly Dependency[]): ServiceGraph {
  const names = [...new Set(links.flatMap(({ parent, child }) => [parent, child]))].sort();
  const sum = (chosen: readonly Dependency[]): CallStatistics =>
    counts(chosen.reduce((total, { callCount }) => total + callCount, 0), chosen.reduce((total, { errorCount = 0 }) => total + errorCount, 0));
  const edges = new Map<string, Dependency[]>();
  for (const link of links) {
    const id = `${link.parent}→${link.child}/call`;
    edges.set(id, [...(edges.get(id) ?? []), link]);
  }
  const callers = new Set(links.map(({ parent }) => parent));
  // A list of names says of none what it is; what calls others is no database.
  const kindOf = (name: string) => (callers.has(name) ? undefined : kindOfName(name)) ?? 'service';
  return {
    nodes: names.map((name): ServiceNode => ({ id: name, name, kind: kindOf(name), instrumented: kindOf(name) === 'service', calls: sum(links.filter(({ child }) => child === name)) })),
    edges: [...edges].sort(([a], [b]) => (a < b ? -1 : 1)).map(([id, same]): ServiceEdge => {
      const { parent, child } = same[0];
      return { id, source: parent, target: child, kind: 'call', provenance: 'both', calls: sum(same), caller: undefined, gapMeanNs: undefined, selfCall: parent === child };
    }),
    traceCount: 0,
    spanCount: 0,
  };
}

const counts = (count: number, errorCount: number): CallStatistics => ({
  count,
  errorCount,
  meanNs: undefined,
  p50Ns: undefined,
  p95Ns: undefined,
  p99Ns: undefined,
  exemplars: [],
});
