import fc from 'fast-check';
import { placeAtEnd } from './expected-token';

/** The bar is the caret. */
const kindAt = (query: string): string => placeAtEnd(query.slice(0, query.indexOf('¦'))).expected.kind;
const typedAt = (query: string): string => {
  const text = query.slice(0, query.indexOf('¦'));
  return text.slice(placeAtEnd(text).from);
};

test.each([
  ['¦', 'spanset'],
  ['{¦', 'field'],
  ['{ resource.serv¦', 'field'],
  ['{ resource.service.name ¦', 'comparison'],
  ['{ resource.service.name = ¦', 'value'],
  ['{ resource.service.name = "ap¦', 'value'],
  ['{ resource.service.name="a b¦', 'value'],
  ['{ resource.service.name = "a } b" ¦', 'connective'],
  ['{ duration > 100ms ¦', 'connective'],
  ['{ duration > 100ms && ¦', 'field'],
  ['{ (name = "a" || ¦', 'field'],
  ['{ (name = "a") ¦', 'connective'],
  ['{ !¦', 'field'],
  ['{ span.http.status_code >= ¦', 'value'],
  ['{ } ¦', 'relation'],
  ['{ } >> ¦', 'spanset'],
  ['{ } && ¦', 'spanset'],
  ['{ } | ¦', 'stage'],
  ['{ } | ra¦', 'stage'],
  ['{ } | by(¦', 'field'],
  ['{ } | select(span.a, ¦', 'field'],
  ['{ } | count() ¦', 'relation'],
  ['({ } >> ¦', 'spanset'],
])('%s expects a %s', (query, kind) => {
  expect(kindAt(query)).toBe(kind);
});

test.each([
  ['{ resource.serv¦', 'resource.serv'],
  ['{ span.http-route/x¦', 'span.http-route/x'],
  ['{ span."with space¦', 'span."with space'],
  ['{ name = "au¦', '"au'],
  ['{ name = ¦', ''],
  ['{ name = "auth" ¦', ''],
  ['{ } | quant¦', 'quant'],
])('%s: what is being typed', (query, typed) => {
  expect(typedAt(query)).toBe(typed);
});

test('a value knows its field', () => {
  expect(placeAtEnd('{ span.a = "x" && resource.service.name != ').expected).toEqual({ kind: 'value', field: 'resource.service.name' });
});

test('whatever is typed has a place in it', () => {
  const piece = fc.constantFrom('{', '}', '(', ')', '"', '`', '\\', ' ', '&&', '|', '=~', 'name', '.a', '-', '/', '!', ',', '🎈', '__proto__');
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 30 }), (pieces) => {
      const text = pieces.join('');
      const { from } = placeAtEnd(text);
      expect(from).toBeGreaterThanOrEqual(0);
      expect(from).toBeLessThanOrEqual(text.length);
    }),
    { seed: 1 }
  );
});
