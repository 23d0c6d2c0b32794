import { BackendError } from '../http/http-client';

interface Shared {
  readonly answer: Promise<unknown>;
  readonly abort: AbortController;
  waitingCount: number;
}

/** The panels of a dashboard ask within moments of each other; a refresh that follows wants fresh data. */
const KEEP_MS = 2000;

/**
 * Gives those who ask the same at about the same time one answer. The work is cancelled when nobody waits for it any more;
 * a failure is not kept.
 */
export class SharedAnswers {
  private readonly byKey = new Map<string, Shared>();

  /** @throws BackendError of kind `aborted` to whose signal fired, and what `work` rejects with */
  get<T>(key: string, work: (signal: AbortSignal) => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    const shared = this.byKey.get(key) ?? this.start(key, work);
    shared.waitingCount++;
    return new Promise<T>((resolve, reject) => {
      const onAbort = () => {
        reject(new BackendError('aborted', 'The request was cancelled'));
        this.leave(key, shared);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      const settle = (finish: () => void) => () => {
        signal?.removeEventListener('abort', onAbort);
        finish();
      };
      // The key names the work, and so the type of its answer.
      shared.answer.then(
        (answer) => settle(() => resolve(answer as T))(),
        (error: unknown) => settle(() => reject(error instanceof Error ? error : new Error(String(error))))()
      );
      if (signal?.aborted) {
        onAbort();
      }
    });
  }

  private start(key: string, work: (signal: AbortSignal) => Promise<unknown>): Shared {
    const abort = new AbortController();
    const shared: Shared = { answer: work(abort.signal), abort, waitingCount: 0 };
    this.byKey.set(key, shared);
    shared.answer.then(
      () => setTimeout(() => this.forget(key, shared), KEEP_MS),
      () => this.forget(key, shared)
    );
    return shared;
  }

  private leave(key: string, shared: Shared): void {
    if (--shared.waitingCount === 0) {
      shared.abort.abort();
      this.forget(key, shared);
    }
  }

  private forget(key: string, shared: Shared): void {
    if (this.byKey.get(key) === shared) {
      this.byKey.delete(key);
    }
  }
}
