/** The ways of looking at a trace other than the timeline; each is loaded when somebody chooses it. */
import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import type { TraceSet } from '../../trace';
import type { AttributeColumn, SpanActions } from './span-actions';
import type { SpanMarks } from './span-marks';

export interface TraceTabProps extends SpanActions {
  readonly set: TraceSet;
  /** Index of the trace in the set. */
  readonly trace: number;
  /** What the filter finds; undefined without a filter. */
  readonly filterMarks: SpanMarks | undefined;
  /** Row of the span whose details are open. */
  readonly selected: number | undefined;
  /** Attributes that somebody chose to see of every span. */
  readonly columns: readonly AttributeColumn[];
  readonly onRemoveColumn: (column: AttributeColumn) => void;
}

export type TraceTabKind = 'flame' | 'statistics' | 'spans' | 'structure';

export interface TraceTab {
  readonly kind: TraceTabKind;
  readonly label: string;
  readonly View: LazyExoticComponent<ComponentType<TraceTabProps>>;
}

/** In the order of the switch. */
export const TRACE_TABS: readonly TraceTab[] = [
  { kind: 'flame', label: 'Flame', View: lazy(() => import('./flame/FlameView').then(({ FlameView }) => ({ default: FlameView }))) },
  { kind: 'statistics', label: 'Statistics', View: lazy(() => import('./statistics/StatisticsView').then(({ StatisticsView }) => ({ default: StatisticsView }))) },
  { kind: 'spans', label: 'Spans', View: lazy(() => import('./spans-table/SpansTable').then(({ SpansTable }) => ({ default: SpansTable }))) },
  { kind: 'structure', label: 'Structure', View: lazy(() => import('./structure/StructureView').then(({ StructureView }) => ({ default: StructureView }))) },
];
