import { traceSetOf, type TestSpan } from '../analysis/testing/spans';
import type { Backend } from './backend';
import { hotPathReport } from './hot-path';
import { fullCoverage } from './sampling/coverage';

const RANGE = { fromMs: 0, toMs: 60_000 };
const PATH = { operation: 'login', objectiveNs: 500e6, target: 0.9 };

/** Trace n starts n seconds in. */
function spansOf(trace: number, durationMs: number, status: TestSpan['status'] = 'unset'): TestSpan[] {
  const startNs = trace * 1e9;
  return [
    { id: 1, trace, service: 'web', name: 'GET /', startNs, durationNs: 5e9, status: 'error' },
    { id: 2, parent: 1, trace, service: 'auth', name: 'login', startNs, durationNs: durationMs * 1e6, status },
    { id: 3, parent: 1, trace, service: 'auth', name: 'login', startNs, durationNs: 1e6, status: 'error' },
  ];
}

function reportOf(spans: readonly TestSpan[]) {
  const traces = traceSetOf(spans);
  const backend = { sample: async () => ({ traces, coverage: fullCoverage(RANGE, traces.traceCount), isLimited: false, incompleteTraceCount: 0, notes: ['a note'] }) };
  return hotPathReport(backend as Partial<Backend> as Backend, { filter: { operation: 'login' }, range: RANGE, limit: 100 }, PATH);
}

describe('hotPathReport', () => {
  it('picks the newest, the slowest and the failed traces by their calls', async () => {
    const durationsMs = [900, 10, 20, 30, 40, 50, 60, 70];
    const { picked, ratePerS, notes } = await reportOf(durationsMs.flatMap((durationMs, at) => spansOf(at + 1, durationMs, at === 2 ? 'error' : 'unset')));
    const durations = (as: string) => picked.filter(({ pickedAs }) => pickedAs === as).map(({ durationNs }) => durationNs / 1e6);
    expect(durations('newest')).toEqual([70, 60, 50, 40, 30]);
    expect(durations('slowest')).toEqual([900, 70, 60, 50, 40]);
    expect(durations('failed')).toEqual([20]);
    expect(picked[0]).toMatchObject({ service: 'auth', isFailed: false });
    expect([ratePerS, notes]).toEqual([16 / 60, ['a note']]);
  });

  it('counts all calls for the figures', async () => {
    const { status } = await reportOf([...spansOf(1, 900), ...spansOf(2, 10)]);
    expect(status.calls).toMatchObject({ count: 4, errorCount: 2 });
    expect(status.fastShare.value).toBe(0.75);
  });

  it('has nothing of nothing', async () => expect((await reportOf([{ id: 1, trace: 1, service: 'x', name: 'y', startNs: 0, durationNs: 1 }])).picked).toEqual([]));
});
