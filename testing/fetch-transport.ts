import { mediaTypeOf, type HttpTransport } from '../src/backends/http/http-client';

/** Plain fetch to an address such as `http://127.0.0.1:3200`, in place of Grafana's proxy. */
export function fetchTransport(base: string, onRequest: (path: string) => void = () => undefined): HttpTransport {
  return async ({ path, query = {}, accept, signal }) => {
    onRequest(path);
    const url = new URL(base + path);
    for (const [key, value] of Object.entries(query)) {
      if (value !== undefined) {
        url.searchParams.set(key, String(value));
      }
    }
    const answer = await fetch(url, { headers: accept ? { Accept: accept } : {}, signal });
    return { status: answer.status, mediaType: mediaTypeOf(answer.headers), body: new Uint8Array(await answer.arrayBuffer()) };
  };
}
