import { compileSpanFilter } from '../../analysis/filter/span-filter';
import { attributeCondition, withCondition } from './span-actions';

const rowsOf = (text: string) => compileSpanFilter(text).kind;

describe('conditions made from attributes', () => {
  it.each(['http.route', 'odd key', 'with "quotes"', 'and', '1st', 'ключ', '__proto__', 'back\\slash'])('can be read back: key %s', (key) => {
    expect(rowsOf(attributeCondition({ scope: 'span', key }, 'any "value" \\ here'))).toBe('filter');
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
