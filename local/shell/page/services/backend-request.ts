/** From BackendSrv's request options to what `fetch` takes. */
import type { BackendSrvRequest } from '@grafana/runtime';

export function requestUrl({ url, params }: BackendSrvRequest): string {
  // Grafana accepts addresses without a leading slash and means the site's root, whatever page is open.
  const absolute = /^(https?:|\/)/.test(url) ? url : `/${url}`;
  const query = queryString(params ?? {});
  if (!query) {
    return absolute;
  }
  return absolute + (absolute.includes('?') ? '&' : '?') + query;
}

export function requestInit(options: BackendSrvRequest): RequestInit {
  const headers = new Headers({ Accept: 'application/json, text/plain, */*' });
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    headers.set(name, String(value));
  }
  const { data } = options;
  const method = options.method ?? 'GET';
  const init: RequestInit = { method, headers, credentials: options.credentials ?? 'same-origin' };
  if (data === undefined || data === null || method === 'GET' || method === 'HEAD') {
    return init;
  }
  if (isReadyBody(data)) {
    return { ...init, body: data };
  }
  if (!headers.has('Content-Type')) {
    headers.set('Content-Type', 'application/json');
  }
  const form = headers.get('Content-Type')?.includes('application/x-www-form-urlencoded');
  return { ...init, body: form ? queryString(data) : JSON.stringify(data) };
}

/** Lists repeat their name; what is undefined or null is left out. */
function queryString(params: Readonly<Record<string, unknown>>): string {
  return Object.entries(params)
    .flatMap(([name, value]) => [value].flat().map((one) => [name, one]))
    .filter(([, one]) => one !== undefined && one !== null)
    .map(([name, one]) => `${encodeURIComponent(String(name))}=${encodeURIComponent(String(one))}`)
    .join('&');
}

function isReadyBody(data: unknown): data is BodyInit {
  return (
    typeof data === 'string' ||
    data instanceof FormData ||
    data instanceof Blob ||
    data instanceof URLSearchParams ||
    data instanceof ArrayBuffer ||
    ArrayBuffer.isView(data)
  );
}
