import { requestInit, requestUrl } from './backend-request';

test('addresses start at the root, parameters join what is there', () => {
  expect(requestUrl({ url: 'api/search' })).toBe('/api/search');
  expect(requestUrl({ url: '/api/search?a=1', params: { q: '{ }', tags: ['x', 'y'], none: undefined } })).toBe(
    '/api/search?a=1&q=%7B%20%7D&tags=x&tags=y'
  );
  expect(requestUrl({ url: 'https://tempo/api' })).toBe('https://tempo/api');
});

test('a body is JSON unless it is ready to send', () => {
  const json = requestInit({ url: '', method: 'POST', data: { a: 1 } });
  expect([json.body, new Headers(json.headers).get('Content-Type')]).toEqual(['{"a":1}', 'application/json']);
  const bytes = new Uint8Array([1, 2]);
  expect(requestInit({ url: '', method: 'POST', data: bytes }).body).toBe(bytes);
  expect(requestInit({ url: '', method: 'POST', data: 'text' }).body).toBe('text');
  const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
  expect(requestInit({ url: '', method: 'POST', headers: form, data: { a: 'x y' } }).body).toBe('a=x%20y');
});

test('a GET has no body, and headers reach the request', () => {
  const init = requestInit({ url: '', data: { a: 1 }, headers: { Accept: 'application/protobuf' } });
  expect(init).toMatchObject({ method: 'GET' });
  expect(init.body).toBeUndefined();
  expect(new Headers(init.headers).get('Accept')).toBe('application/protobuf');
});
