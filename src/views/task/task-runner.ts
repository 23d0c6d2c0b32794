/** Work under way: what is shown meanwhile (`value`, from the last time) and how it ended. */
export interface Task<T> {
  readonly isRunning: boolean;
  readonly value: T | undefined;
  readonly error: Error | undefined;
}

/** Work that was ended on request; it can be started again. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';

  constructor() {
    super('It was cancelled; nothing of it was kept');
  }
}

/** May show a first part of its result while it runs. */
export type Work<T> = (signal: AbortSignal, showPart: (part: T) => void) => Promise<T>;

/** Runs one piece of work at a time and tells its subscribers; what is no longer wanted is cancelled. */
export class TaskRunner<T> {
  private state: { readonly work: Work<T> | undefined; readonly task: Task<T> } = { work: undefined, task: IDLE };
  private readonly listeners = new Set<() => void>();
  private abort = new AbortController();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = () => this.state;

  /** Starts; the value of an earlier run of the same work stays until this one ends. Returns how to cancel. */
  run(work: Work<T>): () => void {
    const abort = (this.abort = new AbortController());
    const value = this.state.work === work ? this.state.task.value : undefined;
    this.set(work, { isRunning: true, value, error: undefined });
    const showPart = (part: T) => {
      // A whole value of the last time is worth more.
      if (!abort.signal.aborted && value === undefined) {
        this.set(work, { isRunning: true, value: part, error: undefined });
      }
    };
    work(abort.signal, showPart).then(
      (result) => {
        if (!abort.signal.aborted) {
          this.set(work, { isRunning: false, value: result, error: undefined });
        }
      },
      (reason: unknown) => {
        if (!abort.signal.aborted) {
          this.set(work, { isRunning: false, value, error: reason instanceof Error ? reason : new Error(String(reason)) });
        }
      }
    );
    return () => abort.abort();
  }

  /** Ends the work under way at the wish of who waits for it: that is its result then. */
  readonly cancel = (): void => {
    const { work, task } = this.state;
    if (work && task.isRunning) {
      this.abort.abort();
      this.set(work, { isRunning: false, value: undefined, error: new CancelledError() });
    }
  };

  private set(work: Work<T>, task: Task<T>): void {
    this.state = { work, task };
    this.listeners.forEach((listener) => listener());
  }
}

export const IDLE = { isRunning: false, value: undefined, error: undefined } as const;
