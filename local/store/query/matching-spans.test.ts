import { parseField } from '../traceql/parser';
import { matchingSpans } from './matching-spans';

const OPTIONS = { blockColumns: { resource: [], span: ['http.method'] } };
const TEMPO_27 = { ...OPTIONS, hasTraceQl3: false };
const TEMPO_30 = { ...OPTIONS, hasTraceQl3: true };
const tag = parseField('resource.service.name');

test.each([
  ['{ name = "a" }', 'spans', 'spans'],
  ['{ name = "a" || name = "b" }', 'all', 'spans'],
  ['{ resource.service.name = "a" && name = "b" }', 'none', 'values'],
  ['{ resource.service.name =~ "a.*" }', 'spans', 'spans'],
  ['{ .user = "a" }', 'all', 'all'],
  ['{ name = "a" } && { name = "b" }', 'all', 'all'],
  ['{ false }', 'all', 'all'],
  ['{ name = ', 'all', 'all'],
  ['{ !(kind = server) }', 'spans', 'spans'],
  ['{ span.user != nil }', 'all', 'all'],
  ['{ name = "a" && span.user = ', 'all', 'spans'],
  ['{ name = "GET /search" }', 'all', 'spans'],
])('%s narrows the values of a tag to: %s in 2.7, %s in 3.0', (q, in27, in30) => {
  expect(matchingSpans(q, tag, [1], TEMPO_27).kind).toBe(in27);
  expect(matchingSpans(q, tag, [1], TEMPO_30).kind).toBe(in30);
});

test('in 2.7 nothing narrows the values of a tag without a scope', () => {
  const unscoped = parseField('.user');
  expect(matchingSpans('{ name = "a" }', unscoped, [1], TEMPO_27).kind).toBe('all');
  expect(matchingSpans('{ name = "a" }', unscoped, [1], TEMPO_30).kind).toBe('spans');
});

test.each([
  ['{ resource.service.name = "a" }', ['a']],
  ['{ kind = server && (resource.service.name = "a" || resource.service.name = "b" && name = "c") }', ['a', 'b']],
])('in 3.0 %s names the values', (q, values) => {
  expect(matchingSpans(q, tag, [1], TEMPO_30)).toMatchObject({ kind: 'values', values: values.map((value) => ({ value })) });
});

test.each(['name', 'span.http.method'])('conditions on %s do not narrow its values', (name) => {
  const column = parseField(name);
  for (const options of [TEMPO_27, TEMPO_30]) {
    expect(matchingSpans(`{ ${name} =~ "a.*" }`, column, [1], options).kind).toBe('all');
    expect(matchingSpans(`{ ${name} != "a" && kind = server }`, column, [1], options).kind).toBe('spans');
  }
});
