import type { DataQuery } from '@grafana/schema';
import type { ComparedBy } from '../backends/compare-cohorts';
import type { TagCondition } from '../backends/filter/trace-filter';

/** What a panel asks the data source for. */
export type VezaQueryType = 'serviceMap' | 'search' | 'trace' | 'operations' | 'latency' | 'compare';

/** A query as dashboards store it: texts may hold template variables. */
export interface VezaQuery extends DataQuery {
  queryType?: VezaQueryType;
  /** Of `trace`. */
  traceId?: string;
  /** Of all but `trace`. */
  filter?: {
    service?: string;
    operation?: string;
    errorsOnly?: boolean;
    /** With a unit: "200ms". */
    minDuration?: string;
    maxDuration?: string;
    conditions?: TagCondition[];
    traceql?: string;
  };
  /** Of `compare`; errors where it is left out. */
  comparedBy?: ComparedBy;
  /** Most traces to look at. */
  limit?: number;
}

/** Defaults: a list fits a panel, figures want as many traces as one search gives quickly. */
export const DEFAULT_LIMIT: Readonly<Record<VezaQueryType, number>> = { search: 20, serviceMap: 500, trace: 1, operations: 500, latency: 500, compare: 500 };
