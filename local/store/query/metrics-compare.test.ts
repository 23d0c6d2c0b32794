/** How often attributes have which values, in a selection and in the rest. */
import { engineOfSpans, type EngineOfSpans } from '../testing/engine-of-spans';
import { spanIdOf, traceIdOf } from '../testing/otlp-samples';

const START_S = 1_700_000_000;
const span = (n: number, name: string, code: number): object => ({
  traceId: traceIdOf(n), spanId: spanIdOf(n), name, status: { code }, startTimeUnixNano: `${START_S}000000000`, endTimeUnixNano: `${START_S + 1}000000000`,
});
const SPANS = [span(1, 'load', 0), span(2, 'load', 0), span(3, 'save', 0), span(4, 'save', 2)];

let engine: EngineOfSpans;
beforeAll(async () => {
  engine = await engineOfSpans(SPANS);
});
afterAll(() => engine.close());

/** `group: name` → spans. */
async function namesOf(q: string): Promise<Record<string, number>> {
  interface Answer { series: Array<{ labels: Array<{ key: string; value: { stringValue: string } }>; value: number }> }
  const { series } = await engine.ask<Answer>('/api/metrics/query', { q, start: String(START_S - 10), end: String(START_S + 10) });
  expect(new Set(series.map(({ labels }) => labels[0].key))).toEqual(new Set(['__meta_type']));
  return Object.fromEntries(series.filter(({ labels }) => labels[1].key === 'name').map(({ labels: [group, name], value }) => [`${group.value.stringValue}: ${name.value.stringValue}`, value]));
}

test('the selection beside the rest, with totals', async () => {
  expect(await namesOf('{ } | compare({ status = error })')).toEqual({ 'baseline: load': 2, 'baseline: save': 1, 'baseline_total: nil': 3, 'selection: save': 1, 'selection_total: nil': 1 });
});

test('the most frequent values only; the totals are of all', async () => {
  expect(await namesOf('{ } | compare({ status = error }, 1)')).toEqual({ 'baseline: load': 2, 'baseline_total: nil': 3, 'selection: save': 1, 'selection_total: nil': 1 });
});
