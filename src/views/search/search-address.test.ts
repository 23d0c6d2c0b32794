import fc from 'fast-check';
import { parseDuration } from '../../analysis/filter/units';
import { TAG_OPERATORS, type TraceFilter } from '../../backends/filter/trace-filter';
import { addressWithFilter, durationText, filterOfAddress } from './search-address';

const text = fc.string({ minLength: 1 }).filter((value) => value.trim() === value && value !== '');
const filters: fc.Arbitrary<TraceFilter> = fc.record({
  service: fc.option(text, { nil: undefined }),
  operation: fc.option(text, { nil: undefined }),
  errorsOnly: fc.constantFrom(true, undefined),
  minDurationNs: fc.option(fc.integer({ min: 0, max: 1e12 }), { nil: undefined }),
  maxDurationNs: fc.option(fc.integer({ min: 0, max: 1e12 }), { nil: undefined }),
  conditions: fc.option(
    fc.array(
      fc.record({
        scope: fc.constantFrom('span' as const, 'resource' as const, 'any' as const),
        key: text.filter((key) => !key.includes('|')),
        operator: fc.constantFrom(...TAG_OPERATORS),
        value: fc.string(),
      }),
      { minLength: 1, maxLength: 3 }
    ),
    { nil: undefined }
  ),
  traceql: fc.option(text, { nil: undefined }),
});

describe('a search in the address', () => {
  it('is read back as it was written, whatever it holds, and leaves the rest of the address alone', () => {
    fc.assert(
      fc.property(filters, (filter) => {
        const address = addressWithFilter(new URLSearchParams('from=now-1h&service=old&where=old'), filter);
        expect(filterOfAddress(new URLSearchParams(address.toString()))).toEqual(filter);
        expect(address.get('from')).toBe('now-1h');
      })
    );
  });

  it('leaves out what cannot be read', () => {
    const nothing = { service: undefined, operation: undefined, errorsOnly: undefined, minDurationNs: undefined, maxDurationNs: undefined, conditions: undefined, traceql: undefined };
    expect(filterOfAddress(new URLSearchParams('min=soon&max=&where=x&where=span.a|~|1&errors=yes'))).toEqual(nothing);
  });

  it.each([0, 1, 999, 1500, 200e6, 1.5e9, 60e9, 123456789])('%d ns as text is the same duration', (ns) => {
    expect(parseDuration(durationText(ns) ?? '')).toBe(ns);
  });
});
