/**
 * What a data source is asked, in its own query model, to give trace frames. Query models are each plugin's own: for some
 * plugins they are known here, for any other the user writes them, as Grafana's query inspector shows them.
 */
import { BackendError } from '../http/http-client';

/** A query as the plugin stores it, without refId and data source. */
export type QueryModel = Readonly<Record<string, unknown>>;

export interface FrameQueries {
  /** Asks for one trace: `${traceId}` stands for its id, in any text of the model. */
  readonly trace: QueryModel;
  /** Asks for recent traces; `${limit}` stands for how many. Undefined where the plugin cannot be asked, or we do not know how. */
  readonly search: QueryModel | undefined;
}

/** The queries as stored with a data source: JSON that a user wrote, each empty or absent where the plugin's own are known. */
export interface StoredFrameQueries {
  readonly trace?: string;
  readonly search?: string;
}

/** Columns of the tables that the OpenTelemetry exporter for ClickHouse creates, named as a trace frame wants them. */
const CLICKHOUSE_SPANS =
  'SELECT TraceId AS traceID, SpanId AS spanID, ParentSpanId AS parentSpanID, ServiceName AS serviceName, SpanName AS operationName, SpanKind AS kind, ' +
  "if(StatusCode IN ('Error', 'STATUS_CODE_ERROR'), 2, 0) AS statusCode, StatusMessage AS statusMessage, " +
  'toUnixTimestamp64Nano(Timestamp) / 1e6 AS startTime, Duration / 1e6 AS duration, ' +
  "arrayMap(k -> map('key', k, 'value', SpanAttributes[k]), mapKeys(SpanAttributes)) AS tags, " +
  "arrayMap(k -> map('key', k, 'value', ResourceAttributes[k]), mapKeys(ResourceAttributes)) AS serviceTags FROM otel_traces";
const clickhouse = (rawSql: string): QueryModel => ({ editorType: 'sql', queryType: 'traces', format: 3, rawSql });

const KNOWN: Readonly<Record<string, FrameQueries>> = {
  'grafana-x-ray-datasource': {
    trace: { queryType: 'getTrace', query: '${traceId}', region: 'default' },
    search: { queryType: 'getTraceSummaries', query: '', region: 'default' },
  },
  'grafana-opensearch-datasource': {
    trace: { queryType: 'lucene', luceneQueryType: 'Traces', query: 'traceId: ${traceId}' },
    search: { queryType: 'lucene', luceneQueryType: 'Traces', query: '*' },
  },
  'grafana-clickhouse-datasource': {
    trace: clickhouse(`${CLICKHOUSE_SPANS} WHERE TraceId = '\${traceId}' LIMIT 100000`),
    search: clickhouse(
      `${CLICKHOUSE_SPANS} WHERE TraceId IN (SELECT TraceId FROM otel_traces WHERE $__timeFilter(Timestamp) AND ParentSpanId = '' ORDER BY Timestamp DESC LIMIT \${limit}) LIMIT 100000`
    ),
  },
};

/** How Grafana's own links open a trace in a data source. */
const USUAL: FrameQueries = { trace: { query: '${traceId}' }, search: undefined };

/**
 * @param type plugin id of the data source
 * @throws BackendError of kind `unsupported` where what the user wrote is no query
 */
export function frameQueriesOf(type: string, stored: StoredFrameQueries = {}): FrameQueries {
  const known = KNOWN[type] ?? USUAL;
  return {
    trace: parseQuery('trace', stored.trace) ?? known.trace,
    search: parseQuery('search', stored.search) ?? known.search,
  };
}

/** Whether queries of this plugin are known here. */
export const isKnownType = (type: string): boolean => Object.hasOwn(KNOWN, type);

function parseQuery(name: keyof FrameQueries, text: string | undefined): QueryModel | undefined {
  if (!text?.trim()) {
    return undefined;
  }
  let query: unknown;
  try {
    query = JSON.parse(text);
  } catch (cause) {
    throw new BackendError('unsupported', `The ${name} query in the settings is no JSON: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  if (typeof query !== 'object' || query === null || Array.isArray(query)) {
    throw new BackendError('unsupported', `The ${name} query in the settings is no query: expected a JSON object such as {"query": "\${traceId}"}`);
  }
  return query as QueryModel;
}

/** The model with every `${name}` in its texts replaced; other variables stay, as Grafana and the plugin have theirs. */
export function filledIn(query: QueryModel, values: Readonly<Record<string, string>>): QueryModel {
  const fill = (value: unknown): unknown => {
    if (typeof value === 'string') {
      return value.replace(/\$\{(\w+)\}/g, (text, name: string) => (Object.hasOwn(values, name) ? values[name] : text));
    }
    if (Array.isArray(value)) {
      return value.map(fill);
    }
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([key, member]) => [key, fill(member)])) : value;
  };
  return fill(query) as QueryModel;
}
