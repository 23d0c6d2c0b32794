import fc from 'fast-check';
import { byNewest, type TimeRangeMs, type TraceSummary } from '../backend';
import { parseTraceId, type TraceId } from '../../trace';
import { newestTraces } from './newest-traces';

const HOUR_MS = 3_600_000;
const RANGE: TimeRangeMs = { fromMs: 1_795_000_000_000, toMs: 1_795_000_000_000 + HOUR_MS };

const traceAt = (startMs: number, at: number): TraceSummary => ({
  traceId: parseTraceId((at + 1).toString(16)) as TraceId,
  rootService: undefined,
  rootOperation: undefined,
  startUnixNs: BigInt(Math.round(startMs)) * 1_000_000n,
  durationNs: 1e6,
  spanCount: undefined,
  errorCount: undefined,
});

/** As Tempo: the first ones it comes upon, here the oldest, so that nothing works by chance. */
function tempoOf(traces: readonly TraceSummary[], limit: number) {
  const asked: TimeRangeMs[] = [];
  const find = async (range: TimeRangeMs) => {
    asked.push(range);
    const ms = ({ startUnixNs }: TraceSummary) => Number(startUnixNs / 1_000_000n);
    return [...traces].sort(byNewest).reverse().filter((trace) => ms(trace) >= Math.floor(range.fromMs / 1000) * 1000 && ms(trace) < Math.ceil(range.toMs / 1000) * 1000).slice(0, limit);
  };
  return { find, asked };
}

const ids = (traces: readonly TraceSummary[]) => traces.map(({ traceId }) => traceId);

test('steady traffic: exactly the newest, in a few requests', async () => {
  for (const count of [0, 5, 19, 20, 21, 200, 2000, 20_000]) {
    const traces = Array.from({ length: count }, (_, at) => traceAt(RANGE.fromMs + (at * HOUR_MS) / count, at));
    const { find, asked } = tempoOf(traces, 20);
    const newest = await newestTraces(find, RANGE, 20);
    expect([count, newest.isExact, ids(newest.traces)]).toEqual([count, true, ids([...traces].sort(byNewest).slice(0, 20))]);
    expect(newest.isLimited).toBe(count >= 20);
    expect(asked.length).toBeLessThanOrEqual(10);
  }
});

test('any traffic: as many as there are up to the limit, and exact where it says so', async () => {
  const burst = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), width: fc.double({ min: 0, max: 0.2, noNaN: true }), count: fc.nat(300) });
  await fc.assert(
    fc.asyncProperty(fc.array(burst, { maxLength: 6 }), fc.integer({ min: 1, max: 50 }), async (bursts, limit) => {
      const starts = bursts.flatMap(({ at, width, count }) => Array.from({ length: count }, (_, each) => Math.min(0.9999, at + (width * each) / count)));
      const traces = starts.map((part, at) => traceAt(RANGE.fromMs + part * HOUR_MS, at));
      const newest = await newestTraces(tempoOf(traces, limit).find, RANGE, limit);
      expect(newest.traces).toHaveLength(Math.min(limit, traces.length));
      expect(new Set(ids(newest.traces)).size).toBe(newest.traces.length);
      if (newest.isExact) {
        expect(ids(newest.traces)).toEqual(ids([...traces].sort(byNewest).slice(0, limit)));
      }
    }),
    { seed: 5, numRuns: 300 }
  );
});

test('a second that holds more than the limit: any of it, and says so', async () => {
  const traces = Array.from({ length: 100 }, (_, at) => traceAt(RANGE.toMs - 1000 + at, at));
  const newest = await newestTraces(tempoOf(traces, 20).find, RANGE, 20);
  expect([newest.traces.length, newest.isExact]).toEqual([20, false]);
});
