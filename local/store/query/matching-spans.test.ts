import { parseField } from '../traceql/parser';
import { matchingSpans } from './matching-spans';

const tag = parseField('resource.service.name');

test.each([
  ['{ name = "a" }', 'spans', 'spans'],
  ['{ name = "a" || name = "b" }', 'all', 'spans'],
  ['{ resource.service.name = "a" && name = "b" }', 'none', 'spans'],
  ['{ resource.service.name =~ "a.*" }', 'all', 'spans'],
  ['{ .user = "a" }', 'all', 'all'],
  ['{ name = "a" } && { name = "b" }', 'all', 'all'],
  ['{ false }', 'all', 'all'],
  ['{ name = ', 'all', 'all'],
  ['{ !(kind = server) }', 'spans', 'spans'],
  ['{ span.user != nil }', 'all', 'all'],
  ['{ name = "a" && span.user = ', 'all', 'spans'],
  ['{ name = "GET /search" }', 'all', 'spans'],
])('%s narrows the values of a tag to: %s in 2.7, %s in 3.0', (q, in27, in30) => {
  expect(matchingSpans(q, tag, [1], false).kind).toBe(in27);
  expect(matchingSpans(q, tag, [1], true).kind).toBe(in30);
});

test('in 2.7 nothing narrows the values of a tag without a scope', () => {
  const unscoped = parseField('.user');
  expect(matchingSpans('{ name = "a" }', unscoped, [1], false).kind).toBe('all');
  expect(matchingSpans('{ name = "a" }', unscoped, [1], true).kind).toBe('spans');
});
