/** The ways of looking at a trace other than the timeline; each is loaded when somebody chooses it. */
import type { ComponentType, LazyExoticComponent } from 'react';
import type { TraceSet } from '../../trace';
import type { SpanActions } from './span-actions';
import type { SpanMarks } from './span-marks';

export interface TraceTabProps extends SpanActions {
  readonly set: TraceSet;
  /** Index of the trace in the set. */
  readonly trace: number;
  /** What the filter finds; undefined without a filter. */
  readonly filterMarks: SpanMarks | undefined;
  /** Row of the span whose details are open. */
  readonly selected: number | undefined;
}

export type TraceTabKind = 'flame' | 'statistics' | 'spans' | 'structure';

export interface TraceTab {
  readonly kind: TraceTabKind;
  readonly label: string;
  readonly View: LazyExoticComponent<ComponentType<TraceTabProps>>;
}

/** In the order of the switch. */
export const TRACE_TABS: readonly TraceTab[] = [];
