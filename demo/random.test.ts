import { Random } from './random';

const draws = (random: Random, count: number) => Array.from({ length: count }, () => random.next());

test('the same seed and label give the same sequence, others do not', () => {
  expect(draws(new Random(7, 'a'), 20)).toEqual(draws(new Random(7, 'a'), 20));
  expect(draws(new Random(7, 'a'), 20)).not.toEqual(draws(new Random(8, 'a'), 20));
  expect(draws(new Random(7, 'a'), 20)).not.toEqual(draws(new Random(7, 'b'), 20));
});

test('uniform, and within its bounds', () => {
  const random = new Random(1);
  const values = draws(random, 20_000);
  expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
  expect(values.reduce((sum, value) => sum + value, 0) / values.length).toBeCloseTo(0.5, 1);
  expect(new Set(Array.from({ length: 500 }, () => random.integer(2, 4)))).toEqual(new Set([2, 3, 4]));
});

test('half of the latencies are below the median, all are positive and finite', () => {
  const random = new Random(2);
  const latencies = Array.from({ length: 10_000 }, () => random.latencyMs(20));
  expect(latencies.filter((latency) => latency < 20).length / latencies.length).toBeCloseTo(0.5, 1);
  expect(latencies.every((latency) => latency > 0 && Number.isFinite(latency))).toBe(true);
});

test('waiting times have the mean asked for', () => {
  const random = new Random(3);
  const waits = Array.from({ length: 20_000 }, () => random.waitMs(250));
  expect(waits.reduce((sum, wait) => sum + wait, 0) / waits.length / 250).toBeCloseTo(1, 1);
});
