/** The core panels that dashboards here use, drawn with @grafana/ui's components: Grafana's own are not on npm. */
import type { PanelPlugin } from '@grafana/data';
import { statPanel } from './stat-panel';
import { tablePanel } from './table-panel';
import { textPanel } from './text-panel';
import { timeSeriesPanel } from './time-series-panel';

export const corePanels: ReadonlyMap<string, PanelPlugin> = new Map(
  Object.entries<unknown>({ timeseries: timeSeriesPanel, stat: statPanel, table: tablePanel, text: textPanel })
) as ReadonlyMap<string, PanelPlugin>;
