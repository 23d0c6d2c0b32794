import type { Expression, Static } from './ast';
import { TraceQlError } from './lexer';
import { parseTraceQl } from './parser';
import { describe as textOf, validate } from './validate';
import { seededRandom } from '../testing/seeded-random';

function conditionOf(text: string): Expression | undefined {
  const { spanset } = parseTraceQl(text).pipeline;
  return spanset.kind === 'filter' ? spanset.condition : undefined;
}

test.each([
  '{ nestedSetParent = -1 }', '{ nestedSetLeft > 1 }', '{} | select(nestedSetParent, nestedSetRight, name)', '{ link.kind = "x" }', '{ span.x > .5 }', '{ span.x = 1.5e3 }',
  '{ duration > 1h30m }', '{} | rate() with (exemplars=true)', '{ span:childCount > 1 }', '{} | rate() > 1', '{} | quantile_over_time(duration, .5, .9)',
])('the official grammar for editors refuses %s, this parser takes it', (query) => {
  expect(() => validate(parseTraceQl(query))).not.toThrow();
});

test.each([
  ['{ .a = 1 || .b = 2 && .c = 3 }', '((.a = 1) || (.b = 2)) && (.c = 3)'],
  ['{ .a + 1 * 2 > 3 }', '(.a + (1 * 2)) > 3'],
  ['{ duration > 1s - 500ms }', 'duration > (1s - 500ms)'],
  ['{ .a ^ .b ^ 2 = 1 }', '(.a ^ (.b ^ 2)) = 1'],
])('%s binds as Tempo binds it', (query, expected) => {
  const condition = conditionOf(query);
  expect(condition && textOf(condition)).toBe(expected);
});

test.each<[string, Partial<Static>]>([
  ['"a\\"b\\n"', { type: 'string', value: 'a"b\n' }],
  ['`a\\b`', { type: 'string', value: 'a\\b' }],
  ['-5', { type: 'int', value: -5n }],
  ['9223372036854775807', { type: 'int', value: 9223372036854775807n }],
  ['1.5s', { type: 'duration', value: 1.5e9 }],
  ['1h2m', { type: 'duration', value: 3_720e9 }],
  ['error', { type: 'status', value: 2 }],
  ['consumer', { type: 'kind', value: 5 }],
])('the literal %s', (text, expected) => {
  const condition = conditionOf(`{ .x = ${text} }`);
  expect(condition?.kind === 'binary' && condition.right).toMatchObject(expected);
});

test('spansets and stages', () => {
  const { pipeline, metrics } = parseTraceQl('({ .a = 1 }) &>> { .b = 2 } | by(name) | avg(duration) > 1s | rate() by (name)');
  expect(pipeline.spanset).toMatchObject({ kind: 'relation', op: '>>', mode: 'union', left: { kind: 'filter' }, right: { kind: 'filter' } });
  expect(pipeline.stages.map(({ kind }) => kind)).toEqual(['by', 'aggregate']);
  expect(metrics).toMatchObject({ function: { fn: 'rate' }, by: [{ kind: 'intrinsic', name: 'name' }] });
});

test('a stage may be first, or several span sets', () => {
  expect(parseTraceQl('count() > 2').pipeline).toMatchObject({ spanset: { kind: 'filter', condition: undefined }, stages: [{ kind: 'aggregate' }] });
  expect(parseTraceQl('{} | ({ .a = 1 } >> { .b = 2 }) | count() > 1').pipeline.stages).toMatchObject([{ kind: 'spanset', spanset: { kind: 'relation', op: '>>' } }, { kind: 'aggregate' }]);
});

test('pipelines in parentheses', () => {
  expect(parseTraceQl('({ .a = 1 } | count() > 2) >> ({ .b = 2 })').pipeline.spanset).toMatchObject({ kind: 'relation', left: { kind: 'pipeline' }, right: { kind: 'filter' } });
});

test('durations of days and more', () => {
  expect(conditionOf('{ duration < 1w2d3h }')).toMatchObject({ right: { type: 'duration', value: (9 * 24 + 3) * 3600e9 } });
});

test.each([
  '({ .a = 1 } | count() > 2) && { .b = 2 }', '{ .a = 1 } && ({ .b = 2 } | count() > 2)', '({ .a = 1 }) && ({ .b = 2 } | count() > 2)', '({} | count() > 2) | count() > 1',
  '{} | compare({ .a = 1 }) by (name)', '',
  '{', '{ .a = }', '{ .a = 1 } |', '{ parent.x = 1 }', '{ nope = 1 }', '{} | count() + 1 > 2', '{} | 2 < count()', '{} | rate() | topk(0)', '{ .a = "x }', "{ .a = 'x' }",
  '{ .a = 92233720368547758080 }', '{ duration > 3000000h }', '{ duration > 293y }', `{ .a = ${'9'.repeat(400)}s }`, '{} | quantile_over_time(duration)', '{} extra', '{ childCount > 1 }',
])('%j is refused', (query) => {
  expect(() => parseTraceQl(query)).toThrow(TraceQlError);
});

test.each([
  ['{ kind = 1 }', 'same type'], ['{ name > 1s }', 'same type'], ['{ 1 + 1 }', 'boolean'], ['{ status > error }', 'illegal operation'], ['{} | avg(name) > 1', 'number type'],
  ['{} | by(1)', 'reference the span'], ['{} | sum(1) > 2', 'reference the span'], ['{} | quantile_over_time(duration, 2)', 'between 0 and 1'], ['{ name = nil }', 'cannot be nil'], ['{ resource.service.name = nil }', 'cannot be nil'], ['{} | compare({ status = error }, 0)', 'greater than 0'],
])('%s makes no sense', (query, reason) => {
  expect(() => validate(parseTraceQl(query))).toThrow(reason);
});

test.each([
  [`{ ${Array(30_000).fill('.a').join('||')} }`, '10000 fields'], [`{ ${Array(30_000).fill('1').join('+')} > 2 }`, '10000 fields'], [`{} | select(${Array(20_000).fill('.a').join(',')})`, '10000 fields'],
  [Array(25_000).fill('{}').join('&&'), '40 span sets'], [Array(25_000).fill('{}').join('|'), '40 span sets'], [`{}${'|by(name)'.repeat(300)}`, '40 span sets'],
])('what would take the engine minutes is refused', (query, reason) => {
  expect(() => parseTraceQl(query)).toThrow(reason);
});

test('nesting beyond the limit is refused, long chains are not', () => {
  expect(() => parseTraceQl(`{ ${'('.repeat(5000)}.a = 1${')'.repeat(5000)} }`)).toThrow('nest deeper');
  expect(() => parseTraceQl(`{ ${'!'.repeat(100_000)}.a }`)).toThrow('nest deeper');
  expect(() => parseTraceQl(`${'('.repeat(100_000)}{}`)).toThrow(TraceQlError);
  expect(conditionOf(`{ ${Array.from({ length: 900 }, (_, i) => `.a = ${i}`).join(' || ')} }`)).toMatchObject({ kind: 'binary', op: '||' });
});

test('any text gives a query or a TraceQlError', () => {
  const random = seededRandom(7);
  const parts = ['{', '}', '(', ')', '|', '&&', '||', '>>', '!', '=', '=~', ' ', '.a', 'span.', '"x"', '"', '`', '1', '.5', '1s', 'name', 'by', 'count', 'rate', ',', 'nil', '\u0000', '𝛌', '\\', '//', '/*'];
  for (let round = 0; round < 2000; round++) {
    const query = Array.from({ length: 1 + Math.floor(random() * 12) }, () => parts[Math.floor(random() * parts.length)]).join('');
    try {
      validate(parseTraceQl(query));
    } catch (error) {
      expect([query, error]).toEqual([query, expect.any(TraceQlError)]);
    }
  }
});
