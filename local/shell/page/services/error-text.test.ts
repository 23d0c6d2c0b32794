import { errorText } from './error-text';

test.each([
  [new Error('plain'), 'plain'],
  [{ status: 404, statusText: 'Not Found', data: { message: 'Dashboard not found' }, config: { url: '' } }, 'Dashboard not found'],
  [{ status: 502, statusText: 'Bad Gateway', data: '' }, 'Bad Gateway'],
  ['text', 'text'],
  [undefined, 'undefined'],
  [{}, 'Unknown error'],
])('%p is said as %s', (error, text) => {
  expect(errorText(error)).toBe(text);
});
