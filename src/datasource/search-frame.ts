import { FieldType, type DataFrame } from '@grafana/data';
import type { SearchResult } from '../backends/backend';
import { rootlessNote } from '../backends/rootless-note';

/** Found traces as a table, newest first. */
export function searchFrame({ traces, isLimited, notes }: SearchResult, limit: number, refId: string | undefined): DataFrame {
  const remarks = [...notes, ...(isLimited ? [`The newest traces up to the limit of ${limit}; there may be more.`] : []), ...rootlessNote(traces)];
  return {
    name: 'traces',
    refId,
    length: traces.length,
    meta: {
      preferredVisualisationType: 'table',
      notices: remarks.map((text) => ({ severity: 'info', text })),
    },
    fields: [
      { name: 'Trace ID', type: FieldType.string, config: {}, values: traces.map(({ traceId }) => traceId) },
      { name: 'Start', type: FieldType.time, config: {}, values: traces.map(({ startUnixNs }) => Number(startUnixNs / 1_000_000n)) },
      { name: 'Service', type: FieldType.string, config: {}, values: traces.map(({ rootService }) => rootService ?? '') },
      { name: 'Name', type: FieldType.string, config: {}, values: traces.map(({ rootOperation }) => rootOperation ?? 'root not received yet') },
      // Not every source counts them.
      ...(traces.some(({ spanCount }) => spanCount !== undefined)
        ? [
            { name: 'Spans', type: FieldType.number, config: {}, values: traces.map(({ spanCount }) => spanCount ?? null) },
            { name: 'Errors', type: FieldType.number, config: {}, values: traces.map(({ errorCount }) => errorCount ?? null) },
          ]
        : []),
      { name: 'Duration', type: FieldType.number, config: { unit: 'ms' }, values: traces.map(({ durationNs }) => durationNs / 1e6) },
    ],
  };
}
