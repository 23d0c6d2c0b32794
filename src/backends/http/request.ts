import { BackendError, type HttpRequest, type HttpResponse, type HttpTransport, type Received } from './http-client';

export interface RequestPolicy {
  /** Until the answer is there, or its next piece where it comes in pieces; then the request is aborted and fails as `timeout`. */
  readonly timeoutMs: number;
  /** After the first try. Only 429, 502, 503 and lost connections are tried again. */
  readonly maxRetries: number;
  /** A try that failed after a longer time is the last: it would take as long again, of a backend that is busy. */
  readonly retryWithinMs: number;
  readonly backoffMs: number;
  /** In [0, 1); injected so that tests are deterministic. */
  readonly random: () => number;
}

/**
 * How long an answer may take is Grafana's to say, by the data source's *Timeout* or its own `[dataproxy] timeout`; it then
 * answers 502 (12.3) or 504. The time here only ends what nobody else does.
 */
export const DEFAULT_POLICY: RequestPolicy = { timeoutMs: 300_000, maxRetries: 2, retryWithinMs: 5_000, backoffMs: 300, random: Math.random };

const RETRIED_STATUSES: ReadonlySet<number> = new Set([429, 502, 503]);

/**
 * Sends a GET request under the policy.
 *
 * @returns the answer, of whatever status; only lost connections and time-outs reject.
 * @throws BackendError of kind `aborted`, `timeout` or `unreachable`, naming the request.
 */
export async function request(transport: HttpTransport, what: HttpRequest, policy: RequestPolicy = DEFAULT_POLICY): Promise<HttpResponse> {
  for (let attempt = 0; ; attempt++) {
    const startMs = performance.now();
    const outcome = await tryOnce(transport, what, policy);
    const isTemporary = outcome instanceof BackendError ? outcome.kind === 'unreachable' : RETRIED_STATUSES.has(outcome.status);
    if (isTemporary && attempt < policy.maxRetries && performance.now() - startMs < policy.retryWithinMs) {
      // Full jitter: many panels that failed together must not come back together.
      await delay(policy.backoffMs * 2 ** attempt * (0.5 + policy.random() / 2), what);
      continue;
    }
    if (outcome instanceof BackendError) {
      throw outcome;
    }
    return outcome;
  }
}

async function tryOnce(transport: HttpTransport, what: HttpRequest, policy: RequestPolicy): Promise<HttpResponse | BackendError> {
  const timeLimit = new AbortController();
  const startTimer = () => setTimeout(() => timeLimit.abort(), policy.timeoutMs);
  let timer = startTimer();
  const { onReceived } = what;
  const onPiece = (received: Received) => {
    clearTimeout(timer);
    timer = startTimer();
    onReceived?.(received);
  };
  const onAbort = () => timeLimit.abort();
  what.signal?.addEventListener('abort', onAbort);
  try {
    if (what.signal?.aborted) {
      throw aborted(what);
    }
    return await transport({ ...what, signal: timeLimit.signal, onReceived: onReceived && onPiece });
  } catch (cause) {
    if (what.signal?.aborted) {
      throw aborted(what);
    }
    if (timeLimit.signal.aborted) {
      throw new BackendError('timeout', `${what.path} did not answer within ${policy.timeoutMs / 1000} s`, { path: what.path, cause });
    }
    return new BackendError('unreachable', `${what.path} could not be reached: ${messageOf(cause)}`, { path: what.path, cause });
  } finally {
    clearTimeout(timer);
    what.signal?.removeEventListener('abort', onAbort);
  }
}

const aborted = (what: HttpRequest) => new BackendError('aborted', `${what.path} was cancelled`, { path: what.path });

const messageOf = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause));

function delay(ms: number, what: HttpRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      what.signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    const onAbort = () => {
      clearTimeout(timer);
      reject(aborted(what));
    };
    what.signal?.addEventListener('abort', onAbort, { once: true });
  });
}
