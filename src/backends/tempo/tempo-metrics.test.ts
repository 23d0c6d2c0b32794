import { answerOf, goldenCases, hasShared } from '../../../testing/golden';
import { answerOfJson } from '../../../testing/json-answer';
import type { TimeRangeMs } from '../backend';
import { ApiClient } from '../http/api-client';
import type { HttpRequest, HttpResponse } from '../http/http-client';
import { tempoMetrics, tempoSpanCounts } from './tempo-metrics';

const HOUR_S = 3600;
const START_S = 1_795_334_400;
const range: TimeRangeMs = { fromMs: START_S * 1000, toMs: (START_S + 6 * HOUR_S) * 1000 };

/** One span a minute, and Tempo 2.7's refusal of what is longer than it allows. */
function tempoOf(refusal: string, longestS: number) {
  const asked: Array<[from: number, to: number]> = [];
  const transport = async ({ query = {} }: HttpRequest): Promise<HttpResponse> => {
    const [from, to, stepS] = [Number(query.start), Number(query.end), Number(String(query.step).replace('s', ''))];
    asked.push([from, to]);
    if (to - from > longestS) {
      return { status: 400, mediaType: 'text/plain', body: new TextEncoder().encode(refusal) };
    }
    // Both ends of the range have a sample, as in Tempo.
    const samples = Array.from({ length: (to - from) / stepS + 1 }, (_, step) => ({ timestampMs: String(1000 * (from + step * stepS)), value: stepS / 60 }));
    return answerOfJson({ series: [{ labels: [], samples, promLabels: '{}' }] });
  };
  return { client: new ApiClient(transport), asked };
}

describe('tempoSpanCounts', () => {
  it('counts a window at once where it may', async () => {
    const { client, asked } = tempoOf('', 24 * HOUR_S);
    const counts = await tempoSpanCounts(client, {}, range, {});
    expect(asked).toHaveLength(1);
    expect(counts?.total).toBeCloseTo(360, 6);
  });

  it.each([
    'range specified by start and end (6h0m0s) exceeds 1h30m0s. received start=1 end=2',
    'metrics query time range exceeds the maximum allowed duration of 1h30m0s',
  ])('counts a longer one in parts, none twice: %s', async (refusal) => {
    const { client, asked } = tempoOf(refusal, 1.5 * HOUR_S);
    const counts = await tempoSpanCounts(client, {}, range, {});
    // Refused once; the last part is what the steps reach beyond the window.
    expect(asked).toHaveLength(1 + 5);
    expect(counts?.total).toBeCloseTo(360, 6);
    expect(counts?.within({ fromMs: range.fromMs, toMs: range.fromMs + HOUR_S * 1000 })).toBeCloseTo(60, 6);
  });

  it('does without counts where Tempo refuses for another reason', async () => {
    const { client, asked } = tempoOf('unknown path', 0);
    expect([await tempoSpanCounts(client, {}, range, {}), asked.length]).toEqual([undefined, 1]);
  });

  it('ends with who asked', async () => {
    const { client } = tempoOf('', 24 * HOUR_S);
    await expect(tempoSpanCounts(client, {}, range, { signal: AbortSignal.abort() })).rejects.toMatchObject({ kind: 'aborted' });
  });
});

(hasShared ? describe : describe.skip).each(['tempo-2.7.1', 'tempo-3.0.3'])('metrics answers of %s', (server) => {
  const cases = hasShared ? goldenCases(server).filter(({ group }) => group === 'metrics-range') : [];
  const read = (golden: (typeof cases)[number]) =>
    tempoMetrics(new ApiClient(async () => answerOf(golden)), { filter: {}, range, stepMs: 300_000, figure: { kind: 'rate' }, by: 'service' }, {});

  it('every one gives its series, with times that rise and a value for each', async () => {
    const answered = cases.filter(({ response }) => response.status === 200);
    expect(answered.length).toBeGreaterThan(30);
    for (const golden of answered) {
      const series = await read(golden);
      const { series: recorded = [] } = golden.response.json as { series?: unknown[] };
      expect([golden.name, series.length]).toEqual([golden.name, recorded.length]);
      for (const { labels, timesMs, values } of series) {
        expect(values).toHaveLength(timesMs.length);
        expect(timesMs).toEqual([...timesMs].sort((a, b) => a - b));
        expect(Object.keys(labels)).not.toContain('');
      }
    }
  });

  it('a rate is that of the step it stands at, in either version', async () => {
    const [series] = await read(cases.find(({ name }) => name.endsWith(': { } | rate()'))!);
    const at = series.timesMs.indexOf(START_S * 1000);
    expect(series.values.slice(at, at + 3).map((value) => value?.toFixed(3))).toEqual(['2.083', '1.710', '2.227']);
  });

  it('every refusal is told in the words of Tempo', async () => {
    const refused = cases.filter(({ response }) => response.status >= 400);
    expect(refused.length).toBeGreaterThan(5);
    for (const golden of refused) {
      await expect(read(golden)).rejects.toMatchObject({ kind: 'http', message: expect.stringContaining(String(golden.response.text).trim().slice(0, 40)) });
    }
  });
});
