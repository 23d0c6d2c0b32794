/** The structure of many traces by one TraceQL search, and the traces that such an answer does not hold in full. */
import type { FoundTrace, TempoSearch } from '../../formats';
import { NO_PARENT, SpanKind, type TraceId, type TraceSet } from '../../trace';
import type { Tag } from '../backend';
import { attributeName } from '../filter/traceql';

/** What the service map needs of each span. Absent attributes cost next to nothing. */
const STRUCTURE_FIELDS = [
  'nestedSetParent', 'nestedSetLeft', 'nestedSetRight', 'resource.service.name', 'name', 'kind', 'status', 'link:traceID', 'link:spanID',
  'span.peer.service', 'span.service.peer.name', 'span.db.system', 'span.db.system.name', 'span.db.name', 'span.db.namespace',
  'span.messaging.system', 'span.messaging.destination.name', 'span.messaging.destination',
  'span.server.address', 'span.net.peer.name', 'span.network.peer.address', 'span.http.host', 'span.rpc.service',
];

/** All spans of the traces that a filter finds, with their nested-set numbers and these resource attributes. */
export function structureTraceql(filter: string, resourceAttributes: readonly string[] = []): string {
  const fields = new Set([...STRUCTURE_FIELDS, ...resourceAttributes.map((key) => attributeName('resource', key))]);
  return `${wholeTraces(filter)} | select(${[...fields].join(', ')})`;
}

/** The answer drops scopes: an attribute with the name of a field would be taken for it. Quoted names are not for every version. */
const isSelectable = (key: string): boolean => /^[A-Za-z_][\w.-]*$/.test(key) && !/^(service\.name|name|kind|status|statusMessage|duration|nestedSet\w+)$/.test(key);

/**
 * All spans of the traces in which a span meets the filter: both sides of `&&` contribute their spans. A pipeline cannot
 * stand there; of it we get the spans that it selects.
 */
const wholeTraces = (filter: string): string => (filter === '{ }' || filter.includes('|') ? filter : `(${filter}) && { }`);

/**
 * Traces to fetch whole, those first that the answer cut off:
 * - the span set had a limit;
 * - there are several roots, and the numbers do not say that they are: spans that were written to different segments, as those
 *   of a trace that is still arriving, are numbered apart, and then one trace looks like several;
 * - the root receives a message, and the answer does not say what it is linked to.
 */
export function tracesToFetchWhole({ set, traces }: TempoSearch): TraceId[] {
  const cut = traces.filter(({ complete, index }) => !complete || index === undefined);
  const doubtful = traces.filter((found) => found.complete && found.index !== undefined && isDoubtful(set, found.index, found));
  return [...cut, ...doubtful].map(({ traceId }) => traceId);
}

function isDoubtful(set: TraceSet, trace: number, { isNumberedWhole, linksKnown }: FoundTrace): boolean {
  const { parent, kind } = set.columns;
  let roots = 0;
  for (let row = set.firstRow(trace); row < set.endRow(trace); row++) {
    if (parent[row] === NO_PARENT) {
      roots++;
      if (kind[row] === SpanKind.consumer && !linksKnown.has(set.spanId(row))) {
        return true;
      }
    }
  }
  return roots > 1 && !isNumberedWhole;
}
