import type { TraceSet } from '../../trace';

/** Everything a set says, row by row, to compare sets that came different ways; traces by id, for they come as they arrive. */
export function contentOf(set: TraceSet): unknown[] {
  const traces = Array.from({ length: set.traceCount }, (_, trace) => trace).sort((a, b) => (set.traceId(a) < set.traceId(b) ? -1 : 1));
  const rows = traces.flatMap((trace) => Array.from({ length: set.endRow(trace) - set.firstRow(trace) }, (_, index) => set.firstRow(trace) + index));
  return rows.map((row) => ({
    traceId: set.traceId(set.traceOf(row)), spanId: set.spanId(row), name: set.operation(row), service: set.service(row), kind: set.kind(row),
    status: set.status(row), detail: set.detail(row), resource: set.resource(row), scope: set.scope(row),
  }));
}
