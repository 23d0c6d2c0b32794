import { Client, credentials } from '@grpc/grpc-js';

/** The address to reach a server on that listens on `host`: a wildcard cannot be connected to everywhere. */
export function hostToConnectTo(host: string): string {
  if (host === '0.0.0.0') {
    return '127.0.0.1';
  }
  return host === '::' ? '::1' : host;
}

/** `host` as it stands in a URL. */
export const urlHost = (host: string): string => (host.includes(':') ? `[${host}]` : host);

/**
 * Any answer at all counts: what the server can do is for the data source's health check to find out.
 *
 * @throws Error that names the address and the reason.
 */
export async function expectHttpAnswer(url: string, init: RequestInit = {}, timeoutMs = 5_000): Promise<Response> {
  try {
    return await fetch(url, { redirect: 'manual', ...init, signal: AbortSignal.timeout(timeoutMs) });
  } catch (error) {
    throw new Error(`${url} cannot be reached: ${reasonOf(error)}`, { cause: error });
  }
}

/** @throws Error that names the address and what was answered instead of success. */
export async function expectHttpSuccess(url: string, init?: RequestInit): Promise<void> {
  const { ok, status } = await expectHttpAnswer(url, init);
  if (!ok) {
    throw new Error(`${url} answered ${status}`);
  }
}

const TRACE_EXPORT = '/opentelemetry.proto.collector.trace.v1.TraceService/Export';

/**
 * Sends an export of no spans, which in protobuf is an empty message.
 *
 * @throws Error that names the port and the reason
 */
export async function expectOtlpGrpcSuccess(host: string, port: number): Promise<void> {
  const client = new Client(`${urlHost(host)}:${port}`, credentials.createInsecure());
  try {
    await new Promise<void>((resolve, reject) => {
      const bytes = (message: Buffer) => message;
      client.makeUnaryRequest(TRACE_EXPORT, bytes, bytes, Buffer.alloc(0), { deadline: Date.now() + 5_000 }, (error) =>
        error ? reject(new Error(`OTLP over gRPC on port ${port} does not work: ${error.message}`, { cause: error })) : resolve()
      );
    });
  } finally {
    client.close();
  }
}

/** fetch() hides the reason in `cause`, and that sometimes in a list of one error an address tried. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  if (error.name === 'TimeoutError') {
    return 'no answer in time';
  }
  const cause = error instanceof AggregateError ? error.errors[0] : error.cause;
  return cause instanceof Error ? reasonOf(cause) : error.message;
}
