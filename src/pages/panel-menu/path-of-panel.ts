import type { PluginExtensionPanelContext, RawTimeRange } from '@grafana/data';
import type { DataQuery } from '@grafana/schema';

const APP_PATH = '/a/veza-traces-app';
const TRACE_SOURCES: ReadonlySet<string> = new Set(['tempo', 'jaeger', 'zipkin', 'veza-traces-datasource']);

/**
 * Where the first tracing query of a panel is continued: its trace if it asks for one, else the service map of its source
 * and time range.
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
