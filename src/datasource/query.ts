import type { DataQuery } from '@grafana/schema';

/** What a panel asks the data source for. */
export type VezaQueryType = 'serviceMap' | 'search' | 'trace';

/** A query as dashboards store it: texts may hold template variables. */
export interface VezaQuery extends DataQuery {
  queryType?: VezaQueryType;
  /** Of `trace`. */
  traceId?: string;
  /** Of `serviceMap` and `search`. */
  filter?: {
    service?: string;
    operation?: string;
    errorsOnly?: boolean;
    /** With a unit: "200ms". */
    minDuration?: string;
    maxDuration?: string;
    traceql?: string;
  };
  /** Most traces to look at. */
  limit?: number;
}

/** Defaults: a list fits a panel, a map wants as many traces as one search gives quickly. */
export const DEFAULT_LIMIT: Readonly<Record<VezaQueryType, number>> = { search: 20, serviceMap: 500, trace: 1 };
