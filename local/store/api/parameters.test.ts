import { ApiError } from './api-error';
import { compatibilityOf } from './compatibility';
import { alignedBuckets, metricsRange, metricsStep } from './metrics-parameters';
import { Parameters } from './parameters';

const DAY_S = 86_400;
/** No double holds it, and no 64 bits. */
const ENDLESS = '9'.repeat(400);
/** 342 years in ns do not fit into 64 bits. */
const AGES = '3000000h';

const parameters = (values: Readonly<Record<string, string>>): Parameters => new Parameters(String(new URLSearchParams(values)), compatibilityOf('2.7'));
const RANGE = { startNs: 0n, endNs: 3600_000_000_000n };

test.each([`${ENDLESS}h`, AGES, '1.5', 'soon'])('%s is no duration', (text) => {
  expect(() => parameters({ minDuration: text }).durationNs('minDuration')).toThrow(ApiError);
});

test('durations are in nanoseconds', () => {
  expect([parameters({ a: '1h2m' }), parameters({ a: '-1.5s' }), parameters({ a: '0' }), parameters({})].map((given) => given.durationNs('a'))).toEqual([3720e9, -1.5e9, 0, undefined]);
});

test.each([`${ENDLESS}h`, AGES, ENDLESS, '1h'.repeat(2) + 'x'])('since %s is refused', (since) => {
  expect(() => metricsRange(parameters({ since }), DAY_S)).toThrow(ApiError);
});

test.each([
  ['1d', 86_400],
  ['90m', 5400],
  ['1h30m', 5400],
])('since %s is %i seconds', (since, seconds) => {
  const { startNs, endNs } = metricsRange(parameters({ since, end: '1700000000' }), DAY_S);
  expect(endNs - startNs).toBe(BigInt(seconds) * 1_000_000_000n);
});

test.each(['1.5h', '0', '30m1h', '1x', '-1h'])('since %s is refused, as Prometheus writes no such duration', (since) => {
  expect(() => metricsRange(parameters({ since }), DAY_S)).toThrow(ApiError);
});

test.each(['1e400', ENDLESS, `${ENDLESS}h`, '1e30', AGES, '1.2.3', '.', '0'])('a step of %s is refused', (step) => {
  expect(() => metricsStep(parameters({ step }), RANGE, { negativeStepStatus: 400, maxPoints: 10_000 })).toThrow(ApiError);
});

test.each([
  ['15', 15_000_000_000n],
  ['1e2', 100_000_000_000n],
  ['1m30s', 90_000_000_000n],
])('a step of %s', (step, stepNs) => {
  expect(metricsStep(parameters({ step }), RANGE, { negativeStepStatus: 400, maxPoints: 10_000 })).toBe(stepNs);
});

test.each([
  ['named by its start', 150n, 500n, false, [100n, 500n], [100n, 500n]],
  ['named by its start, of one step', 150n, 250n, false, [100n, 300n], [150n, 250n]],
  ['named by its end', 150n, 500n, true, [100n, 500n], [1n, 500n]],
  ['named by its end, of one step', 150n, 250n, true, [100n, 300n], [1n, 300n]],
])('a bucket %s', (_, startNs, endNs, labelsBucketEnd, buckets, spans) => {
  const aligned = alignedBuckets({ startNs, endNs }, 100n, labelsBucketEnd);
  expect([aligned.startNs, aligned.endNs]).toEqual(buckets);
  expect([aligned.spansFromNs, aligned.spansToNs]).toEqual(spans);
});
