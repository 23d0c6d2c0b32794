/** Figures of the spans of each group: a service, an operation, or a value of any attribute. */
import { StatusCode, type TraceSet } from '../trace';
import { DurationSketch } from './duration-sketch';
import { groupColumn, type Group, type GroupBy } from './group-column';

export interface GroupStatistics extends Group {
  readonly count: number;
  readonly errorCount: number;
  /** Sum of durations; spans inside another one of their group are not counted twice. */
  readonly totalNs: number;
  /** Time that no child covers, summed. */
  readonly selfNs: number;
  /** Of the self time of all groups, in [0, 1]. */
  readonly selfShare: number;
  /** Of all durations, nested or not. Percentiles are within 1 %. */
  readonly meanNs: number;
  readonly p50Ns: number;
  readonly p95Ns: number;
  readonly p99Ns: number;
  readonly minNs: number;
  readonly maxNs: number;
}

export interface RowRange {
  readonly from: number;
  readonly to: number;
  /** Only rows that are 1 here count; all without it. */
  readonly marks?: Uint8Array;
}

/** Statistics of each group, most self time first, of all rows or of those in [from, to). */
export function spanStatistics(set: TraceSet, by: GroupBy, { from, to, marks }: RowRange = { from: 0, to: set.spanCount }): GroupStatistics[] {
  const { durationNs, selfNs, status, subtreeSize } = set.columns;
  const { group, groups } = groupColumn(set, by);
  const errorCounts = new Float64Array(groups.length);
  /** Where the durations of each group end among all, when they are put in order of groups; first how many there are. */
  const end = new Uint32Array(groups.length);
  const totalNs = new Float64Array(groups.length);
  const selfSums = new Float64Array(groups.length);
  /** Where the subtree of the last outermost span of a group ends: rows before it are nested. */
  const outermostEnd = new Uint32Array(groups.length);
  for (let row = from; row < to; row++) {
    if (marks !== undefined && marks[row] === 0) {
      continue;
    }
    const at = group[row];
    end[at]++;
    selfSums[at] += selfNs[row];
    if (status[row] === StatusCode.error) {
      errorCounts[at]++;
    }
    if (row >= outermostEnd[at]) {
      totalNs[at] += durationNs[row];
      outermostEnd[at] = row + subtreeSize[row];
    }
  }
  const allSelfNs = selfSums.reduce((sum, ns) => sum + ns, 0);
  for (let at = 1; at < end.length; at++) {
    end[at] += end[at - 1];
  }
  const sorted = durationsByGroup(durationNs, group, end.slice(), { from, to, marks });
  const sketch = new DurationSketch();
  return groups
    .map((group, at): GroupStatistics => {
      sketch.clear().addAll(sorted, at === 0 ? 0 : end[at - 1], end[at]);
      return {
        // Named one by one: a spread before them is many times as slow, and there may be a group a span.
        name: group.name,
        service: group.service,
        count: sketch.count,
        errorCount: errorCounts[at],
        totalNs: totalNs[at],
        selfNs: selfSums[at],
        selfShare: allSelfNs > 0 ? selfSums[at] / allSelfNs : 0,
        meanNs: sketch.meanNs,
        p50Ns: sketch.quantile(0.5),
        p95Ns: sketch.quantile(0.95),
        p99Ns: sketch.quantile(0.99),
        minNs: sketch.minNs,
        maxNs: sketch.maxNs,
      };
    })
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.selfNs - a.selfNs || b.totalNs - a.totalNs || b.count - a.count);
}

/** The durations of the chosen rows, sorted by group. @param end where those of each group end; moved to where they begin */
function durationsByGroup(durationNs: Float64Array, group: Uint32Array, end: Uint32Array, { from, to, marks }: RowRange): Float64Array {
  const sorted = new Float64Array(end.at(-1) ?? 0);
  for (let row = to - 1; row >= from; row--) {
    if (marks === undefined || marks[row] === 1) {
      sorted[--end[group[row]]] = durationNs[row];
    }
  }
  return sorted;
}
