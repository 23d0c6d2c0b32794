import { describe as textOf } from '../traceql/validate';
import { conditionsOfTempo30 } from './conditions-of-tempo30';

test.each([
  ['{ name = "rank" && kind = client }', '{ name = "rank" && kind = client }'],
  ['{ kind = server && span.foo = }', '{ kind = server }'],
  ['{ span.foo != && kind = server }', '{ kind = server }'],
  ['{ kind = server && resource.service.name =~', '{ kind = server }'],
  ['{ kind = server', '{ kind = server }'],
  ['{ kind = server && ', '{ kind = server }'],
  ['{ name = "a.b = }" && span.x = }', '{ name = "a.b = }" }'],
  ['{ name = "rank" } | count() > 0', '{ name = "rank" }'],
  ['{ !(kind = server) }', '{ kind = server }'],
  ['{ (name = "a" || name = "b") && span.x + 1 = 2 }', '{ name = "a" || name = "b" }'],
])('of %s it reads %s', (q, read) => {
  const [is, expected] = [conditionsOfTempo30(q), conditionsOfTempo30(read)];
  expect(is && textOf(is)).toBe(expected && textOf(expected));
  expect(is).toBeDefined();
});

test.each(['{ }', '{ span.x != nil }', '{ span.x + 1 = 2 }', '{ name = "a" || span.x }', '{ span.foo = }', '{ name = "a" } && { name = "b" }'])('nothing of %s', (q) => {
  expect(conditionsOfTempo30(q)).toBeUndefined();
});

test.each(['{ kind = server && name = }', 'nonsense', '{ kind = && }'])('%s is no TraceQL', (q) => {
  expect(() => conditionsOfTempo30(q)).toThrow();
});

test('long texts take no long time', () => {
  expect(() => conditionsOfTempo30(`{ ${'.a'.repeat(100_000)} ${' '.repeat(100_000)} # `)).toThrow();
});
