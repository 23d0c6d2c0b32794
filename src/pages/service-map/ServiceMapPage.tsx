import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { PluginPage } from '@grafana/runtime';
import { Button, useStyles2 } from '@grafana/ui';
import { useCallback, useMemo, useState } from 'react';
import type { TimeRangeMs } from '../../backends/backend';
import { tracePath } from '../../views/paths';
import { contentOfMap } from '../../views/service-map/content-of-map';
import { DEFAULT_MAP_SETTINGS } from '../../views/service-map/map-settings';
import { ServiceMapView } from '../../views/service-map/ServiceMapView';
import { metricsSourceUid } from '../../views/source/sources';
import { NoSource } from '../../views/source/NoSource';
import { SourcePicker } from '../../views/source/SourcePicker';
import { useSource } from '../../views/source/use-source';
import { EmptyStatePanel, FailedState, LoadingState } from '../../views/state/StatePanel';
import { useTask } from '../../views/task/use-task';
import { PageTimeControls } from '../../views/time-range/PageTimeControls';
import { rangeOf, useUrlTimeRange } from '../../views/time-range/use-url-time-range';
import { loadMap } from './load-map';
import { MapRequestBar } from './MapRequestBar';
import { useUrlMapRequest, useUrlMapState } from './use-url-map-state';

export function ServiceMapPage() {
  const styles = useStyles2(getStyles);
  const [refreshCount, setRefreshCount] = useState(0);
  const refresh = useCallback(() => setRefreshCount((count) => count + 1), []);
  const { source, backend, setSourceUid } = useSource();
  const time = useUrlTimeRange();
  const [request, changeRequest] = useUrlMapRequest();
  const [state, changeState] = useUrlMapState();
  const metricsUid = useMemo(() => source && metricsSourceUid(source), [source]);
  const range = useCallback((): TimeRangeMs => {
    const { from, to } = rangeOf(time.raw);
    return { fromMs: from.valueOf(), toMs: to.valueOf() };
  }, [time.raw]);

  const load = useMemo(() => backend && ((signal: AbortSignal) => loadMap(backend, metricsUid, request, range(), { signal })), [backend, metricsUid, request, range]);
  const { value, error, isRunning } = useTask(load, refreshCount);
  const content = useMemo(() => value && contentOfMap(value, request.drawnFrom === 'traces' ? undefined : request.drawnFrom), [value, request.drawnFrom]);
  const links = useMemo(() => ({ traceHref: (traceId: string) => tracePath(traceId, source?.uid) }), [source?.uid]);

  return (
    <PluginPage
      actions={<PageTimeControls control={time} isLoading={isRunning} onRefresh={refresh} />}
      subTitle="Which services call which, drawn from the traces themselves"
    >
      <div className={styles.page}>
        <div className={styles.bar}>
          <SourcePicker uid={source?.uid} onChange={setSourceUid} />
          {backend && <MapRequestBar backend={backend} hasMetrics={metricsUid !== undefined} range={range} request={request} onChange={changeRequest} />}
        </div>
        {error && <FailedState title="The service map could not be loaded" error={error} onRetry={refresh} />}
        <div className={styles.map}>
          {!backend ? (
            <NoSource />
          ) : content ? (
            content.model.nodes.length > 0 ? (
              <ServiceMapView content={content} state={state} onChange={changeState} settings={DEFAULT_MAP_SETTINGS} links={links} />
            ) : (
              <EmptyStatePanel title={request.service ? `No traces through ${request.service} in this range` : 'No traces in this range'}>
                <p>Widen the time range, or send traces to this data source.</p>
                <Button variant="secondary" onClick={() => time.setTimeRange({ from: 'now-24h', to: 'now' })}>
                  Look at the last 24 hours
                </Button>
              </EmptyStatePanel>
            )
          ) : (
            isRunning && <LoadingState what="Reading traces" />
          )}
        </div>
      </div>
    </PluginPage>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  page: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1), height: 'calc(100vh - 190px)', minHeight: 420 }),
  bar: css({ display: 'flex', gap: theme.spacing(1), flexWrap: 'wrap' }),
  map: css({ flex: 1, minHeight: 0, border: `1px solid ${theme.colors.border.weak}`, borderRadius: theme.shape.radius.default, padding: theme.spacing(1) }),
});
