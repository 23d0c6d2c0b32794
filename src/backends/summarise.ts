import { NO_PARENT, StatusCode, type TraceSet } from '../trace';
import { byNewest, type TraceSummary } from './backend';

/** The list of the traces in a set, for backends whose search answers with whole traces. Newest first. */
export function summariesOf(set: TraceSet): TraceSummary[] {
  return Array.from({ length: set.traceCount }, (_, trace) => summaryOf(set, trace)).sort(byNewest);
}

function summaryOf(set: TraceSet, trace: number): TraceSummary {
  const { parent, status } = set.columns;
  const [first, end] = [set.firstRow(trace), set.endRow(trace)];
  let root: number | undefined;
  let errorCount = 0;
  for (let row = first; row < end; row++) {
    root ??= parent[row] === NO_PARENT ? row : undefined;
    errorCount += status[row] === StatusCode.error ? 1 : 0;
  }
  return {
    traceId: set.traceId(trace),
    rootService: root === undefined ? undefined : set.service(root),
    rootOperation: root === undefined ? undefined : set.operation(root),
    startUnixNs: set.baseUnixNs(trace),
    durationNs: set.traceDurationNs(trace),
    spanCount: end - first,
    errorCount,
  };
}
