/** What a user has done to the view of one trace, as one reducer. */
import type { GroupBy } from '../../analysis/group-column';
import type { RowOf } from './rows-by-span-id';
import { withCondition, type AttributeColumn } from './span-actions';
import { FULL_DISPLAY, type TraceDisplay } from './trace-display';
import type { TraceTabKind } from './trace-tabs';

/** What can be switched on and off. */
export interface TraceSwitches {
  /** Hide what does not match, but for the calls that led there. */
  readonly onlyMatches: boolean;
  /** Repeated calls as one row. */
  readonly foldRepeats: boolean;
  /** Idle times made short. */
  readonly compressGaps: boolean;
  /** Times of day instead of times from the trace's start. */
  readonly absoluteTime: boolean;
  /** Span links as arrows. */
  readonly links: boolean;
  readonly help: boolean;
}

export interface TraceViewState {
  readonly tab: TraceTabKind | 'timeline';
  readonly selected: number | undefined;
  /** 1 a row whose descendants are hidden. */
  readonly collapsed: Uint8Array;
  /** First spans of the folded runs that were opened. */
  readonly openRuns: ReadonlySet<number>;
  readonly filterText: string;
  readonly criticalPath: 'hidden' | 'shown' | 'only';
  readonly colourBy: GroupBy;
  /** Attributes shown beside the names. */
  readonly columns: readonly AttributeColumn[];
  readonly switches: TraceSwitches;
}

export type TraceViewAction =
  | { readonly kind: 'tab'; readonly tab: TraceViewState['tab'] }
  | { readonly kind: 'select'; readonly row: number | undefined }
  | { readonly kind: 'toggle'; readonly row: number }
  | { readonly kind: 'collapse'; readonly rows: Uint8Array }
  | { readonly kind: 'toggleRun'; readonly head: number }
  /** Opens what hides the row, and selects it. */
  | { readonly kind: 'reveal'; readonly row: number; readonly ancestors: readonly number[]; readonly runs: readonly number[] }
  | { readonly kind: 'filter'; readonly text: string }
  /** Narrows the filter. */
  | { readonly kind: 'condition'; readonly condition: string }
  | { readonly kind: 'switch'; readonly name: keyof TraceSwitches }
  | { readonly kind: 'criticalPath' }
  | { readonly kind: 'colourBy'; readonly by: GroupBy }
  | { readonly kind: 'addColumn' | 'removeColumn'; readonly column: AttributeColumn }
  /** The rows were numbered anew: where each old one went, -1 where it is gone, and how many there are. */
  | { readonly kind: 'renumber'; readonly rowOf: RowOf; readonly spanCount: number };

export const initialTraceView = (spanCount: number, selected: number | undefined, { columns, colourBy, hasCriticalPath }: TraceDisplay = FULL_DISPLAY): TraceViewState => ({
  tab: 'timeline',
  selected,
  collapsed: new Uint8Array(spanCount),
  openRuns: new Set(),
  filterText: '',
  criticalPath: hasCriticalPath ? 'shown' : 'hidden',
  colourBy,
  columns,
  switches: { onlyMatches: false, foldRepeats: false, compressGaps: false, absoluteTime: false, links: true, help: false },
});

const NEXT_CRITICAL_PATH = { hidden: 'shown', shown: 'only', only: 'hidden' } as const;

export function traceViewReducer(state: TraceViewState, action: TraceViewAction): TraceViewState {
  switch (action.kind) {
    case 'tab':
      return { ...state, tab: action.tab };
    case 'select':
      return { ...state, selected: action.row };
    case 'toggle':
      return { ...state, collapsed: withRows(state.collapsed, [action.row], state.collapsed[action.row] === 1 ? 0 : 1) };
    case 'collapse':
      return { ...state, collapsed: action.rows };
    case 'toggleRun':
      return { ...state, openRuns: toggled(state.openRuns, action.head), selected: action.head };
    case 'reveal':
      return {
        ...state,
        collapsed: withRows(state.collapsed, action.ancestors, 0),
        openRuns: action.runs.every((run) => state.openRuns.has(run)) ? state.openRuns : new Set([...state.openRuns, ...action.runs]),
        selected: action.row,
      };
    case 'filter':
      return { ...state, filterText: action.text };
    case 'condition':
      return { ...state, filterText: withCondition(state.filterText, action.condition) };
    case 'switch':
      return { ...state, switches: { ...state.switches, [action.name]: !state.switches[action.name] } };
    case 'criticalPath':
      return { ...state, criticalPath: NEXT_CRITICAL_PATH[state.criticalPath] };
    case 'colourBy':
      return { ...state, colourBy: action.by };
    case 'addColumn':
      return { ...state, columns: [...without(state.columns, action.column), action.column] };
    case 'removeColumn':
      return { ...state, columns: without(state.columns, action.column) };
    case 'renumber':
      return renumbered(state, action.rowOf, action.spanCount);
  }
}

const without = (columns: readonly AttributeColumn[], { scope, key }: AttributeColumn) => columns.filter((column) => column.scope !== scope || column.key !== key);

/** The same array where nothing changes: what is computed from it stays. */
function withRows(collapsed: Uint8Array, rows: readonly number[], mark: 0 | 1): Uint8Array {
  if (rows.every((row) => collapsed[row] === mark)) {
    return collapsed;
  }
  const next = collapsed.slice();
  rows.forEach((row) => (next[row] = mark));
  return next;
}

function toggled(rows: ReadonlySet<number>, row: number): ReadonlySet<number> {
  const next = new Set(rows);
  if (!next.delete(row)) {
    next.add(row);
  }
  return next;
}

function renumbered(state: TraceViewState, rowOf: RowOf, spanCount: number): TraceViewState {
  const collapsed = new Uint8Array(spanCount);
  for (let old = state.collapsed.indexOf(1); old >= 0; old = state.collapsed.indexOf(1, old + 1)) {
    const row = rowOf(old);
    if (row >= 0) {
      collapsed[row] = 1;
    }
  }
  const selected = state.selected === undefined ? -1 : rowOf(state.selected);
  return { ...state, collapsed, openRuns: new Set([...state.openRuns].map(rowOf)), selected: selected < 0 ? undefined : selected };
}
