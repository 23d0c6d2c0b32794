import { LoadingState, type PanelData, type PanelProps } from '@grafana/data';
import { PanelDataErrorView } from '@grafana/runtime';
import { LinkButton, useTheme2 } from '@grafana/ui';
import { useCallback, useMemo, useState } from 'react';
import { ErrorBoundary } from '../../views/error-boundary/ErrorBoundary';
import { serviceMapPath, tracePath } from '../../views/paths';
import { INITIAL_MAP_STATE, type MapState } from '../../views/service-map/map-state';
import { mapOfFrames, type FramedMap } from '../../views/service-map/model-of-frames';
import { ServiceMapView } from '../../views/service-map/ServiceMapView';
import { EmptyStatePanel, FailedState, LoadingState as ReadingTraces } from '../../views/state/StatePanel';
import { figureFormats } from './figure-formats';
import { thresholdSteps, type ServiceMapOptions } from './options';
import { usePositions } from './use-positions';

/** The service map of the panel's query: node graph frames of our data source or of any other. */
export function ServiceMapPanel(props: PanelProps<ServiceMapOptions>) {
  const { id, data, fieldConfig, timeRange, width, height, options, replaceVariables } = props;
  const windowS = Math.max(1, (timeRange.to.valueOf() - timeRange.from.valueOf()) / 1000);
  const answered = useMemo(() => mapOfFrames(data.series, { windowS, groupField: options.groupField }), [data.series, windowS, options.groupField]);
  const last = useLastMap(answered, replaceVariables(JSON.stringify([data.request?.targets, timeRange.raw])));
  const failure = answered ? undefined : failureOf(data);
  const map = answered ?? (failure || data.state === LoadingState.Loading ? last : undefined);
  if (!map && data.state === LoadingState.Loading) {
    return <ReadingTraces what="Reading traces" />;
  }
  if (!map && failure) {
    return (
      <div style={{ width, height, overflow: 'auto' }}>
        <FailedState title="The service map could not be read" error={failure} />
      </div>
    );
  }
  if (!map) {
    return <PanelDataErrorView panelId={id} fieldConfig={fieldConfig} data={data} message={FRAMES_NEEDED} />;
  }
  return (
    <ErrorBoundary what="The service map">
      <div style={{ width, height, display: 'flex', flexDirection: 'column' }}>
        {failure && <RefreshFailed error={failure} />}
        <div style={{ flex: 1, minHeight: 0 }}>
          {map.model.nodes.length > 0 ? (
            <FramedServiceMap {...props} map={map} />
          ) : (
            <EmptyStatePanel title="No traces in this range">Widen the time range, or send traces to this data source.</EmptyStatePanel>
          )}
        </div>
      </div>
    </ErrorBoundary>
  );
}

const FRAMES_NEEDED =
  'A service map needs node graph frames: connections with the fields source and target, services with the field id. Veza Traces data sources answer so to the query type Service map.';

/**
 * The map that was last read for the same question: one failed refresh does not take it off the wall.
 *
 * @param asked what tells one question from another, variables and time range filled in
 */
function useLastMap(answered: FramedMap | undefined, asked: string): FramedMap | undefined {
  const [last, setLast] = useState<{ readonly asked: string; readonly map: FramedMap } | undefined>(undefined);
  if (answered && (last?.map !== answered || last.asked !== asked)) {
    setLast({ asked, map: answered });
  }
  return last?.asked === asked ? last.map : undefined;
}

function RefreshFailed({ error }: { readonly error: Error }) {
  const theme = useTheme2();
  return (
    <p role="status" style={{ margin: 0, color: theme.colors.error.text, maxHeight: '40%', overflow: 'auto', flexShrink: 0 }}>
      {`The last refresh failed; the map is that of before. ${error.message}`}
    </p>
  );
}

/** Why the query gave no frames; undefined where it did not fail. */
function failureOf({ state, errors, error = errors?.[0] }: PanelData): Error | undefined {
  if (state !== LoadingState.Error) {
    return undefined;
  }
  const message = error?.message ?? error?.data?.message ?? 'The data source gave no reason.';
  // Grafana's words for an empty variable too: what one sees first who has not added a data source yet.
  return new Error(/^Datasource .*was not found$/.test(message) ? `${message}. Add a data source of the type Veza Traces that names your Tempo, Jaeger or Zipkin, or choose another one.` : message);
}

function FramedServiceMap({ map, ...props }: PanelProps<ServiceMapOptions> & { readonly map: FramedMap }) {
  const { data, fieldConfig, timeRange, options } = props;
  const theme = useTheme2();
  const sourceUid = data.request?.targets[0]?.datasource?.uid;
  const [changes, change] = useChanges(options);
  const state = useMemo(() => ({ ...stateOf(options, map), ...changes }), [options, map, changes]);
  const { pinned, onPin } = usePositions(props);
  const { edgeLabel, errorThresholds, latencyThresholds } = options;
  const style = useMemo(
    () => ({
      edgeLabel,
      errorSteps: thresholdSteps(errorThresholds, 0.01, theme),
      latencySteps: thresholdSteps(latencyThresholds, 1e6, theme),
      ...figureFormats(data.series, fieldConfig),
    }),
    [edgeLabel, errorThresholds, latencyThresholds, theme, data.series, fieldConfig]
  );
  const { showControls, showNotes, showLegend, showMinimap } = options;
  const settings = useMemo(() => ({ showControls, showNotes, showLegend, showMinimap, style }), [showControls, showNotes, showLegend, showMinimap, style]);
  const links = useMemo(() => ({ traceHref: (traceId: string) => tracePath(traceId, sourceUid), configured: map.linksOf }), [sourceUid, map]);
  const page = serviceMapPath({ sourceUid, from: String(timeRange.from.valueOf()), to: String(timeRange.to.valueOf()), find: state.find, hide: state.hide });

  return (
    <ServiceMapView
      content={map}
      state={state}
      onChange={change}
      settings={settings}
      links={links}
      pinned={pinned}
      onPin={onPin}
      actions={<LinkButton size="sm" variant="secondary" fill="text" icon="external-link-alt" href={page} tooltip="Open in Veza Traces" aria-label="Open in Veza Traces" />}
    />
  );
}

/** What the reader chose instead of the options; gone once these change, so that whoever edits the panel sees what they do. */
function useChanges({ find, hide, layout, edgeColouring, edgeWeighting, collapseGroups }: ServiceMapOptions): readonly [Partial<MapState>, (next: Partial<MapState>) => void] {
  const insteadOf = JSON.stringify([find, hide, layout, edgeColouring, edgeWeighting, collapseGroups]);
  const [chosen, choose] = useState<{ readonly insteadOf: string; readonly changes: Partial<MapState> }>({ insteadOf, changes: NO_CHANGES });
  const change = useCallback(
    (next: Partial<MapState>) => choose((last) => ({ insteadOf, changes: last.insteadOf === insteadOf ? { ...last.changes, ...next } : next })),
    [insteadOf]
  );
  return [chosen.insteadOf === insteadOf ? chosen.changes : NO_CHANGES, change];
}

const NO_CHANGES: Partial<MapState> = {};

/** What readers see until they choose otherwise. */
function stateOf({ find, hide, layout, edgeColouring, edgeWeighting, collapseGroups }: ServiceMapOptions, { model }: FramedMap): MapState {
  const groups = model.nodes.flatMap(({ group }) => (group === undefined ? [] : [group]));
  return { ...INITIAL_MAP_STATE, find, hide, layout, colouring: edgeColouring, weighting: edgeWeighting, collapsed: collapseGroups ? [...new Set(groups)] : [] };
}
