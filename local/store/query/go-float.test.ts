import { goFloat } from './go-float';

test.each([
  [0, '0'],
  [0.1, '0.1'],
  [256, '256'],
  [-999_999.5, '-999999.5'],
  [1_000_000, '1e+06'],
  [134_217_728, '1.34217728e+08'],
  [0.0001, '0.0001'],
  [0.000012, '1.2e-05'],
  [1.5e300, '1.5e+300'],
  [Infinity, '+Inf'],
  [-Infinity, '-Inf'],
  [NaN, 'NaN'],
])('%d', (value, text) => {
  expect(goFloat(value)).toBe(text);
});
