import { Button } from '@grafana/ui';
import { useCallback, useMemo, useState } from 'react';
import { ToolPage } from '../../views/page/ToolPage';
import { tracePath } from '../../views/paths';
import { contentOfMap } from '../../views/service-map/content-of-map';
import { DEFAULT_MAP_SETTINGS } from '../../views/service-map/map-settings';
import { ServiceMapView } from '../../views/service-map/ServiceMapView';
import { useStoredPositions } from '../../views/service-map/use-stored-positions';
import { metricsSourceUid } from '../../views/source/sources';
import { NoSource } from '../../views/source/NoSource';
import { SourcePicker } from '../../views/source/SourcePicker';
import { useSource } from '../../views/source/use-source';
import { EmptyStatePanel, FailedState, LoadingState } from '../../views/state/StatePanel';
import { useTask } from '../../views/task/use-task';
import { PageTimeControls } from '../../views/time-range/PageTimeControls';
import { rangeMsOf, useUrlTimeRange } from '../../views/time-range/use-url-time-range';
import { loadMap } from './load-map';
import { MapRequestBar } from './MapRequestBar';
import { useUrlMapRequest, useUrlMapState } from './use-url-map-state';

export function ServiceMapPage() {
  const [refreshCount, setRefreshCount] = useState(0);
  const refresh = useCallback(() => setRefreshCount((count) => count + 1), []);
  const { source, backend, setSourceUid } = useSource();
  const time = useUrlTimeRange();
  const [request, changeRequest] = useUrlMapRequest();
  const [state, changeState] = useUrlMapState();
  const metricsUid = useMemo(() => source && metricsSourceUid(source), [source]);
  const range = useCallback(() => rangeMsOf(time.raw), [time.raw]);

  const load = useMemo(() => backend && ((signal: AbortSignal) => loadMap(backend, metricsUid, request, range(), { signal })), [backend, metricsUid, request, range]);
  const { value, error, isRunning } = useTask(load, refreshCount);
  const content = useMemo(() => value && contentOfMap(value, request.drawnFrom === 'traces' ? undefined : request.drawnFrom), [value, request.drawnFrom]);
  // Services and operations have different ids, and a service may stand elsewhere among those of another source.
  const [positions, onPin] = useStoredPositions(`veza-service-map.positions.${source?.uid ?? ''}`);
  const pinned = useMemo(() => new Map(Object.entries(positions)), [positions]);
  const links = useMemo(() => ({ traceHref: (traceId: string) => tracePath(traceId, source?.uid) }), [source?.uid]);

  return (
    <ToolPage
      title="Service map"
      fills
      bar={
        <>
          <SourcePicker uid={source?.uid} onChange={setSourceUid} />
          {backend && <MapRequestBar backend={backend} hasMetrics={metricsUid !== undefined} range={range} request={request} onChange={changeRequest} />}
        </>
      }
      actions={<PageTimeControls control={time} isLoading={isRunning} onRefresh={refresh} />}
    >
      {error && <FailedState title="The service map could not be loaded" error={error} onRetry={refresh} />}
      {!backend ? (
        <NoSource />
      ) : content ? (
        content.model.nodes.length > 0 ? (
          <ServiceMapView content={content} state={state} onChange={changeState} settings={DEFAULT_MAP_SETTINGS} links={links} pinned={pinned} onPin={onPin} />
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
    </ToolPage>
  );
}
