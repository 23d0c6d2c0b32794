import { answerOfJson } from '../../../testing/json-answer';
import { operationsOverTime } from '../operations-over-time';
import type { HttpRequest } from '../http/http-client';
import { JaegerBackend } from './jaeger-backend';

const range = { fromMs: 1_795_334_400_000, toMs: 1_795_334_520_000 };
const VALUES: Readonly<Record<string, readonly number[]>> = { calls: [2, 4], errors: [0.5, NaN], latencies: [250, 1000] };

/** A MetricsFamily as Jaeger writes it. */
const family = (figure: string) => ({
  name: `service_operation_${figure}`, type: 'GAUGE', help: '',
  metrics: [
    {
      labels: [{ name: 'operation', value: 'GET /' }, { name: 'service_name', value: 'web' }],
      metricPoints: VALUES[figure].map((value, at) => ({ gaugeValue: { doubleValue: Number.isNaN(value) ? 'NaN' : value }, timestamp: new Date(range.fromMs + 60_000 * at).toISOString() })),
    },
  ],
});

function monitored() {
  const asked: HttpRequest[] = [];
  const backend = new JaegerBackend(async (request) => {
    asked.push(request);
    const [, figure] = /^\/api\/metrics\/(\w+)$/.exec(request.path) ?? [];
    if (figure) {
      return answerOfJson(family(figure));
    }
    return request.path === '/api/v3/traces' ? answerOfJson('404 page not found', 404) : answerOfJson({ data: request.path === '/api/services' ? ['web'] : [] });
  });
  return { backend, asked };
}

describe("Jaeger's monitor metrics", () => {
  it('are the figures over time: rate, failed calls a second, p95', async () => {
    const { backend, asked } = monitored();
    const { operations, timesMs, notes } = await operationsOverTime(backend, { filter: { service: 'web' }, range, limit: 100 }, 60_000);
    expect(timesMs).toEqual([range.fromMs, range.fromMs + 60_000]);
    expect(operations).toEqual([{ service: 'web', operation: 'GET /', ratePerS: [2, 4], errorsPerS: [1, 0], p95Ns: [250e6, 1e9] }]);
    expect(notes.join()).toContain('monitor metrics');
    expect(asked.find(({ path }) => path === '/api/metrics/latencies')?.query).toMatchObject({ service: 'web', quantile: 0.95, groupByOperation: 'true', endTs: range.toMs, lookback: 120_000, step: 60_000 });
  });

  it('cannot be filtered: a sample of traces is taken instead, and that is said', async () => {
    const { backend } = monitored();
    const { notes } = await operationsOverTime(backend, { filter: { service: 'web', minDurationNs: 5 }, range, limit: 100 }, 60_000);
    expect(notes[0]).toContain('From a sample of traces, because');
  });
});
