import { getBackendSrv, isFetchError } from '@grafana/runtime';
import { lastValueFrom } from 'rxjs';
import { mediaTypeOf, type HttpRequest, type HttpResponse, type HttpTransport } from './http-client';
import { receivedInPieces } from './received-in-pieces';

/**
 * A transport through Grafana's data source proxy, so that credentials, TLS, tenant headers and permissions stay
 * Grafana's. A Viewer may use it (`datasources:query`).
 *
 * @param uid of the Tempo, Jaeger or Zipkin data source.
 */
export function grafanaProxy(uid: string): HttpTransport {
  const base = `/api/datasources/proxy/uid/${encodeURIComponent(uid)}`;
  return async (request: HttpRequest): Promise<HttpResponse> => {
    const { path, query = {}, accept, signal, onReceived } = request;
    // Without the leading slash Grafana takes an address as below its own root, wherever that is served.
    const options = { url: (base + path + queryString(query)).slice(1), method: 'GET', headers: accept ? { Accept: accept } : {}, showErrorAlert: false, hideFromInspector: true };
    try {
      const inPieces = onReceived && (await receivedInPieces(options, onReceived, signal));
      if (inPieces) {
        return inPieces;
      }
      const answer = await lastValueFrom(getBackendSrv().fetch<ArrayBuffer>({ ...options, responseType: 'arraybuffer', abortSignal: signal }));
      return { status: answer.status, mediaType: mediaTypeOf(answer.headers), body: bytesOf(answer.data) };
    } catch (error) {
      // Grafana rejects for every status that is not 2xx; status 0 and below mean that there was no answer.
      if (isFetchError(error) && error.status > 0) {
        return { status: error.status, mediaType: '', body: bytesOf(error.data) };
      }
      throw error;
    }
  };
}

function queryString(query: NonNullable<HttpRequest['query']>): string {
  const pairs = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${encodeURIComponent(key)}=${encodeURIComponent(String(value))}`);
  return pairs.length > 0 ? `?${pairs.join('&')}` : '';
}

/** Grafana parses some answers by their content type whatever was asked for: errors as objects, plain text as strings. */
function bytesOf(data: unknown): Uint8Array {
  if (data instanceof ArrayBuffer) {
    return new Uint8Array(data);
  }
  if (data === undefined || data === null) {
    return new Uint8Array();
  }
  return new TextEncoder().encode(typeof data === 'string' ? data : JSON.stringify(data));
}
