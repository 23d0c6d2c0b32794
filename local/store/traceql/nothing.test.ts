import { isNothing } from './nothing';
import { parseTraceQl } from './parser';

test.each([
  ['{ false }', true],
  ['{ !true }', true],
  ['{ false } >> { false }', true],
  ['{ false } || { false } | { false }', true],
  ['{ true }', false],
  ['{ }', false],
  ['{ name = "nobody" }', false],
  ['{ false && name = "nobody" }', false],
  ['{ name = "nobody" } && { false }', false],
  ['({ false } >> { false }) >> { false }', false],
  ['{ false } | count() > 1', false],
  ['{ false } | { true }', false],
])('%s finds nothing: %s', (query, expected) => {
  expect(isNothing(parseTraceQl(query).pipeline)).toBe(expected);
});
