import {
  type FieldDisplay, getDisplayValueAlignmentFactors, getFieldDisplayValues, PanelPlugin, type PanelProps, ReducerID,
} from '@grafana/data';
import {
  BigValueColorMode, BigValueGraphMode, BigValueJustifyMode, BigValueTextMode, type ReduceDataOptions, VizOrientation,
} from '@grafana/schema';
import { BigValue, DataLinksContextMenu, useTheme2, VizRepeater, type VizRepeaterRenderValueProps } from '@grafana/ui';

interface StatOptions {
  readonly reduceOptions: ReduceDataOptions;
  readonly orientation: VizOrientation;
  readonly textMode: BigValueTextMode;
  readonly colorMode: BigValueColorMode;
  readonly graphMode: BigValueGraphMode;
  readonly justifyMode: BigValueJustifyMode;
  readonly wideLayout: boolean;
}

function StatPanel({ data, options, fieldConfig, width, height, replaceVariables, timeZone, renderCounter }: PanelProps<StatOptions>) {
  const theme = useTheme2();
  const getValues = () =>
    getFieldDisplayValues({
      fieldConfig, reduceOptions: options.reduceOptions, replaceVariables, theme, data: data.series,
      sparkline: options.graphMode !== BigValueGraphMode.None, timeZone,
    });
  return (
    <VizRepeater
      getValues={getValues}
      getAlignmentFactors={getDisplayValueAlignmentFactors}
      renderValue={(props) => <StatValue {...props} options={options} />}
      width={width}
      height={height}
      source={data}
      itemSpacing={3}
      renderCounter={renderCounter}
      autoGrid
      orientation={options.orientation}
    />
  );
}

type StatValueProps = VizRepeaterRenderValueProps<FieldDisplay, ReturnType<typeof getDisplayValueAlignmentFactors>> & {
  readonly options: StatOptions;
};

function StatValue({ value, alignmentFactors, width, height, count, options }: StatValueProps) {
  const theme = useTheme2();
  const bigValue = (onClick?: React.MouseEventHandler<HTMLElement>, className?: string) => (
    <BigValue
      value={value.display}
      count={count}
      sparkline={value.sparkline}
      colorMode={options.colorMode}
      graphMode={options.graphMode}
      justifyMode={options.justifyMode}
      textMode={options.textMode}
      alignmentFactors={alignmentFactors}
      disableWideLayout={!options.wideLayout}
      width={width}
      height={height}
      theme={theme}
      onClick={onClick}
      className={className}
    />
  );
  if (value.hasLinks && value.getLinks) {
    return <DataLinksContextMenu links={value.getLinks}>{(menu) => bigValue(menu.openMenu, menu.targetClassName)}</DataLinksContextMenu>;
  }
  return bigValue();
}

export const statPanel = new PanelPlugin<StatOptions>(StatPanel).useFieldConfig().setPanelOptions((builder) =>
  builder
    .addBooleanSwitch({ path: 'reduceOptions.values', name: 'All values', defaultValue: false })
    .addMultiSelect({ path: 'reduceOptions.calcs', name: 'Calculation', defaultValue: [ReducerID.lastNotNull], settings: { options: [] } })
    .addTextInput({ path: 'reduceOptions.fields', name: 'Fields', defaultValue: '' })
    .addTextInput({ path: 'orientation', name: 'Orientation', defaultValue: VizOrientation.Auto })
    .addTextInput({ path: 'textMode', name: 'Text mode', defaultValue: BigValueTextMode.Auto })
    .addTextInput({ path: 'colorMode', name: 'Color mode', defaultValue: BigValueColorMode.Value })
    .addTextInput({ path: 'graphMode', name: 'Graph mode', defaultValue: BigValueGraphMode.Area })
    .addTextInput({ path: 'justifyMode', name: 'Text alignment', defaultValue: BigValueJustifyMode.Auto })
    .addBooleanSwitch({ path: 'wideLayout', name: 'Wide layout', defaultValue: true })
);
