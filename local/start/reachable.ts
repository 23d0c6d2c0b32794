import { connect } from 'node:net';

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

/** @throws Error that names the port. */
export async function expectListening(host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const socket = connect({ host, port, timeout: 5_000 }, () => {
      socket.destroy();
      resolve();
    });
    socket.once('timeout', () => socket.destroy(new Error('no answer within 5 s')));
    socket.once('error', (error) => reject(new Error(`${host}:${port} cannot be reached: ${error.message}`, { cause: error })));
  });
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
