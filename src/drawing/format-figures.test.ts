import { formatCount, formatDuration, formatPercent, formatRate, rateUnitFor } from './format-figures';

describe('formatDuration', () => {
  test.each([
    [0, '0 ns'],
    [1, '1 ns'],
    [999, '999 ns'],
    [1_500, '1.5 µs'],
    [1_234_567, '1.23 ms'],
    [999_600_000, '1 s'],
    [61_000_000_000, '1.02 min'],
    [7_200_000_000_000, '2 h'],
  ])('%d ns → %s', (durationNs, text) => expect(formatDuration(durationNs)).toBe(text));
});

describe('formatPercent', () => {
  test.each([
    [0, '0 %'],
    [0.00001, '< 0.01 %'],
    [0.0123, '1.23 %'],
    [1, '100 %'],
  ])('%d → %s', (ratio, text) => expect(formatPercent(ratio)).toBe(text));
});

describe('formatCount and formatRate', () => {
  test.each([
    [12, '12'],
    [9_999, '9999'],
    [12_345, '12.3k'],
    [1_500_000, '1.5M'],
  ])('%d → %s', (count, text) => expect(formatCount(count)).toBe(text));

  test.each([
    [0, '/s', '0/s'],
    [3.456, '/s', '3.46/s'],
    [0.05, '/min', '3/min'],
    [0.001, '/h', '3.6/h'],
    [0.000001, '/s', '< 0.01/s'],
  ] as const)('%d a second → %s %s', (perSecond, unit, text) => expect(formatRate(perSecond, unit)).toBe(text));

  test.each([
    [12, '/s'],
    [0.3, '/min'],
    [0.001, '/h'],
    [0, '/h'],
  ])('the highest of %d a second is counted %s', (highest, unit) => expect(rateUnitFor(highest)).toBe(unit));
});
