/**
 * @grafana/runtime's BackendSrv over `fetch`: Grafana's request options, response parsing and error shape.
 * An answer that is not 2xx rejects with a FetchError, which carries status, data and the request.
 */
import type { BackendSrv, BackendSrvRequest, FetchError, FetchResponse } from '@grafana/runtime';
import { lastValueFrom, Observable } from 'rxjs';
import { requestInit, requestUrl } from './backend-request';

export class ShellBackendSrv implements BackendSrv {
  /** Requests under way by `requestId`: a newer one with the same id cancels the older. */
  private readonly inFlight = new Map<string, AbortController>();

  get<T>(url: string, params?: Record<string, unknown>, requestId?: string, options?: Partial<BackendSrvRequest>): Promise<T> {
    return this.request<T>({ ...options, method: 'GET', url, params, requestId });
  }

  delete<T>(url: string, data?: unknown, options?: Partial<BackendSrvRequest>): Promise<T> {
    return this.request<T>({ ...options, method: 'DELETE', url, data });
  }

  post<T>(url: string, data?: unknown, options?: Partial<BackendSrvRequest>): Promise<T> {
    return this.request<T>({ ...options, method: 'POST', url, data });
  }

  patch<T>(url: string, data?: unknown, options?: Partial<BackendSrvRequest>): Promise<T> {
    return this.request<T>({ ...options, method: 'PATCH', url, data });
  }

  put<T>(url: string, data?: unknown, options?: Partial<BackendSrvRequest>): Promise<T> {
    return this.request<T>({ ...options, method: 'PUT', url, data });
  }

  async request<T>(options: BackendSrvRequest): Promise<T> {
    return (await this.datasourceRequest<T>(options)).data;
  }

  datasourceRequest<T>(options: BackendSrvRequest): Promise<FetchResponse<T>> {
    return lastValueFrom(this.fetch<T>(options));
  }

  /** One response, then completion. Unsubscribing aborts the request. */
  fetch<T>(options: BackendSrvRequest): Observable<FetchResponse<T>> {
    return this.observe<T>(options, async (reply, emit) => emit((await parseBody(reply, options.responseType)) as T));
  }

  /** The body piece by piece, each in a response of its own; the last one has no data. */
  chunked(options: BackendSrvRequest): Observable<FetchResponse<Uint8Array | undefined>> {
    return this.observe<Uint8Array | undefined>(options, async (reply, emit) => {
      const reader = reply.body?.getReader();
      for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
        emit(piece.value);
      }
      emit(undefined);
    });
  }

  private observe<T>(
    options: BackendSrvRequest,
    consume: (reply: Response, emit: (data: T) => void) => Promise<void>
  ): Observable<FetchResponse<T>> {
    return new Observable((subscriber) => {
      const abort = new AbortController();
      const signal = options.abortSignal ? AbortSignal.any([abort.signal, options.abortSignal]) : abort.signal;
      const release = this.claimRequestId(options.requestId, abort);

      const run = async () => {
        const reply = await fetch(requestUrl(options), { ...requestInit(options), signal });
        if (!reply.ok) {
          throw httpError(reply, await parseBody(reply, undefined), options);
        }
        await consume(reply, (data) => subscriber.next(fetchResponse(reply, data, options)));
        subscriber.complete();
      };
      run()
        .catch((error: unknown) => subscriber.error(isFetchError(error) ? error : networkError(error, signal, options)))
        .finally(release);
      return () => abort.abort();
    });
  }

  private claimRequestId(requestId: string | undefined, abort: AbortController): () => void {
    if (!requestId) {
      return () => undefined;
    }
    this.inFlight.get(requestId)?.abort();
    this.inFlight.set(requestId, abort);
    return () => {
      if (this.inFlight.get(requestId) === abort) {
        this.inFlight.delete(requestId);
      }
    };
  }
}

function fetchResponse<T>(reply: Response, data: T, config: BackendSrvRequest): FetchResponse<T> {
  const { status, statusText, ok, headers, redirected, type, url } = reply;
  return { data, status, statusText, ok, headers, redirected, type, url, config };
}

/** As asked for, or as Grafana guesses: JSON if it parses, else text. */
async function parseBody(reply: Response, responseType: BackendSrvRequest['responseType']): Promise<unknown> {
  switch (responseType) {
    case 'arraybuffer':
      return reply.arrayBuffer();
    case 'blob':
      return reply.blob();
    case 'text':
      return reply.text();
    case 'json':
      return reply.json();
  }
  const text = await reply.text();
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) {
      return text;
    }
    throw error;
  }
}

function httpError(reply: Response, data: unknown, config: BackendSrvRequest): FetchError {
  const body = typeof data === 'object' && data !== null ? data : { message: String(data) };
  const message = 'message' in body && body.message ? String(body.message) : reply.statusText;
  return { status: reply.status, statusText: reply.statusText, data: { error: reply.statusText, response: String(data), ...body, message }, config };
}

function networkError(error: unknown, signal: AbortSignal, config: BackendSrvRequest): FetchError {
  const message = error instanceof Error ? error.message : String(error);
  if (signal.aborted) {
    return { status: -1, statusText: 'Request was aborted', data: null, cancelled: true, config };
  }
  return { status: 0, statusText: message, message, data: { message, error: 'Network error' }, config };
}

function isFetchError(error: unknown): error is FetchError {
  return typeof error === 'object' && error !== null && 'status' in error && 'config' in error;
}
