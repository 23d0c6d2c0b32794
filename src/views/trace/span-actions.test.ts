import { compileSpanFilter } from '../../analysis/filter/span-filter';
import { decodeOtlpProtobuf } from '../../formats';
import { messageOf, randomSpans } from '../../formats/testing/random-spans';
import { attributeCondition, withCondition } from './span-actions';

const rowsOf = (text: string) => compileSpanFilter(text).kind;

describe('conditions made from attributes', () => {
  it.each(['http.route', 'odd key', 'with "quotes"', 'and', '1st', 'ключ', '__proto__', 'back\\slash'])('can be read back: key %s', (key) => {
    expect(rowsOf(attributeCondition({ scope: 'span', key }, { kind: 'string', value: 'any "value" \\ here' }))).toBe('filter');
  });

  it('find the span that they were made from, whatever key and value are', () => {
    const set = decodeOtlpProtobuf(messageOf(randomSpans(7, 400)));
    let tried = 0;
    for (let row = 0; row < set.spanCount; row++) {
      const { attributes } = set.detail(row);
      // Of a key that repeats the filter reads the first value; structured values and blobs are compared as text.
      attributes.forEach(({ key, value }, at) => {
        if (key === '' || attributes.findIndex((other) => other.key === key) !== at || !['string', 'int', 'bool'].includes(value.kind)) {
          return;
        }
        const compiled = compileSpanFilter(attributeCondition({ scope: 'span', key }, value));
        expect(compiled).toMatchObject({ kind: 'filter' });
        expect(compiled.kind === 'filter' && compiled.filter.run(set)[row]).toBe(1);
        const negated = compileSpanFilter(attributeCondition({ scope: 'span', key }, value, true));
        expect(negated.kind === 'filter' && negated.filter.run(set)[row]).toBe(0);
        tried++;
      });
    }
    expect(tried).toBeGreaterThan(50);
  });

  it('narrow the filter that is there', () => {
    expect(withCondition('', 'span.a = "1"')).toBe('span.a = "1"');
    expect(withCondition('error', 'span.a = "1"')).toBe('error and span.a = "1"');
    expect(withCondition('error or root', 'span.a = "1"')).toBe('(error or root) and span.a = "1"');
  });

  it('are added once', () => {
    const once = withCondition('error', 'span.a = "1"');
    expect(withCondition(once, 'span.a = "1"')).toBe(once);
    expect(withCondition('span.a = "1"', 'span.a = "1"')).toBe('span.a = "1"');
  });
});
