import type { DataFrame } from '@grafana/data';
import type { Backend, TimeRangeMs } from '../backends/backend';
import { sampledComparison } from '../backends/compare-cohorts';
import { comparedMap } from '../backends/compared-map';
import { hotPathReport } from '../backends/hot-path';
import { BackendError } from '../backends/http/http-client';
import { operationsOverTime } from '../backends/operations-over-time';
import { serviceMapOf } from '../backends/service-map';
import { compareFrames } from './compare-frame';
import { hotPathFiguresFrame, hotPathTracesFrame } from './hot-path-frames';
import { latencyFrame } from './latency-frame';
import { operationsFrames } from './operations-frames';
import type { VezaQuery } from './query';
import { searchFrame } from './search-frame';
import { serviceMapFrames } from './service-map-frames';
import { traceFrame, unchosenTraceFrame } from './trace-frame';
import { earlierWindowOf, hotPathOf, mapDetailOf, traceIdOf, traceQueryOf, type QueryContext } from './trace-query';

/** A minute is short enough for a page and long enough for a rate; a panel asks for longer steps where it has few pixels. */
const SHORTEST_STEP_MS = 60_000;

/** Asks the backend what a panel's query asks for. @throws BackendError */
export async function framesOf(backend: Backend, target: VezaQuery, context: QueryContext & { readonly intervalMs: number }, signal: AbortSignal): Promise<DataFrame[]> {
  const { queryType = 'search', refId } = target;
  if (queryType === 'trace') {
    const traceId = traceIdOf(target, context.scopedVars);
    return [traceId ? traceFrame(await backend.trace(traceId, { signal }), refId) : unchosenTraceFrame(target.traceId ?? '', refId)];
  }
  const query = traceQueryOf(target, context);
  switch (queryType) {
    case 'search':
      return [searchFrame(await backend.search(query, { signal }), query.limit, refId)];
    case 'serviceMap': {
      const detail = mapDetailOf(target, context.scopedVars);
      const against = earlierWindowOf(target);
      const load = (range: TimeRangeMs) => serviceMapOf(backend, { ...query, range }, { signal }, detail);
      return serviceMapFrames(await (against ? comparedMap(load, query.range, against) : load(query.range)), refId);
    }
    case 'operations':
      return operationsFrames(await operationsOverTime(backend, query, Math.max(SHORTEST_STEP_MS, context.intervalMs), { signal }), refId);
    case 'latency':
      return [latencyFrame(await backend.sample(query, { signal }), query.filter, refId)];
    case 'hotPath':
      return [hotPathTracesFrame(await hotPathReport(backend, query, hotPathOf(target, query.filter), { signal }), refId)];
    case 'objective':
      return [hotPathFiguresFrame(await hotPathReport(backend, query, hotPathOf(target, query.filter), { signal }), refId)];
    case 'compare':
      return compareFrames(await sampledComparison(backend, query, target.comparedBy ?? 'errors', { signal }), refId);
    default:
      throw new BackendError('unsupported', `The query type "${String(queryType)}" is not known here: choose one in the query editor`);
  }
}
