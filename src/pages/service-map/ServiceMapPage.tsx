import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { PluginPage } from '@grafana/runtime';
import { Input, useStyles2 } from '@grafana/ui';
import { useCallback, useMemo, useState } from 'react';
import { serviceMapOf } from '../../backends/service-map';
import { contentOfMap } from '../../views/service-map/content-of-map';
import { DEFAULT_MAP_SETTINGS } from '../../views/service-map/map-settings';
import { EmptyStatePanel, FailedState, LoadingState } from '../../views/state/StatePanel';
import { ServiceMapView } from '../../views/service-map/ServiceMapView';
import { SourcePicker } from '../../views/source/SourcePicker';
import { useSource } from '../../views/source/use-source';
import { useTask } from '../../views/task/use-task';
import { PageTimeControls } from '../../views/time-range/PageTimeControls';
import { rangeOf, useUrlTimeRange } from '../../views/time-range/use-url-time-range';
import { useUrlText } from '../../views/url/use-url-text';
import { tracePath } from '../../views/paths';
import { useUrlMapState } from './use-url-map-state';

/** Traces a map is drawn from: what one structural search answers in about half a second. */
const SAMPLE_LIMIT = 500;

export function ServiceMapPage() {
  const styles = useStyles2(getStyles);
  const [refreshCount, setRefreshCount] = useState(0);
  const refresh = useCallback(() => setRefreshCount((count) => count + 1), []);
  const { source, backend, setSourceUid } = useSource();
  const time = useUrlTimeRange();
  const [service, setService] = useUrlText('service');

  const load = useMemo(
    () =>
      backend &&
      ((signal: AbortSignal) => {
        const { from, to } = rangeOf(time.raw);
        const range = { fromMs: from.valueOf(), toMs: to.valueOf() };
        return serviceMapOf(backend, { filter: { service: service || undefined }, range, limit: SAMPLE_LIMIT }, { signal });
      }),
    [backend, time.raw, service]
  );
  const { value, error, isRunning } = useTask(load, refreshCount);
  const content = useMemo(() => value && contentOfMap(value), [value]);
  const links = useMemo(() => ({ traceHref: (traceId: string) => tracePath(traceId, source?.uid) }), [source?.uid]);
  const [state, changeState] = useUrlMapState();

  return (
    <PluginPage
      actions={<PageTimeControls control={time} isLoading={isRunning} onRefresh={refresh} />}
      subTitle="Which services call which, drawn from the traces themselves"
    >
      <div className={styles.page}>
        <div className={styles.bar}>
          <SourcePicker uid={source?.uid} onChange={setSourceUid} />
          <Input
            key={service}
            width={30}
            defaultValue={service}
            placeholder="Traces through a service"
            aria-label="Traces through a service"
            onKeyDown={(event) => event.key === 'Enter' && setService(event.currentTarget.value.trim())}
            onBlur={(event) => setService(event.currentTarget.value.trim())}
          />
        </div>
        {error && <FailedState title="The service map could not be loaded" error={error} onRetry={refresh} />}
        <div className={styles.map}>
          {!backend ? (
            <EmptyStatePanel title="No trace data source">Add a Tempo, Jaeger or Zipkin data source, then come back.</EmptyStatePanel>
          ) : content ? (
            content.model.nodes.length > 0 ? (
              <ServiceMapView content={content} state={state} onChange={changeState} settings={DEFAULT_MAP_SETTINGS} links={links} />
            ) : (
              <EmptyStatePanel title="No traces in this range">Widen the time range, or send traces to this data source.</EmptyStatePanel>
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
