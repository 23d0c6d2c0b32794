/** Columns that follow from others: one pass each, because parents precede children and siblings come in start order. */
import type { TraceColumns } from './columns';
import type { DepthFirst } from './span-tree';

type RowOrder = Pick<DepthFirst, 'order' | 'parent' | 'traceFirstRow'>;

/** Rows of each subtree, itself included; parents precede children, so one pass backwards is enough. */
export function subtreeSizes(parent: Int32Array): Uint32Array {
  const sizes = new Uint32Array(parent.length).fill(1);
  for (let row = parent.length - 1; row > 0; row--) {
    if (parent[row] >= 0) {
      sizes[parent[row]] += sizes[row];
    }
  }
  return sizes;
}

/** The times of each row, and of each trace its extent. */
type TimeColumns = Pick<TraceColumns, 'trace' | 'startNs' | 'durationNs' | 'selfNs' | 'traceDurationNs'>;

/**
 * Times in the order of rows, and what follows from them. Self time is the duration minus what the children cover: siblings come
 * in start order, so a cursor a parent finds the union of intervals. All in one loop, which is compiled once.
 * @param spans by arrival index, as `order` has them; starts from any base of their trace
 * @param leastNs the least start of each trace from that base
 */
export function timeColumns({ order, parent, traceFirstRow }: RowOrder, spans: Pick<TraceColumns, 'startNs' | 'durationNs'>, leastNs: Float64Array): TimeColumns {
  const { startNs: spanStartNs, durationNs: spanDurationNs } = spans;
  const trace = new Uint32Array(order.length);
  const startNs = new Float64Array(order.length);
  const durationNs = new Float64Array(order.length);
  const selfNs = new Float64Array(order.length);
  const coveredUntilNs = new Float64Array(order.length);
  const traceDurationNs = new Float64Array(leastNs.length);
  for (let at = 0; at < leastNs.length; at++) {
    const least = leastNs[at];
    const end = traceFirstRow[at + 1];
    let lastNs = 0;
    trace.fill(at, traceFirstRow[at], end);
    for (let row = traceFirstRow[at]; row < end; row++) {
      const span = order[row];
      const duration = spanDurationNs[span];
      const start = spanStartNs[span] - least;
      const endNs = start + duration;
      startNs[row] = start;
      durationNs[row] = duration;
      selfNs[row] = duration;
      coveredUntilNs[row] = start;
      lastNs = endNs > lastNs ? endNs : lastNs;
      const up = parent[row];
      if (up >= 0) {
        const covered = coveredUntilNs[up];
        const upEnd = startNs[up] + durationNs[up];
        const from = start < covered ? covered : start;
        const to = endNs > upEnd ? upEnd : endNs;
        if (to > from) {
          selfNs[up] -= to - from;
          coveredUntilNs[up] = to;
        }
      }
    }
    traceDurationNs[at] = lastNs;
  }
  return { trace, startNs, durationNs, selfNs, traceDurationNs };
}
