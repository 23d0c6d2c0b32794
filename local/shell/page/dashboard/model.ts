/** The part of Grafana's dashboard JSON (schema v1) that the shell reads. */
import type { DataQuery, DataSourceRef, DataTransformerConfig, FieldConfigSource, TimeOption } from '@grafana/data';

export interface GridPos {
  /** Columns of 24, rows of 30 px. */
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export interface PanelModel {
  readonly id: number;
  readonly type: string;
  readonly title?: string;
  readonly description?: string;
  readonly transparent?: boolean;
  readonly gridPos: GridPos;
  readonly datasource?: DataSourceRef | string | null;
  readonly targets?: readonly DataQuery[];
  readonly options?: Readonly<Record<string, unknown>>;
  readonly fieldConfig?: FieldConfigSource;
  readonly transformations?: readonly DataTransformerConfig[];
  readonly pluginVersion?: string;
  /** Minimum interval between points, such as `30s` or `$interval`. */
  readonly interval?: string;
  readonly maxDataPoints?: number;
  /** Rows only. */
  readonly collapsed?: boolean;
  /** Of a collapsed row: the panels it hides. */
  readonly panels?: readonly PanelModel[];
}

export interface VariableModel {
  readonly name: string;
  readonly type: string;
  readonly label?: string;
  /** 0 shows label and value, 1 the value only, 2 nothing. */
  readonly hide?: 0 | 1 | 2;
  readonly query?: unknown;
  readonly datasource?: DataSourceRef | string | null;
  readonly regex?: string;
  readonly multi?: boolean;
  readonly includeAll?: boolean;
  readonly allValue?: string | null;
  readonly sort?: number;
  /** 1 asks for the options when the dashboard opens, 2 whenever the time range changes. */
  readonly refresh?: number;
  readonly current?: { readonly value?: string | readonly string[]; readonly text?: string | readonly string[] };
}

export interface DashboardModel {
  readonly uid: string;
  readonly title: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly panels?: readonly PanelModel[];
  readonly templating?: { readonly list?: readonly VariableModel[] };
  readonly time?: { readonly from: string; readonly to: string };
  readonly timepicker?: { readonly hidden?: boolean; readonly refresh_intervals?: string[]; readonly quick_ranges?: TimeOption[] };
  readonly refresh?: string | false;
  readonly timezone?: string;
}
