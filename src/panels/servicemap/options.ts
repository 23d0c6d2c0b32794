import { ThresholdsMode, type GrafanaTheme2, type ThresholdsConfig } from '@grafana/data';
import type { MapLayoutKind } from '../../drawing/graph/map-layout';
import type { EdgeColouring, EdgeWeighting, LabelFigure, ThresholdStep } from '../../drawing/graph/map-style';
import type { Positions } from '../../views/service-map/use-stored-positions';

/** The panel's options as a dashboard stores them. */
export interface ServiceMapOptions {
  readonly layout: MapLayoutKind;
  readonly edgeLabel: readonly LabelFigure[];
  readonly edgeColouring: EdgeColouring;
  readonly edgeWeighting: EdgeWeighting;
  /** In percent of calls. */
  readonly errorThresholds: ThresholdsConfig;
  /** In milliseconds of p95. */
  readonly latencyThresholds: ThresholdsConfig;
  readonly find: string;
  readonly hide: string;
  /** Field of the nodes frame whose values are the groups; empty for the frame's own. */
  readonly groupField: string;
  readonly collapseGroups: boolean;
  readonly showControls: boolean;
  readonly showNotes: boolean;
  /** Whether the legend is open at first; its button is always there. */
  readonly showLegend: boolean;
  readonly showMinimap: boolean;
  /** Where services were dragged to, by node id. */
  readonly positions: Positions;
}

const thresholds = (warning: number, error: number): ThresholdsConfig => ({
  mode: ThresholdsMode.Absolute,
  // JSON has no infinity: Grafana reads null as the base step.
  steps: [{ value: -Infinity, color: 'transparent' }, { value: warning, color: 'orange' }, { value: error, color: 'red' }],
});

export const DEFAULT_OPTIONS: ServiceMapOptions = {
  layout: 'layered',
  edgeLabel: ['rate', 'p95'],
  edgeColouring: 'errors',
  edgeWeighting: 'calls',
  errorThresholds: thresholds(0.1, 5),
  latencyThresholds: thresholds(500, 2000),
  find: '',
  hide: '',
  groupField: '',
  collapseGroups: false,
  showControls: true,
  showNotes: true,
  showLegend: false,
  showMinimap: true,
  positions: {},
};

/** Grafana's thresholds as the map's: the base step, which is below every value, colours nothing. */
export function thresholdSteps({ steps }: ThresholdsConfig, unit: number, { visualization }: GrafanaTheme2): ThresholdStep[] {
  return steps
    .filter(({ value }) => Number.isFinite(value))
    .map(({ value, color }) => ({ from: value * unit, colour: visualization.getColorByName(color) }))
    .sort((a, b) => a.from - b.from);
}
