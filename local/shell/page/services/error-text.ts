/**
 * Words for whatever was thrown: an Error, or the FetchError that BackendSrv rejects with, whose message is in the
 * answer's body.
 */
export function errorText(error: unknown): string {
  if (typeof error !== 'object' || error === null) {
    return String(error);
  }
  const body = 'data' in error ? error.data : undefined;
  const inBody = typeof body === 'object' && body !== null && 'message' in body ? body.message : undefined;
  const own = 'message' in error ? error.message : undefined;
  const status = 'statusText' in error ? error.statusText : undefined;
  return String(inBody || own || status || 'Unknown error');
}
