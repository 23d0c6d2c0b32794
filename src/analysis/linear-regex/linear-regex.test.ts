import fc from 'fast-check';
import { LinearRegex } from './linear-regex';
import { RegexError } from './syntax';

/** Random patterns over a small alphabet, so that they match now and then. */
const pattern: fc.Arbitrary<string> = fc.letrec<{ node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.constantFrom('a', 'b', 'c', '.', '[ab]', '[^a]', '\\w', '\\d', '^', '$', '[a-b]', '\\.', 'A', 'é'),
    fc.tuple(tie('node'), tie('node')).map(([a, b]) => a + b),
    fc.tuple(tie('node'), tie('node')).map(([a, b]) => `(${a}|${b})`),
    fc.tuple(tie('node'), fc.constantFrom('*', '+', '?', '{2}', '{1,3}', '{2,}', '*?')).map(([a, repeat]) => `(?:${a})${repeat}`)
  ),
})).node;
const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'A', '.', '1', 'é', '\n', ' '), maxLength: 12 });

describe('LinearRegex', () => {
  test('answers as RegExp does', () => {
    fc.assert(
      fc.property(pattern, fc.array(text, { maxLength: 8 }), (source, texts) => {
        const regex = new LinearRegex(source);
        for (const each of texts) {
          expect([each, regex.test(each)]).toEqual([each, new RegExp(source).test(each)]);
        }
      }),
      { seed: 10, numRuns: 1500 }
    );
  });

  test.each([
    ['(?i)post', 'POST /x', true],
    ['(?i)É', 'é', true],
    ['(?i)[a-c]x', 'BX', true],
    ['^/api/v\\d+/users/\\d+$', '/api/v1/users/42', true],
    ['[]a]', ']', true],
    ['[\\d-]+x', '1-2x', true],
    ['a{,2}', 'a{,2}', true],
    ['\\x41\\u00e9', 'Aé', true],
    ['', 'anything', true],
  ])('%s on %j: %s', (source, value, expected) => expect(new LinearRegex(source).test(value)).toBe(expected));

  test.each([
    ['a(b', 1],
    ['a)b', 1],
    ['[ab', 0],
    ['*a', 0],
    ['(?=a)', 0],
    ['a\\1', 1],
    ['\\b', 0],
    ['a\\', 1],
    ['[z-a]', 2],
    ['a{5,2}', 1],
    ['a{1001}', 1],
    ['((a{99}){99}){99}', 0],
  ])('%s is refused at %d', (source, at) => {
    expect(() => new LinearRegex(source)).toThrow(RegexError);
    try {
      new LinearRegex(source);
    } catch (error) {
      expect(error).toMatchObject({ at });
    }
  });

  test('groups nested too deeply are refused', () => expect(() => new LinearRegex('('.repeat(100_000))).toThrow(RegexError));

  test('patterns that make backtracking explode', () => {
    const long = 'a'.repeat(100_000);
    for (const source of ['(a+)+b', '^(a|a)*$', '^(a|aa)+$', 'a*a*a*a*a*b', '(.*)*(.*)*x$', '(?:a?){50}a{50}b']) {
      expect(new LinearRegex(source).test(`${long}!`)).toBe(false);
    }
  });

  test('more states than are kept', () => {
    const regex = new LinearRegex('a.{14}b$');
    const random = Array.from({ length: 5000 }, (_, at) => ((at * at * 7919) % 31 < 15 ? 'a' : 'c')).join('');
    expect(regex.test(`${random}a${'c'.repeat(14)}b`)).toBe(true);
    expect(regex.test(`${random}c${'c'.repeat(14)}b`)).toBe(false);
  });
});
