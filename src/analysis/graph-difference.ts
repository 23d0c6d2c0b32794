/** What became of the services and connections of a graph since an earlier one, as far as that is more than chance. */
import { adjusted, shareSignificance } from './compare/significance';
import type { CallStatistics } from './call-statistics';
import { DurationSketch } from './duration-sketch';
import type { ServiceGraph } from './service-graph';

export type GraphChange = 'new' | 'gone' | 'slower' | 'faster' | 'more-errors' | 'fewer-errors';

/** A graph with the length of the time that its counts come from. */
export interface TimedGraph {
  readonly graph: ServiceGraph;
  readonly windowS: number;
}

export interface GraphDifference {
  /** By id of a node or edge; what did not change beyond chance is not here. */
  readonly changes: ReadonlyMap<string, GraphChange>;
  /** The earlier figures, by id. */
  readonly earlier: ReadonlyMap<string, CallStatistics>;
}

/** The chance that one refresh of a map shows any difference where there is none. */
const MOST_CHANCE = 0.01;
/** A smaller change of a duration is nobody's business, however sure. */
const LEAST_SLOWDOWN = 1.1;
/** Of the earlier durations: the usual call, and the slow one. */
const QUANTILES = [0.5, 0.95];

/** Nodes and edges are compared by id. Of several changes the worst is told: failures before durations, worse before better. */
export function graphDifference(before: TimedGraph, after: TimedGraph): GraphDifference {
  const earlier = callsById(before.graph);
  const now = callsById(after.graph);
  const ids = new Set([...earlier.keys(), ...now.keys()]);
  const changes = new Map<string, GraphChange>();
  for (const id of ids) {
    const change = changeOf(earlier.get(id), now.get(id), before.windowS, after.windowS, ids.size);
    if (change) {
      changes.set(id, change);
    }
  }
  return { changes, earlier };
}

function callsById({ nodes, edges }: ServiceGraph): Map<string, CallStatistics> {
  return new Map([...nodes, ...edges].map(({ id, calls }) => [id, calls]));
}

function changeOf(before: CallStatistics | undefined, after: CallStatistics | undefined, beforeS: number, afterS: number, comparisons: number): GraphChange | undefined {
  const isSure = (p: number) => adjusted(p, comparisons) < MOST_CHANCE;
  if (before === undefined || after === undefined) {
    // Calls fall into the two windows by their lengths; all of them into one of the two?
    const [count, windowS] = before ? [before.count, beforeS] : [after?.count ?? 0, afterS];
    const isMoreThanChance = isSure((windowS / (beforeS + afterS)) ** count);
    return isMoreThanChance ? (before ? 'gone' : 'new') : undefined;
  }
  if (before.count === 0 || after.count === 0) {
    return undefined;
  }
  const errors = shareSignificance(before.errorCount, before.count, after.errorCount, after.count);
  const slowdown = isSure(errors.p) && errors.z > 0 ? 'more-errors' : durationChange(before, after, isSure);
  return slowdown ?? (isSure(errors.p) ? 'fewer-errors' : undefined);
}

/** Whether more calls than before are slower than the usual or the slow call was (a quantile test). */
function durationChange(before: CallStatistics, after: CallStatistics, isSure: (p: number) => boolean): 'slower' | 'faster' | undefined {
  if (!before.durations || !after.durations) {
    return undefined;
  }
  const [was, is] = [DurationSketch.ofData(before.durations), DurationSketch.ofData(after.durations)];
  const found = QUANTILES.map((q) => {
    const wasNs = was.quantile(q);
    const ratio = is.quantile(q) / wasNs;
    const slow = (sketch: DurationSketch, count: number) => Math.round((1 - sketch.shareUpTo(wasNs)) * count);
    const { z, p } = shareSignificance(slow(was, before.count), before.count, slow(is, after.count), after.count);
    if (!isSure(p)) {
      return undefined;
    }
    return z > 0 && ratio >= LEAST_SLOWDOWN ? 'slower' : z < 0 && ratio <= 1 / LEAST_SLOWDOWN ? 'faster' : undefined;
  });
  return found.find((change) => change === 'slower') ?? found.find((change) => change === 'faster');
}
