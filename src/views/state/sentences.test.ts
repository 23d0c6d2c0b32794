import { sentences } from './sentences';

it('makes sentences of fragments, leaves sentences alone, and says nothing twice', () => {
  expect(sentences(['12 traces', 'a sample: rates are estimates', 'A sample: rates are estimates.', 'Why not?', ' '])).toBe('12 traces. A sample: rates are estimates. Why not?');
  expect(sentences([])).toBe('');
});
