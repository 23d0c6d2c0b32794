/** A service map against the same one of an earlier window. */
import { graphDifference } from '../analysis/graph-difference';
import type { CallStatistics } from '../analysis/call-statistics';
import type { ServiceGraph } from '../analysis/service-graph';
import type { TimeRangeMs } from './backend';
import type { EdgeDetail, NodeDetail } from './map-details';
import type { ServiceMap } from './service-map';

/** The window of the same length just before, or at the same time a day or a week earlier. */
export const EARLIER_WINDOWS = ['previous', 'day', 'week'] as const;
export type EarlierWindow = (typeof EARLIER_WINDOWS)[number];

const DAY_MS = 86_400_000;
const NAMES: Readonly<Record<EarlierWindow, string>> = { previous: 'the window before', day: 'a day earlier', week: 'a week earlier' };

/** A window of the same length, earlier. */
export function earlierRange({ fromMs, toMs }: TimeRangeMs, window: EarlierWindow): TimeRangeMs {
  const byMs = { previous: toMs - fromMs, day: DAY_MS, week: 7 * DAY_MS }[window];
  return { fromMs: fromMs - byMs, toMs: toMs - byMs };
}

/** @param load the map of a window; asked twice, at the same time */
export async function comparedMap(load: (range: TimeRangeMs) => Promise<ServiceMap>, range: TimeRangeMs, window: EarlierWindow): Promise<ServiceMap> {
  const [now, before] = await Promise.all([load(range), load(earlierRange(range, window))]);
  return withDifference(now, before, NAMES[window]);
}

/** The later map with what is gone still on it, changes marked where they are more than chance. */
function withDifference(now: ServiceMap, before: ServiceMap, beforeName: string): ServiceMap {
  if (before.graph.nodes.length === 0) {
    // Nothing was recorded then, or it expired: that everything be new would be a guess.
    return { ...now, notes: [...now.notes, `against ${beforeName}: nothing was recorded then, so nothing is compared`] };
  }
  const { changes, earlier } = graphDifference(before, now);
  const isGone = ({ id }: { readonly id: string }) => changes.get(id) === 'gone';
  const goneEdges = before.graph.edges.filter(isGone);
  // An edge that is gone needs its ends.
  const ends = new Set(goneEdges.flatMap(({ source, target }) => [source, target]));
  const present = new Set(now.graph.nodes.map(({ id }) => id));
  const goneNodes = before.graph.nodes.filter((node) => isGone(node) || (ends.has(node.id) && !present.has(node.id)));
  const graph: ServiceGraph = {
    ...now.graph,
    nodes: [...now.graph.nodes, ...goneNodes.map((node) => ({ ...node, calls: NO_CALLS }))],
    edges: [...now.graph.edges, ...goneEdges.map((edge) => ({ ...edge, calls: NO_CALLS, caller: undefined, gapMeanNs: undefined }))],
  };
  const nodeDetails = graph.nodes.map(({ id }): [string, NodeDetail] => [id, { ...(now.nodeDetails?.get(id) ?? before.nodeDetails?.get(id)), change: changes.get(id) }]);
  const edgeDetails = graph.edges.map(({ id }): [string, EdgeDetail] => [id, { ...now.edgeDetails?.get(id), change: changes.get(id), baselineP95Ns: earlier.get(id)?.p95Ns }]);
  return {
    ...now,
    graph,
    nodeDetails: new Map(nodeDetails),
    edgeDetails: new Map(edgeDetails),
    notes: [...now.notes, `against ${beforeName}: ${before.notes[0] ?? 'nothing'}; ${changes.size === 0 ? 'no difference' : `${changes.size} differences`} beyond chance`],
  };
}

const NO_CALLS: CallStatistics = { count: 0, errorCount: 0, meanNs: undefined, p50Ns: undefined, p95Ns: undefined, p99Ns: undefined, exemplars: [] };
