/** The structure of many traces by one TraceQL search, and the traces that such an answer does not hold in full. */
import type { TempoSearch } from '../../formats';
import { NO_PARENT, type TraceId, type TraceSet } from '../../trace';

/** What the service map needs of each span. Absent attributes cost next to nothing. */
const STRUCTURE_FIELDS = [
  'nestedSetParent', 'nestedSetLeft', 'nestedSetRight', 'resource.service.name', 'name', 'kind', 'status',
  'span.peer.service', 'span.service.peer.name', 'span.db.system', 'span.db.system.name', 'span.db.name', 'span.db.namespace',
  'span.messaging.system', 'span.messaging.destination.name', 'span.messaging.destination',
  'span.server.address', 'span.net.peer.name', 'span.network.peer.address', 'span.http.host', 'span.rpc.service',
];

/** All spans of the traces that a filter finds, with their nested-set numbers. */
export const structureTraceql = (filter: string): string => `${wholeTraces(filter)} | select(${STRUCTURE_FIELDS.join(', ')})`;

/**
 * All spans of the traces in which a span meets the filter: both sides of `&&` contribute their spans. A pipeline cannot
 * stand there; of it we get the spans that it selects.
 */
const wholeTraces = (filter: string): string => (filter === '{ }' || filter.includes('|') ? filter : `(${filter}) && { }`);

/**
 * Traces to fetch whole: the span set had a limit, or there are several roots. Spans that were written to different
 * segments, as those of a trace that is still arriving, are numbered apart, and then one trace looks like several.
 */
export function tracesToFetchWhole({ set, traces }: TempoSearch): TraceId[] {
  return traces.filter(({ complete, index }) => !complete || index === undefined || rootCount(set, index) > 1).map(({ traceId }) => traceId);
}

function rootCount(set: TraceSet, trace: number): number {
  let count = 0;
  for (let row = set.firstRow(trace); row < set.endRow(trace); row++) {
    count += set.columns.parent[row] === NO_PARENT ? 1 : 0;
  }
  return count;
}
