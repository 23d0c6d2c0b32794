import { conditionsOfTempo27 } from './conditions-of-tempo27';

test.each([
  ['{ name = "rank" && kind=client }', '{name = "rank" && kind=client}'],
  ['{ !(kind = server) }', '{kind = server}'],
  ['{ name = "GET /search" && kind = client }', '{kind = client}'],
  ['{ name = `rank` }', '{}'],
  ['{ span.shard = -1 }', '{}'],
  ['{ statusMessage != "" }', '{}'],
  ['{ duration > 500ms }', '{duration > 500ms}'],
  ['{ duration > 1.5s }', '{duration > 1}'],
  ['{ name = "a" || name = "b" }', '{}'],
  ['{ name =~ "a|b" }', '{name =~ "a|b"}'],
  ['{ name = "a" } && { name = "b" }', '{}'],
  ['{ name = "a" } | count() > 1', '{}'],
  ['{ name\n= "a"\n&& kind\t=\tclient }', '{name\n= "a" && kind\t=\tclient}'],
  ['{ }', '{}'],
])('of %s it reads %s', (q, read) => {
  expect(conditionsOfTempo27(q)).toBe(read);
});

test('long texts take no long time', () => {
  expect(conditionsOfTempo27(`{ name = "a" && ${' '.repeat(100_000)}x${'y'.repeat(100_000)} }`)).toBe('{name = "a"}');
});
