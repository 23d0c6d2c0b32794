import { type DataFrame, FieldColorModeId, FieldConfigProperty, FieldType, PanelPlugin, type PanelProps } from '@grafana/data';
import { PanelDataErrorView } from '@grafana/runtime';
import { LegendDisplayMode, TooltipDisplayMode, VisibilityMode, type VizLegendOptions } from '@grafana/schema';
import { TimeSeries, TooltipPlugin, ZoomPlugin } from '@grafana/ui';
import { useMemo } from 'react';
import { type CustomConfig, customFieldConfig } from './custom-field-config';

interface TimeSeriesOptions {
  readonly legend: VizLegendOptions;
  readonly tooltip: { readonly mode: TooltipDisplayMode };
}

function TimeSeriesPanel({ id, data, options, width, height, timeRange, timeZone, fieldConfig, onChangeTimeRange }: PanelProps<TimeSeriesOptions>) {
  const frames = useMemo(() => graphable(data.series), [data.series]);
  if (frames.length === 0) {
    return <PanelDataErrorView panelId={id} data={data} fieldConfig={fieldConfig} needsTimeField needsNumberField />;
  }
  return (
    <TimeSeries
      frames={frames}
      structureRev={data.structureRev}
      width={width}
      height={height}
      timeRange={timeRange}
      timeZone={timeZone}
      legend={options.legend}
    >
      {(config, alignedFrame) => (
        <>
          <ZoomPlugin config={config} onZoom={onChangeTimeRange} />
          <TooltipPlugin config={config} data={alignedFrame} frames={frames} mode={options.tooltip.mode} timeZone={timeZone} />
        </>
      )}
    </TimeSeries>
  );
}

/** Frames with a time field and something to plot over it. */
function graphable(frames: readonly DataFrame[]): DataFrame[] {
  const has = (frame: DataFrame, type: FieldType) => frame.fields.some((field) => field.type === type);
  return frames.filter((frame) => has(frame, FieldType.time) && has(frame, FieldType.number));
}

export const timeSeriesPanel = new PanelPlugin<TimeSeriesOptions, CustomConfig>(TimeSeriesPanel)
  .useFieldConfig({
    ...customFieldConfig({
      drawStyle: undefined, lineInterpolation: undefined, lineWidth: 1, fillOpacity: 0, gradientMode: undefined, lineStyle: undefined,
      showPoints: VisibilityMode.Auto, pointSize: 5, spanNulls: false, stacking: undefined, barAlignment: undefined, thresholdsStyle: undefined,
      axisPlacement: undefined, axisLabel: undefined, axisSoftMin: undefined, axisSoftMax: undefined, axisWidth: undefined,
      axisGridShow: undefined, axisCenteredZero: undefined, axisColorMode: undefined, scaleDistribution: undefined, hideFrom: undefined,
      transform: undefined,
    }),
    standardOptions: { [FieldConfigProperty.Color]: { defaultValue: { mode: FieldColorModeId.PaletteClassic } } },
  })
  .setPanelOptions((builder) =>
    builder
      .addTextInput({ path: 'legend.placement', name: 'Legend placement', defaultValue: 'bottom' })
      .addTextInput({ path: 'legend.displayMode', name: 'Legend mode', defaultValue: LegendDisplayMode.List })
      .addBooleanSwitch({ path: 'legend.showLegend', name: 'Legend', defaultValue: true })
      .addTextInput({ path: 'tooltip.mode', name: 'Tooltip mode', defaultValue: TooltipDisplayMode.Single })
  );
