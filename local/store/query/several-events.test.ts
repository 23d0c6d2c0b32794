/** Which of a span's several events a group is named after. */
import { engineOfSpans, type EngineOfSpans } from '../testing/engine-of-spans';
import { spanIdOf, traceIdOf } from '../testing/otlp-samples';

const START_S = 1_700_000_000;
const span = (n: number, names: readonly string[]): object => ({
  traceId: traceIdOf(n), spanId: spanIdOf(n), name: 'load', startTimeUnixNano: `${START_S}000000000`, endTimeUnixNano: `${START_S + 1}000000000`,
  events: names.map((name) => ({ timeUnixNano: `${START_S}000000000`, name, attributes: [{ key: 'level', value: { stringValue: `of ${name}` } }] })),
});
const SPANS = [span(1, ['log']), span(2, ['exception', 'log']), span(3, ['log', 'exception', 'retry'])];

let engine: EngineOfSpans;
beforeAll(async () => {
  engine = await engineOfSpans(SPANS);
});
afterAll(() => engine.close());

test.each([
  ['{ event:name = "exception" } | count_over_time() by (event:name)', { exception: 2 }],
  ['{ event:name =~ "e.*|r.*" } | count_over_time() by (event:name)', { exception: 2 }],
  ['{ event:name = "retry" } && { } | count_over_time() by (event:name)', { retry: 1 }],
  ['{ event:name = "log" } | count_over_time() by (event:name)', { log: 3 }],
  ['{ event.level = "of exception" } | count_over_time() by (event.level)', { 'of exception': 2 }],
])('%s', async (q, expected) => {
  const { series } = await engine.ask<{ series: Array<{ labels: Array<{ value: { stringValue: string } }>; value: number }> }>('/api/metrics/query', { q, start: String(START_S - 10), end: String(START_S + 10) });
  expect(Object.fromEntries(series.map(({ labels, value }) => [labels[0].value.stringValue, value]))).toEqual(expected);
});

test('so are the groups of a search', async () => {
  const { traces } = await engine.ask<{ traces: Array<{ spanSets: Array<{ attributes: Array<{ value: { stringValue: string } }> }> }> }>('/api/search', { q: '{ event:name = "exception" } | by(event:name)' });
  expect(traces.map(({ spanSets }) => spanSets[0].attributes[0].value.stringValue)).toEqual(['exception', 'exception']);
});
