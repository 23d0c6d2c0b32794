import { initialTraceView, traceViewReducer, type TraceViewAction } from './trace-view-state';

const SPANS = 8;
const after = (...actions: TraceViewAction[]) => actions.reduce(traceViewReducer, initialTraceView(SPANS, undefined));
const marks = (...rows: number[]) => Uint8Array.from({ length: SPANS }, (_, row) => Number(rows.includes(row)));

describe('traceViewReducer', () => {
  it('collapses and expands', () => {
    expect(after({ kind: 'toggle', row: 3 }).collapsed).toEqual(marks(3));
    expect(after({ kind: 'toggle', row: 3 }, { kind: 'toggle', row: 3 }).collapsed).toEqual(marks());
  });
  it('opens only what hides a revealed span', () => {
    const state = after({ kind: 'collapse', rows: marks(1, 2, 7) }, { kind: 'reveal', row: 4, ancestors: [2, 1, 0], runs: [3] });
    expect(state.collapsed).toEqual(marks(7));
    expect([...state.openRuns]).toEqual([3]);
    expect(state.selected).toBe(4);
  });
  it('keeps what did not change: nothing is drawn anew for it', () => {
    const before = after({ kind: 'collapse', rows: marks(7) });
    const revealed = traceViewReducer(before, { kind: 'reveal', row: 4, ancestors: [2, 1, 0], runs: [] });
    expect(revealed.collapsed).toBe(before.collapsed);
    expect(revealed.openRuns).toBe(before.openRuns);
  });
  it('goes round the ways to show the critical path', () => {
    expect([1, 2, 3].map((times) => after(...Array<TraceViewAction>(times).fill({ kind: 'criticalPath' })).criticalPath)).toEqual(['shown', 'only', 'hidden']);
  });
  it('follows its spans when rows are numbered anew', () => {
    const state = after({ kind: 'collapse', rows: marks(1, 2) }, { kind: 'toggleRun', head: 2 }, { kind: 'renumber', rowOf: (row) => [0, 2, 1][row] ?? row, spanCount: 10 });
    expect([state.selected, [...state.openRuns], [...state.collapsed]]).toEqual([1, [1], [0, 1, 1, 0, 0, 0, 0, 0, 0, 0]]);
  });
});
