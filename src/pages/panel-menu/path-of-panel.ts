import type { PluginExtensionPanelContext, RawTimeRange } from '@grafana/data';
import type { DataQuery } from '@grafana/schema';
import { parseDuration } from '../../analysis/filter/units';
import type { TagCondition, TraceFilter } from '../../backends/filter/trace-filter';
import { addressWithFilter } from '../../views/search/search-address';

const APP_PATH = '/a/veza-traces-app';
const TRACE_SOURCES: ReadonlySet<string> = new Set(['tempo', 'jaeger', 'zipkin', 'veza-traces-datasource']);

/**
 * Where the first tracing query of a panel is continued: its trace if it asks for one, its list if it searches for traces, else
 * the service map of its source and time range.
 *
 * @returns undefined where no query asks for traces
 */
export function pathOfPanel({ targets, timeRange }: Pick<PluginExtensionPanelContext, 'targets' | 'timeRange'>, replace: (text: string) => string): string | undefined {
  const query = targets.find((target) => !target.hide && TRACE_SOURCES.has(target.datasource?.type ?? ''));
  if (!query) {
    return undefined;
  }
  const params = new URLSearchParams({ ...sourceOf(query, replace), ...timesOf(timeRange) });
  const traceId = traceIdOf(query, replace);
  if (traceId !== undefined) {
    return `${APP_PATH}/trace/${traceId}?${params}`;
  }
  const search = searchOf(query, replace);
  if (search) {
    return `${APP_PATH}/trace?${addressWithFilter(params, search)}`;
  }
  const service = serviceOf(query, replace);
  if (service) {
    params.set('service', service);
  }
  return `${APP_PATH}/service-map?${params}`;
}

function sourceOf({ datasource }: DataQuery, replace: (text: string) => string): { source?: string } {
  const source = replace(datasource?.uid ?? '');
  return source ? { source } : {};
}

const timesOf = ({ from, to }: RawTimeRange) => ({ from: textOf(from), to: textOf(to) });
const textOf = (time: RawTimeRange['from']): string => (typeof time === 'string' ? time : String(time.valueOf()));

/** Tempo, Jaeger and Zipkin write a wanted trace's id into `query`, our data source into `traceId`. */
function traceIdOf(query: DataQuery, replace: (text: string) => string): string | undefined {
  const { traceId, query: text } = query as DataQuery & { readonly traceId?: unknown; readonly query?: unknown };
  const id = [traceId, text].map((value) => (typeof value === 'string' ? replace(value).trim() : '')).find((value) => /^[0-9a-f]{1,32}$/i.test(value));
  return query.queryType === 'search' || query.queryType === 'serviceMap' ? undefined : id;
}

/** Jaeger's search has the service in the query, ours in its filter. */
function serviceOf(query: DataQuery, replace: (text: string) => string): string {
  const { service, filter } = query as DataQuery & { readonly service?: unknown; readonly filter?: { readonly service?: unknown } };
  const text = filter?.service ?? service;
  return typeof text === 'string' ? replace(text).trim() : '';
}

/** A filter of our data source as dashboards store it. */
interface StoredFilter {
  readonly service?: string;
  readonly operation?: string;
  readonly errorsOnly?: boolean;
  readonly minDuration?: string;
  readonly maxDuration?: string;
  readonly conditions?: readonly TagCondition[];
  readonly traceql?: string;
}

/** The functions that make a time series of TraceQL. */
const TRACEQL_METRICS = /\|\s*(rate|compare|quantile_over_time|histogram_over_time|(count|min|max|avg|sum)_over_time)\s*\(/;

/** What a list of traces searches for; undefined for other queries, and for those of which nothing is known here. */
function searchOf(query: DataQuery, replace: (text: string) => string): TraceFilter | undefined {
  const { filter, query: text } = query as DataQuery & { readonly filter?: StoredFilter; readonly query?: unknown };
  if (query.datasource?.type === 'veza-traces-datasource') {
    return query.queryType === 'search' ? filterOf(filter ?? {}, replace) : undefined;
  }
  const traceql = query.queryType === 'traceql' && typeof text === 'string' ? replace(text).trim() : '';
  return traceql === '' || TRACEQL_METRICS.test(traceql) ? undefined : { traceql };
}

function filterOf({ service, operation, errorsOnly, minDuration, maxDuration, conditions = [], traceql }: StoredFilter, replace: (text: string) => string): TraceFilter {
  const text = (stored = '') => replace(stored).trim() || undefined;
  return {
    service: text(service),
    operation: text(operation),
    errorsOnly,
    minDurationNs: parseDuration(text(minDuration) ?? ''),
    maxDurationNs: parseDuration(text(maxDuration) ?? ''),
    conditions: conditions.map((condition) => ({ ...condition, value: replace(condition.value) })),
    traceql: text(traceql),
  };
}
