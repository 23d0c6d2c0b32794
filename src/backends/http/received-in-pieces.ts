import { getBackendSrv, type BackendSrvRequest, type FetchResponse } from '@grafana/runtime';
import { mediaTypeOf, type HttpResponse, type Received } from './http-client';

/**
 * Reads an answer through Grafana piece by piece.
 *
 * @returns undefined for an answer that has to be asked for at once: Grafana renews an expired session (401) only then
 */
export function receivedInPieces(what: BackendSrvRequest, onReceived: (received: Received) => void, signal: AbortSignal | undefined): Promise<HttpResponse | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let receivedBytes = 0;
    let head: FetchResponse<unknown> | undefined;
    // Grafana cancels the request when nobody listens any more; it ignores a signal here.
    const stop = () => {
      subscription.unsubscribe();
      reject(signal?.reason);
    };
    const subscription = getBackendSrv().chunked(what).subscribe({
      next: (piece) => {
        head = piece;
        const chunk = piece.data;
        if (chunk && chunk.length > 0) {
          chunks.push(chunk);
          receivedBytes += chunk.length;
          if (piece.ok) {
            onReceived({ chunk, receivedBytes, totalBytes: totalBytesOf(piece.headers) });
          }
        }
      },
      error: (error: unknown) => {
        signal?.removeEventListener('abort', stop);
        // What Grafana rejects with is an object of its own.
        reject(error as Error);
      },
      complete: () => {
        signal?.removeEventListener('abort', stop);
        resolve(head && head.status !== 401 ? { status: head.status, mediaType: mediaTypeOf(head.headers), body: joined(chunks, receivedBytes) } : undefined);
      },
    });
    if (signal?.aborted) {
      stop();
    } else {
      signal?.addEventListener('abort', stop, { once: true });
    }
  });
}

/** Of a compressed answer the length says nothing about what comes out of it. */
function totalBytesOf(headers: Headers): number | undefined {
  const length = Number(headers.get('content-length') ?? NaN);
  return length > 0 && !headers.has('content-encoding') ? length : undefined;
}

function joined(chunks: readonly Uint8Array[], byteCount: number): Uint8Array {
  const bytes = new Uint8Array(byteCount);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
