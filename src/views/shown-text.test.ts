import { shownText } from './shown-text';

it('cuts what no screen has room for, and says so', () => {
  expect(shownText('GET /tracks')).toBe('GET /tracks');
  expect(shownText('x'.repeat(1e6))).toBe(`${'x'.repeat(300)}…`);
});

it('shows what would turn the direction of the row', () => {
  expect(shownText('GET \u202e/skcart\u2069')).toBe('GET \ufffd/skcart\ufffd');
  expect(shownText('שלום é 😀')).toBe('שלום é 😀');
});
