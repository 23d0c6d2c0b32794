/** Where time is spent rather than waited for: the self time of each group, without the rest of statistics.ts. */
import type { TraceSet } from '../trace';
import { groupColumn, type Group, type GroupBy } from './group-column';

export interface SelfTime extends Group {
  readonly spanCount: number;
  /** Time that no child covers, ns. */
  readonly selfNs: number;
  /** Of the self time of all groups, in [0, 1]. */
  readonly share: number;
}

/** Self time of each group of the set's spans, most first. */
export function selfTimes(set: TraceSet, by: GroupBy): SelfTime[] {
  const { group, groups } = groupColumn(set, by);
  const { selfNs } = set.columns;
  const sums = new Float64Array(groups.length);
  const counts = new Uint32Array(groups.length);
  let totalNs = 0;
  for (let row = 0; row < group.length; row++) {
    sums[group[row]] += selfNs[row];
    counts[group[row]]++;
    totalNs += selfNs[row];
  }
  return groups
    .map((group, at) => ({ ...group, spanCount: counts[at], selfNs: sums[at], share: totalNs > 0 ? sums[at] / totalNs : 0 }))
    .filter(({ spanCount }) => spanCount > 0)
    .sort((a, b) => b.selfNs - a.selfNs || b.spanCount - a.spanCount);
}
