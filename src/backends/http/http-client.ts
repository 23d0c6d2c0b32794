/**
 * HTTP as the backends see it: bytes in, bytes out, every failure a typed error.
 *
 * The transport is injected: Grafana's data source proxy in the plugin (see grafana-proxy.ts), plain fetch in tests.
 */

export interface HttpRequest {
  /** Below the backend's base address, starting with a slash: `/api/search`. */
  readonly path: string;
  /** Left out where undefined. Values are encoded by the transport. */
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly accept?: string;
  readonly signal?: AbortSignal;
  /** Is shown the answer piece by piece as it comes in, where its status is 2xx and the transport can. */
  readonly onReceived?: (received: Received) => void;
}

/** A piece of an answer. */
export interface Received {
  /** Not to be changed. */
  readonly chunk: Uint8Array;
  /** With this chunk; begins anew when the request is tried again. */
  readonly receivedBytes: number;
  /** Undefined where the server does not say. */
  readonly totalBytes: number | undefined;
}

export interface HttpResponse {
  readonly status: number;
  /** Media type without parameters, lower case; empty where the server named none. */
  readonly mediaType: string;
  readonly body: Uint8Array;
}

export const mediaTypeOf = (headers: Headers): string => (headers.get('content-type') ?? '').split(';')[0].trim().toLowerCase();

/** Resolves for every status; rejects only when there is no answer (connection refused, aborted). */
export type HttpTransport = (request: HttpRequest) => Promise<HttpResponse>;

export type BackendErrorKind = 'unreachable' | 'timeout' | 'aborted' | 'http' | 'format' | 'notFound' | 'unsupported';

/** A request to a backend that did not give what was asked for. `message` is meant for the screen. */
export class BackendError extends Error {
  constructor(
    readonly kind: BackendErrorKind,
    message: string,
    readonly detail: { readonly path?: string; readonly status?: number; readonly cause?: unknown } = {}
  ) {
    super(message, { cause: detail.cause });
    this.name = 'BackendError';
  }
}

export const isAborted = (error: unknown): boolean => error instanceof BackendError && error.kind === 'aborted';
