import type { DataQuery } from '@grafana/schema';
import type { ComparedBy } from '../backends/compare-cohorts';
import type { EarlierWindow } from '../backends/compared-map';
import type { TagCondition } from '../backends/filter/trace-filter';
import type { MapDetail } from '../backends/service-map';

/** What a panel asks the data source for. */
export type VezaQueryType = 'serviceMap' | 'search' | 'trace' | 'operations' | 'latency' | 'compare' | 'hotPath' | 'objective';

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
  /** Of `serviceMap`: what a node is, services by default. */
  level?: MapDetail['level'];
  /** Of `serviceMap`: the resource attribute by which services are grouped. */
  groupBy?: string;
  /** Of `serviceMap`: the earlier window to compare with. */
  against?: EarlierWindow;
  /** Of `hotPath` and `objective`: how long a call of the filter's operation may take, with a unit; of the reference deployment's where left out. */
  objective?: string;
  /** Most traces to look at. */
  limit?: number;
}

/** Defaults: a list fits a panel, figures want as many traces as one search gives quickly. */
export const DEFAULT_LIMIT: Readonly<Record<VezaQueryType, number>> = { search: 20, serviceMap: 500, trace: 1, operations: 500, latency: 500, compare: 500, hotPath: 200, objective: 200 };
