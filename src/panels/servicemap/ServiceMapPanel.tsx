import { LoadingState, type PanelProps } from '@grafana/data';
import { PanelDataErrorView } from '@grafana/runtime';
import { useMemo } from 'react';
import { mapOfFrames } from '../../views/service-map/model-of-frames';
import { ServiceMapView } from '../../views/service-map/ServiceMapView';
import { ErrorBoundary } from '../../views/error-boundary/ErrorBoundary';
import { EmptyStatePanel, LoadingState as ReadingTraces } from '../../views/state/StatePanel';
import { tracePath } from '../../views/paths';

/** The service map of the panel's query: node graph frames of our data source or of any other. */
export function ServiceMapPanel({ id, data, fieldConfig, timeRange, width, height }: PanelProps) {
  const map = useMemo(() => mapOfFrames(data.series), [data.series]);
  const sourceUid = data.request?.targets[0]?.datasource?.uid;
  const traceHref = useMemo(() => (traceId: string) => tracePath(traceId, sourceUid), [sourceUid]);
  if (!map && data.state === LoadingState.Loading) {
    return <ReadingTraces what="Reading traces" />;
  }
  if (!map) {
    return <PanelDataErrorView panelId={id} fieldConfig={fieldConfig} data={data} message="A service map needs node graph frames: use the query type Service map." />;
  }
  return (
    <ErrorBoundary what="The service map">
      <div style={{ width, height }}>
        {map.model.nodes.length > 0 ? (
          <ServiceMapView
            model={map.model}
            windowS={map.windowS ?? Math.max(1, (timeRange.to.valueOf() - timeRange.from.valueOf()) / 1000)}
            notes={map.notes}
            traceHref={traceHref}
          />
        ) : (
          <EmptyStatePanel title="No traces in this range">Widen the time range, or send traces to this data source.</EmptyStatePanel>
        )}
      </div>
    </ErrorBoundary>
  );
}
