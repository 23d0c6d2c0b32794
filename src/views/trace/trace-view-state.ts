/** What a user has done to the view of one trace, as one reducer. */
import type { GroupBy } from '../../analysis/group-column';
import { withCondition, type AttributeColumn } from './span-actions';
import { FULL_DISPLAY, type TraceDisplay } from './trace-display';
import type { TraceTabKind } from './trace-tabs';

export interface TraceViewState {
  readonly tab: TraceTabKind | 'timeline';
  readonly selected: number | undefined;
  readonly collapsed: ReadonlySet<number>;
  readonly filterText: string;
  /** Hide what does not match, but for the calls that led there. */
  readonly onlyMatches: boolean;
  readonly criticalPath: 'hidden' | 'shown' | 'only';
  readonly colourBy: GroupBy;
  /** Attributes shown beside the names. */
  readonly columns: readonly AttributeColumn[];
  readonly isHelpOpen: boolean;
}

export type TraceViewAction =
  | { readonly kind: 'tab'; readonly tab: TraceViewState['tab'] }
  | { readonly kind: 'select'; readonly row: number | undefined }
  | { readonly kind: 'toggle'; readonly row: number }
  | { readonly kind: 'collapse'; readonly rows: ReadonlySet<number> }
  /** Opens what hides the row, and selects it. */
  | { readonly kind: 'reveal'; readonly row: number; readonly ancestors: readonly number[] }
  | { readonly kind: 'filter'; readonly text: string }
  /** Narrows the filter. */
  | { readonly kind: 'condition'; readonly condition: string }
  | { readonly kind: 'onlyMatches' }
  | { readonly kind: 'criticalPath' }
  | { readonly kind: 'colourBy'; readonly by: GroupBy }
  | { readonly kind: 'addColumn' | 'removeColumn'; readonly column: AttributeColumn }
  | { readonly kind: 'help' };

export const initialTraceView = (selected: number | undefined, { columns, colourBy, hasCriticalPath }: TraceDisplay = FULL_DISPLAY): TraceViewState => ({
  tab: 'timeline',
  selected,
  collapsed: new Set(),
  filterText: '',
  onlyMatches: false,
  criticalPath: hasCriticalPath ? 'shown' : 'hidden',
  colourBy,
  columns,
  isHelpOpen: false,
});

const NEXT_CRITICAL_PATH = { hidden: 'shown', shown: 'only', only: 'hidden' } as const;

export function traceViewReducer(state: TraceViewState, action: TraceViewAction): TraceViewState {
  switch (action.kind) {
    case 'tab':
      return { ...state, tab: action.tab };
    case 'select':
      return { ...state, selected: action.row };
    case 'toggle':
      return { ...state, collapsed: toggled(state.collapsed, action.row) };
    case 'collapse':
      return { ...state, collapsed: action.rows };
    case 'reveal': {
      const hiding = action.ancestors.filter((row) => state.collapsed.has(row));
      const collapsed = hiding.length === 0 ? state.collapsed : new Set([...state.collapsed].filter((row) => !hiding.includes(row)));
      return { ...state, collapsed, selected: action.row };
    }
    case 'filter':
      return { ...state, filterText: action.text };
    case 'condition':
      return { ...state, filterText: withCondition(state.filterText, action.condition) };
    case 'onlyMatches':
      return { ...state, onlyMatches: !state.onlyMatches };
    case 'criticalPath':
      return { ...state, criticalPath: NEXT_CRITICAL_PATH[state.criticalPath] };
    case 'colourBy':
      return { ...state, colourBy: action.by };
    case 'addColumn':
      return { ...state, columns: [...without(state.columns, action.column), action.column] };
    case 'removeColumn':
      return { ...state, columns: without(state.columns, action.column) };
    case 'help':
      return { ...state, isHelpOpen: !state.isHelpOpen };
  }
}

const without = (columns: readonly AttributeColumn[], { scope, key }: AttributeColumn) => columns.filter((column) => column.scope !== scope || column.key !== key);

function toggled(rows: ReadonlySet<number>, row: number): ReadonlySet<number> {
  const next = new Set(rows);
  if (!next.delete(row)) {
    next.add(row);
  }
  return next;
}
