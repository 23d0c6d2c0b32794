/** What a user has done to the view of one trace, as one reducer. */
export interface TraceViewState {
  readonly selected: number | undefined;
  readonly collapsed: ReadonlySet<number>;
  readonly filterText: string;
  /** Hide what does not match, but for the calls that led there. */
  readonly onlyMatches: boolean;
  readonly criticalPath: 'hidden' | 'shown' | 'only';
  readonly isHelpOpen: boolean;
}

export type TraceViewAction =
  | { readonly kind: 'select'; readonly row: number | undefined }
  | { readonly kind: 'toggle'; readonly row: number }
  | { readonly kind: 'collapse'; readonly rows: ReadonlySet<number> }
  /** Opens what hides the row, and selects it. */
  | { readonly kind: 'reveal'; readonly row: number; readonly ancestors: readonly number[] }
  | { readonly kind: 'filter'; readonly text: string }
  | { readonly kind: 'onlyMatches' }
  | { readonly kind: 'criticalPath' }
  | { readonly kind: 'help' };

export const initialTraceView = (selected: number | undefined): TraceViewState => ({
  selected,
  collapsed: new Set(),
  filterText: '',
  onlyMatches: false,
  criticalPath: 'hidden',
  isHelpOpen: false,
});

const NEXT_CRITICAL_PATH = { hidden: 'shown', shown: 'only', only: 'hidden' } as const;

export function traceViewReducer(state: TraceViewState, action: TraceViewAction): TraceViewState {
  switch (action.kind) {
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
    case 'onlyMatches':
      return { ...state, onlyMatches: !state.onlyMatches };
    case 'criticalPath':
      return { ...state, criticalPath: NEXT_CRITICAL_PATH[state.criticalPath] };
    case 'help':
      return { ...state, isHelpOpen: !state.isHelpOpen };
  }
}

function toggled(rows: ReadonlySet<number>, row: number): ReadonlySet<number> {
  const next = new Set(rows);
  if (!next.delete(row)) {
    next.add(row);
  }
  return next;
}
