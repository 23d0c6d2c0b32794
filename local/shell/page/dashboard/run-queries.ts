/** Runs a panel's queries, each through its own data source's query(), and joins the answers into one PanelData. */
import {
  type DataQuery, type DataQueryRequest, type DataQueryResponse, type DataSourceApi, LoadingState, type PanelData, rangeUtil,
  type ScopedVars, type TimeRange, toDataFrame, transformDataFrame,
} from '@grafana/data';
import { getDataSourceSrv, toDataQueryError } from '@grafana/runtime';
import { catchError, combineLatest, defer, from, map, type Observable, of, startWith, switchMap } from 'rxjs';
import { templateSrv } from '../services/template-srv';
import type { PanelModel } from './model';

export interface QueryContext {
  readonly dashboardUid: string;
  readonly timeRange: TimeRange;
  readonly timeZone: string;
  /** Panel width: as many points as can be seen. */
  readonly widthPx: number;
}

let requestCount = 0;

/** Emits while data sources answer; unsubscribing cancels. Errors are in the data, the stream itself does not fail. */
export function runQueries(panel: PanelModel, context: QueryContext): Observable<PanelData> {
  const groups = groupByDataSource(panel);
  if (groups.length === 0) {
    return of({ state: LoadingState.Done, series: [], timeRange: context.timeRange });
  }
  const answers = groups.map((group) => runGroup(group, panel, context));
  return combineLatest(answers).pipe(
    map(joinPanelData),
    switchMap((data) => transformed(panel, data))
  );
}

interface QueryGroup {
  readonly ref: DataQuery['datasource'] | string | null | undefined;
  readonly targets: readonly DataQuery[];
}

/** Also what Grafana's "-- Mixed --" data source does: each query says whom it asks. */
function groupByDataSource(panel: PanelModel): readonly QueryGroup[] {
  const panelRef = panel.datasource;
  const groups = new Map<string, QueryGroup>();
  for (const target of panel.targets ?? []) {
    if (target.hide) {
      continue;
    }
    const ref = target.datasource ?? panelRef;
    const key = JSON.stringify(ref ?? null);
    groups.set(key, { ref, targets: [...(groups.get(key)?.targets ?? []), target] });
  }
  return [...groups.values()];
}

function runGroup(group: QueryGroup, panel: PanelModel, context: QueryContext): Observable<PanelData> {
  const { timeRange } = context;
  return from(getDataSourceSrv().get(group.ref)).pipe(
    switchMap((dataSource) => {
      const request = buildRequest(group, panel, context, dataSource);
      const loading: PanelData = { state: LoadingState.Loading, series: [], timeRange, request };
      return from(dataSource.query(request)).pipe(map((response) => toPanelData(response, request)), startWith(loading));
    }),
    catchError((error: unknown) => of(withError({ state: LoadingState.Error, series: [], timeRange }, error)))
  );
}

function buildRequest({ targets }: QueryGroup, panel: PanelModel, context: QueryContext, dataSource: DataSourceApi): DataQueryRequest {
  const { timeRange, timeZone, dashboardUid, widthPx } = context;
  const maxDataPoints = panel.maxDataPoints ?? Math.max(1, Math.floor(widthPx));
  const lowLimit = templateSrv.replace(panel.interval ?? dataSource.interval ?? '');
  const { interval, intervalMs } = rangeUtil.calculateInterval(timeRange, maxDataPoints, lowLimit);
  const scopedVars: ScopedVars = {
    __interval: { text: interval, value: interval },
    __interval_ms: { text: String(intervalMs), value: intervalMs },
  };
  const withRefs = targets.map((target) => ({ ...target, datasource: dataSource.getRef() }));
  return {
    app: 'dashboard', requestId: `Q${++requestCount}`, timezone: timeZone, panelId: panel.id, panelPluginId: panel.type, dashboardUID: dashboardUid,
    range: timeRange, rangeRaw: timeRange.raw, interval, intervalMs, maxDataPoints, scopedVars, startTime: Date.now(),
    targets: dataSource.filterQuery ? withRefs.filter((target) => dataSource.filterQuery?.(target)) : withRefs,
  };
}

function toPanelData(response: DataQueryResponse, request: DataQueryRequest): PanelData {
  const errors = response.errors ?? (response.error ? [response.error] : undefined);
  const state = response.state ?? (errors ? LoadingState.Error : LoadingState.Done);
  const series = response.data.map((frame) => toDataFrame(frame));
  return { state, series, errors, error: errors?.[0], request, timeRange: request.range };
}

function joinPanelData(parts: readonly PanelData[]): PanelData {
  const errors = parts.flatMap((part) => part.errors ?? []);
  const has = (state: LoadingState) => parts.some((part) => part.state === state);
  const state = [LoadingState.Loading, LoadingState.Streaming, LoadingState.Error].find(has) ?? LoadingState.Done;
  return { ...parts[0], state, series: parts.flatMap((part) => part.series), errors, error: errors[0] };
}

function withError(data: PanelData, error: unknown): PanelData {
  const asQueryError = toDataQueryError(error);
  return { ...data, state: LoadingState.Error, error: asQueryError, errors: [...(data.errors ?? []), asQueryError] };
}

function transformed(panel: PanelModel, data: PanelData): Observable<PanelData> {
  const transformations = (panel.transformations ?? []).filter((transformation) => !transformation.disabled);
  if (transformations.length === 0 || data.series.length === 0) {
    return of(data);
  }
  const interpolate = (text: string) => templateSrv.replace(text, data.request?.scopedVars);
  // Deferred, because an unknown transformation throws at once.
  return defer(() => transformDataFrame([...transformations], data.series, { interpolate })).pipe(
    map((series) => ({ ...data, series })),
    catchError((error: unknown) => of(withError(data, error)))
  );
}
