/** A dashboard as its address says: model, time, variables, and the moment its queries belong to. */
import { rangeUtil, type TimeRange } from '@grafana/data';
import { getBackendSrv } from '@grafana/runtime';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useAsync } from 'react-use';
import { useLocation } from 'react-router-dom-v5-compat';
import { templateSrv } from '../services/template-srv';
import { loadVariables, type OptionCache } from './load-variables';
import type { DashboardModel } from './model';
import type { QueryContext } from './run-queries';
import { evaluateRange, rangeQuery, type TimeSettings, timeSettings } from './time-settings';
import type { DashboardVariable } from './variables';

const NO_DASHBOARD: Partial<DashboardModel> = {};

export interface OpenDashboard {
  readonly model?: DashboardModel;
  readonly error?: unknown;
  readonly settings: TimeSettings;
  readonly timeRange: TimeRange;
  readonly variables: readonly DashboardVariable[];
  /** What panels ask with; `undefined` until the variables are known. */
  readonly context?: Omit<QueryContext, 'widthPx'>;
  readonly refresh: () => void;
}

export function useDashboard(uid: string): OpenDashboard {
  const loaded = useAsync(() => getBackendSrv().get<{ dashboard: DashboardModel }>(`/api/dashboards/uid/${encodeURIComponent(uid)}`), [uid]);
  const model = loaded.value?.dashboard;
  const { search } = useLocation();
  const [refreshCount, setRefreshCount] = useState(0);
  const refresh = useCallback(() => setRefreshCount((count) => count + 1), []);

  const settings = useMemo(() => timeSettings(new URLSearchParams(search), model ?? NO_DASHBOARD), [search, model]);
  const timeRange = useTimeRange(settings, refreshCount);
  useAutoRefresh(settings.refresh, refresh);

  const variableSearch = useMemo(() => onlyVariables(search), [search]);
  const [state, setState] = useState<{ variables: readonly DashboardVariable[]; context?: OpenDashboard['context'] }>({ variables: [] });
  const [cache] = useState<OptionCache>(() => new Map());
  const before = useRef<readonly DashboardVariable[]>([]);
  useEffect(() => {
    if (!model) {
      return undefined;
    }
    const abort = new AbortController();
    templateSrv.updateTimeRange(timeRange);
    const context = { search: new URLSearchParams(variableSearch), timeRange, cache, before: before.current, signal: abort.signal };
    loadVariables(model.templating?.list ?? [], context).then((variables) => {
      if (variables) {
        before.current = variables;
        templateSrv.setVariables(variables);
        setState({ variables, context: { dashboardUid: uid, timeRange, timeZone: settings.timeZone } });
      }
    });
    return () => abort.abort();
  }, [model, uid, variableSearch, timeRange, settings.timeZone, cache]);
  // The variables are the dashboard's: other pages must not see them.
  useEffect(() => () => templateSrv.setVariables([]), [uid]);

  return { model, error: loaded.error, settings, timeRange, refresh, ...state };
}

/** "Now" is evaluated once for all panels: when the range changes, or when a refresh is due. */
function useTimeRange(settings: TimeSettings, refreshCount: number): TimeRange {
  const { from, to } = rangeQuery(settings.raw);
  const key = JSON.stringify([from, to, settings.timeZone, refreshCount]);
  const [evaluated, setEvaluated] = useState(() => ({ key, range: evaluateRange(settings) }));
  if (evaluated.key === key) {
    return evaluated.range;
  }
  const range = evaluateRange(settings);
  setEvaluated({ key, range });
  return range;
}

function useAutoRefresh(interval: string, refresh: () => void): void {
  useEffect(() => {
    if (!interval) {
      return undefined;
    }
    // A hidden tab asks nothing: its answers would be seen by nobody.
    const timer = setInterval(() => document.hidden || refresh(), rangeUtil.intervalToMs(interval));
    return () => clearInterval(timer);
  }, [interval, refresh]);
}

/** The `var-` part of an address, so that a change of the time range alone is not mistaken for one of variables. */
function onlyVariables(search: string): string {
  const kept = [...new URLSearchParams(search)].filter(([name]) => name.startsWith('var-'));
  return new URLSearchParams(kept).toString();
}
