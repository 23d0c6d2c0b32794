import { shownText } from './shown-text';

it('cuts what no screen has room for, and says so', () => {
  expect(shownText('GET /tracks')).toBe('GET /tracks');
  expect(shownText('x'.repeat(1e6))).toBe(`${'x'.repeat(300)}…`);
});
