/** `/api/search`: TraceQL in `q`, or the older `tags`. */
import type { ApiResponse } from '../engine/messages';
import { type FoundTrace, search } from '../query/search';
import { shortTraceId } from '../query/short-trace-id';
import type { Pipeline, Query } from '../traceql/ast';
import { ApiError } from './api-error';
import type { Parameters } from './parameters';
import { parseQuery } from './query-text';
import type { Call } from './call';
import { pipelineOfTags } from './tags-parameter';

/** Tempo's defaults: `default_result_limit`, `default_spans_per_span_set`, `max_spans_per_span_set`. */
const DEFAULT_LIMIT = 20;
const DEFAULT_SPANS_PER_SET = 3;
const MAX_SPANS_PER_SET = 100;
const NS_PER_SECOND = 1_000_000_000n;

export async function searchAnswer(call: Call): Promise<ApiResponse> {
  const { engine, reads, parameters, tenants, compatibility } = call;
  const limit = parameters.positive('limit', DEFAULT_LIMIT);
  if (limit > compatibility.maxSearchLimit) {
    throw new ApiError(400, `limit ${limit} exceeds max limit ${compatibility.maxSearchLimit}`);
  }
  const isSpssDefault = compatibility.hasUnsignedParameters && parameters.text('spss') === '0';
  const spansPerSpanSet = isSpssDefault ? DEFAULT_SPANS_PER_SET : parameters.positive('spss', DEFAULT_SPANS_PER_SET);
  if (spansPerSpanSet > MAX_SPANS_PER_SET) {
    throw new ApiError(400, `spans per span set exceeds ${MAX_SPANS_PER_SET}. received ${spansPerSpanSet}`);
  }
  const range = parameters.secondsRange(engine.options.limits.searchSeconds);
  const { minDurationNs, maxDurationNs } = durations(parameters);
  const q = parameters.text('q');
  const tags = parameters.text('tags');
  if (q !== undefined && tags !== undefined) {
    throw new ApiError(400, `invalid request: can't specify tags and q in the same query`);
  }
  const query: Query | undefined = q === undefined ? undefined : await parseQuery(call, q);
  const pipeline: Pipeline = query ? query.pipeline : pipelineOfTags(tags ?? '');
  const traces = await search(reads, engine.dictionary, {
    pipeline,
    tenants,
    isSingleTenant: !engine.options.multitenant,
    startNs: range && BigInt(range.start) * NS_PER_SECOND,
    endNs: range && BigInt(range.end) * NS_PER_SECOND,
    // As in Tempo, the durations belong to the search by tags.
    minDurationNs: query ? undefined : minDurationNs,
    // A longest duration of 0 is none.
    maxDurationNs: query ? undefined : maxDurationNs || undefined,
    limit,
    spansPerSpanSet,
    blockColumns: compatibility.blockColumns,
    needsEvents: compatibility.needsEvents,
  });
  const texts = traces.map((trace) => traceText(trace, query !== undefined));
  return { status: 200, contentType: 'application/json', body: `{"traces":[${texts.join(',')}],"metrics":{"inspectedTraces":${traces.length},"completedJobs":1,"totalJobs":1}}` };
}

function durations(parameters: Parameters): { minDurationNs: bigint | undefined; maxDurationNs: bigint | undefined } {
  const min = parameters.durationNs('minDuration');
  const max = parameters.durationNs('maxDuration');
  if (min !== undefined && max !== undefined && max < min) {
    throw new ApiError(400, 'invalid maxDuration: must be greater than minDuration');
  }
  return { minDurationNs: min === undefined ? undefined : BigInt(min), maxDurationNs: max === undefined ? undefined : BigInt(max) };
}

function traceText({ head, spanSets }: FoundTrace, hasSpanSets: boolean): string {
  const durationMs = Number(BigInt.asUintN(32, head.durationNs / 1_000_000n));
  const stats = [...head.services].map(([service, { spanCount, errorCount }]) => [service, { spanCount, ...(errorCount > 0 && { errorCount }) }]);
  const text = JSON.stringify({
    traceID: shortTraceId(head.traceId),
    rootServiceName: head.rootServiceName || '<root span not yet received>',
    ...(head.rootTraceName && { rootTraceName: head.rootTraceName }),
    startTimeUnixNano: String(head.startNs),
    ...(durationMs > 0 && { durationMs }),
    ...(hasSpanSets && { serviceStats: Object.fromEntries(stats) }),
  });
  return hasSpanSets ? `${text.slice(0, -1)},"spanSet":${spanSets[0]},"spanSets":[${spanSets.join(',')}]}` : text;
}
