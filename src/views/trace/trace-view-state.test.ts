import { initialTraceView, traceViewReducer, type TraceViewAction } from './trace-view-state';

const after = (...actions: TraceViewAction[]) => actions.reduce(traceViewReducer, initialTraceView(undefined));

describe('traceViewReducer', () => {
  it('collapses and expands', () => {
    expect([...after({ kind: 'toggle', row: 3 }).collapsed]).toEqual([3]);
    expect(after({ kind: 'toggle', row: 3 }, { kind: 'toggle', row: 3 }).collapsed.size).toBe(0);
  });
  it('opens only what hides a revealed span', () => {
    const state = after({ kind: 'collapse', rows: new Set([1, 2, 7]) }, { kind: 'reveal', row: 4, ancestors: [2, 1, 0] });
    expect([...state.collapsed]).toEqual([7]);
    expect(state.selected).toBe(4);
  });
  it('goes round the ways to show the critical path', () => {
    expect([1, 2, 3].map((times) => after(...Array<TraceViewAction>(times).fill({ kind: 'criticalPath' })).criticalPath)).toEqual(['shown', 'only', 'hidden']);
  });
});
