import { FieldType, type DataFrame } from '@grafana/data';
import type { Sample } from '../backends/backend';
import { matchingRows } from '../backends/filter/matches';
import type { TraceFilter } from '../backends/filter/trace-filter';
import { NO_PARENT, StatusCode } from '../trace';

/** A panel with more points is a solid area. */
const MOST_POINTS = 10_000;

/**
 * One point a span for the core XY chart and Heatmap panels: when it started, how long it took, what it was. The spans that
 * the filter names; where it names neither service nor operation, the roots.
 */
export function latencyFrame({ traces, notes }: Sample, filter: TraceFilter, refId: string | undefined): DataFrame {
  const { parent, durationNs, status } = traces.columns;
  const names = Boolean(filter.service || filter.operation);
  const matching = matchingRows(traces, { ...filter, conditions: undefined }).filter((row) => names || parent[row] === NO_PARENT);
  const rows = matching.slice(0, MOST_POINTS).sort((a, b) => Number(traces.startUnixNs(a) - traces.startUnixNs(b)));
  const said = matching.length > rows.length ? [...notes, `the first ${MOST_POINTS} of ${matching.length} spans`] : notes;
  return {
    name: 'latency',
    refId,
    length: rows.length,
    meta: { notices: said.map((text) => ({ severity: 'info', text })) },
    fields: [
      { name: 'Time', type: FieldType.time, config: {}, values: rows.map((row) => Number(traces.startUnixNs(row) / 1_000_000n)) },
      { name: 'Duration', type: FieldType.number, config: { unit: 'ms' }, values: rows.map((row) => durationNs[row] / 1e6) },
      { name: 'Error', type: FieldType.boolean, config: {}, values: rows.map((row) => status[row] === StatusCode.error) },
      { name: 'Service', type: FieldType.string, config: {}, values: rows.map((row) => traces.service(row)) },
      { name: 'Name', type: FieldType.string, config: {}, values: rows.map((row) => traces.operation(row)) },
      { name: 'Trace ID', type: FieldType.string, config: {}, values: rows.map((row) => traces.traceId(traces.traceOf(row))) },
    ],
  };
}
