/** What may follow a metrics function: `topk`, `bottomk`, a threshold. They work on the samples of each bucket. */
import type { ComparisonOp, SecondStage } from '../traceql/ast';
import type { MetricsAnswer, Series } from './metrics';

const COMPARE: Readonly<Partial<Record<ComparisonOp, (a: number, b: number) => boolean>>> = {
  '=': (a, b) => a === b, '!=': (a, b) => a !== b, '<': (a, b) => a < b, '<=': (a, b) => a <= b, '>': (a, b) => a > b, '>=': (a, b) => a >= b,
};

export function applySecondStages(answer: MetricsAnswer, stages: readonly SecondStage[], buckets: number): Pick<MetricsAnswer, 'series' | 'fillsGaps'> {
  if (stages.length === 0) {
    return answer;
  }
  let series = answer.fillsGaps ? answer.series.map((one) => filled(one, buckets)) : answer.series;
  for (const stage of stages) {
    series = stage.kind === 'threshold' ? series.map((one) => where(one, (value) => COMPARE[stage.op]?.(value, stage.value) ?? false)) : ranked(series, stage.limit, stage.kind === 'topk' ? -1 : 1, buckets);
    series = series.filter(({ samples }) => samples.size > 0);
  }
  return { series, fillsGaps: false };
}

function filled(series: Series, buckets: number): Series {
  return { ...series, samples: new Map(Array.from({ length: buckets }, (_, bucket) => [bucket, series.samples.get(bucket) ?? 0])) };
}

function where(series: Series, keep: (value: number) => boolean): Series {
  return { ...series, samples: new Map([...series.samples].filter(([, value]) => keep(value))) };
}

/** Keeps, in each bucket, the samples of the first `limit` series by value; of equal values topk takes the first by label, bottomk the last. */
function ranked(series: readonly Series[], limit: number, sign: 1 | -1, buckets: number): Series[] {
  const keys = series.map(({ labels }) => JSON.stringify(labels));
  const kept = series.map(() => new Map<number, number>());
  for (let bucket = 0; bucket < buckets; bucket++) {
    const candidates = series.flatMap(({ samples }, i) => (samples.has(bucket) ? [{ i, value: samples.get(bucket) ?? 0 }] : []));
    candidates.sort((a, b) => sign * (a.value - b.value || (keys[a.i] < keys[b.i] ? 1 : -1)));
    candidates.slice(0, limit).forEach(({ i, value }) => kept[i].set(bucket, value));
  }
  return series.map((one, i) => ({ ...one, samples: kept[i] }));
}
