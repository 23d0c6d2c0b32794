import { cacheFieldDisplayNames, type DataFrame, PanelPlugin, type PanelProps } from '@grafana/data';
import { PanelDataErrorView } from '@grafana/runtime';
import { TableCellDisplayMode, TableCellHeight, type TableSortByFieldState } from '@grafana/schema';
import { Combobox, useTheme2 } from '@grafana/ui';
import { TableNG } from '@grafana/ui/unstable';
import { useMemo, useState } from 'react';
import { type CustomConfig, customFieldConfig } from './custom-field-config';

interface TableOptions {
  readonly showHeader: boolean;
  readonly cellHeight: TableCellHeight;
  readonly sortBy?: TableSortByFieldState[];
  readonly frameIndex: number;
}

/** Height of the frame picker, shown where a query answers with several tables. */
const PICKER_HEIGHT_PX = 32;

function TablePanel({ id, data, options, fieldConfig, width, height, timeRange }: PanelProps<TableOptions>) {
  const theme = useTheme2();
  const [chosen, setChosen] = useState(options.frameIndex);
  const frames = useMemo(() => {
    const shown = data.series.filter((frame) => frame.fields.length > 0).map(withHiddenFields);
    // TableNG reads the names from here only.
    cacheFieldDisplayNames(shown);
    return shown;
  }, [data.series]);
  if (frames.length === 0 || frames.every((frame) => frame.length === 0)) {
    return <PanelDataErrorView panelId={id} data={data} fieldConfig={fieldConfig} />;
  }
  const frame = frames[chosen] ?? frames[0];
  const isSingle = frames.length === 1;
  const tableHeight = isSingle ? height : height - PICKER_HEIGHT_PX - theme.spacing.gridSize;
  // Grafana 12 and 13 name it differently.
  const sorting = { initialSortBy: options.sortBy, sortBy: options.sortBy };
  const choices = frames.map(({ name, refId }, value) => ({ label: name || refId || `Frame ${value + 1}`, value }));
  return (
    <>
      <TableNG
        data={frame}
        width={width}
        height={tableHeight}
        noHeader={!options.showHeader}
        cellHeight={options.cellHeight}
        {...sorting}
        timeRange={timeRange}
        structureRev={data.structureRev}
        fieldConfig={fieldConfig}
      />
      {!isSingle && <Combobox options={choices} value={frames.indexOf(frame)} onChange={({ value }) => setChosen(value)} aria-label="Table" />}
    </>
  );
}

/** Dashboards saved before Grafana 12.2 say `hidden`; since then, and in TableNG, it is `hideFrom.viz`. */
function withHiddenFields(frame: DataFrame): DataFrame {
  const fields = frame.fields.map((field) => {
    const custom = field.config.custom;
    return custom?.hidden ? { ...field, config: { ...field.config, custom: { ...custom, hideFrom: { viz: true } } } } : field;
  });
  return { ...frame, fields };
}

export const tablePanel = new PanelPlugin<TableOptions, CustomConfig>(TablePanel)
  .useFieldConfig(
    customFieldConfig({
      width: undefined, minWidth: 150, align: 'auto', hidden: undefined, hideFrom: undefined, 'hideFrom.viz': undefined, hideHeader: undefined,
      filterable: undefined, inspect: false, cellOptions: { type: TableCellDisplayMode.Auto }, wrapHeaderText: undefined, wrapText: undefined,
      footer: undefined, styleField: undefined, tooltip: undefined,
    })
  )
  .setPanelOptions((builder) =>
    builder
      .addBooleanSwitch({ path: 'showHeader', name: 'Header', defaultValue: true })
      .addTextInput({ path: 'cellHeight', name: 'Cell height', defaultValue: TableCellHeight.Sm })
      .addNumberInput({ path: 'frameIndex', name: 'Frame', defaultValue: 0 })
  );
