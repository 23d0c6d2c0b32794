import { safeUrl } from './safe-url';

describe('safeUrl', () => {
  it.each(['https://example.com/a?b=c#d', 'http://10.0.0.1:8080/', 'HTTPS://Example.com'])('%s is a link', (text) => {
    expect(safeUrl(text)).toBe(new URL(text).href);
  });

  it.each([
    'javascript:alert(1)', ' javascript:alert(1)', 'java\nscript:alert(1)', 'data:text/html,<script>', 'vbscript:x', '//example.com', 'example.com',
    'https://', 'https://a b', 'https://a"onclick=', `https://example.com/${'x'.repeat(3000)}`, 'see https://example.com', '',
  ])('%j is text', (text) => {
    expect(safeUrl(text)).toBeUndefined();
  });
});
