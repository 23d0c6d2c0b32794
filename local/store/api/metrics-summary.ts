/** `/api/metrics/summary` of Tempo 2.7: counts and durations of a query's spans by up to five attributes. */
import type { ApiResponse } from '../engine/messages';
import { jsonDouble } from '../query/any-value';
import { type GroupKey, readSummaries } from '../query/metrics-summary';
import { GroupType } from '../query/pipeline-sql';
import type { Field } from '../traceql/ast';
import { parseField } from '../traceql/parser';
import { describe } from '../traceql/validate';
import { ApiError } from './api-error';
import { type Call, json } from './call';
import { parseQuery } from './query-text';

const MAX_FIELDS = 5;
const NS_PER_SECOND = 1_000_000_000n;
/** Tempo's numbers of the types that a value can have. */
const StaticType = { int: 3, float: 4, string: 5, bool: 6, duration: 11, status: 12, kind: 13 } as const;
/** Keywords in the order of Tempo's numbers, which are not OTLP's. */
const STATUSES = ['error', 'ok', 'unset'];
const KINDS = ['unspecified', 'internal', 'client', 'server', 'producer', 'consumer'];

export async function metricsSummaryAnswer(call: Call): Promise<ApiResponse> {
  const { engine, reads, parameters, tenants, compatibility } = call;
  if (!compatibility.hasMetricsSummary) {
    throw new ApiError(404, '404 page not found\n');
  }
  if (!engine.options.hasMetrics) {
    throw new ApiError(500, 'error finding generators in Querier.SpanMetricsSummary: empty ring\n');
  }
  const limit = parameters.text('limit');
  if (limit !== undefined && !/^[+-]?\d+$/.test(limit)) {
    throw new ApiError(500, `invalid limit: strconv.Atoi: parsing ${JSON.stringify(limit)}: invalid syntax\n`);
  }
  const [startNs, endNs] = [secondsNs(call, 'start'), secondsNs(call, 'end')];
  const { pipeline } = await parseQuery(call, parameters.text('q') ?? '');
  const by = fieldsOf(parameters.text('groupBy') ?? '');
  const summaries = await readSummaries(reads, { pipeline, by, startNs, endNs, tenants, isSingleTenant: !engine.options.multitenant });
  if (summaries.length === 0) {
    return json({});
  }
  return json({
    summaries: summaries.map(({ group, spanCount, errorSpanCount, quantile }) => ({
      spanCount: String(spanCount),
      ...(errorSpanCount > 0 && { errorSpanCount: String(errorSpanCount) }),
      series: by.map((field, i) => ({ key: describe(field), value: staticJson(field, group[i]) })),
      ...Object.fromEntries([99, 95, 90, 50].map((percent) => [`p${percent}`, String(BigInt(Math.floor(quantile(percent / 100))))])),
    })),
  });
}

/** As in Tempo, a time that is no number is the server's fault. */
function secondsNs({ parameters }: Call, name: string): bigint | undefined {
  try {
    const seconds = parameters.seconds(name);
    return seconds ? BigInt(seconds) * NS_PER_SECOND : undefined;
  } catch (error) {
    throw error instanceof ApiError ? new ApiError(500, `${error.message}\n`) : error;
  }
}

function fieldsOf(groupBy: string): Field[] {
  const names = groupBy.split(',').map((name) => name.trim());
  if (names.length > MAX_FIELDS) {
    throw new ApiError(500, `max group by ${MAX_FIELDS} attributes exceeded\n`);
  }
  return names.map((name) => {
    const field = parseField(name, false);
    if (!field) {
      throw new ApiError(500, `parsing groupby attribute: tag name is not valid intrinsic or scoped attribute: ${name}\n`);
    }
    return field;
  });
}

/** Tempo's TraceQLStatic; as everywhere in its JSON, what is 0 or empty is left out. */
function staticJson(field: Field, { type, text }: GroupKey): Record<string, unknown> {
  switch (type) {
    case GroupType.int:
      return { type: StaticType.int, ...(text !== '0' && { n: text }) };
    case GroupType.float: {
      // The engine writes infinities as `inf`.
      const value = Number(text?.replace('inf', 'Infinity'));
      return { type: StaticType.float, ...(value !== 0 && { f: jsonDouble(value) }) };
    }
    case GroupType.bool:
      return { type: StaticType.bool, ...(text === 'true' && { b: true }) };
    case GroupType.duration:
      return { type: StaticType.duration, ...(text !== '0' && { d: text }) };
    case GroupType.keyword:
      return field.kind === 'intrinsic' && field.name === 'status' ? keyword(StaticType.status, 'status', STATUSES, text) : keyword(StaticType.kind, 'kind', KINDS, text);
    case GroupType.string:
      return { type: StaticType.string, ...(text && { s: text }) };
    default:
      // An intrinsic text that a span does not have is an empty one.
      return field.kind === 'intrinsic' && type === GroupType.nil ? { type: StaticType.string } : {};
  }
}

function keyword(type: number, name: string, names: readonly string[], text: string | null): Record<string, unknown> {
  const number = names.indexOf(text ?? '');
  return { type, ...(number > 0 && { [name]: number }) };
}
