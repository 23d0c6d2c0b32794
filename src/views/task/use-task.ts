import { useEffect, useState } from 'react';

/** Work under way: what is shown meanwhile (`value`, from the last time) and how it ended. */
export interface Task<T> {
  readonly isRunning: boolean;
  readonly value: T | undefined;
  readonly error: Error | undefined;
}

/**
 * Runs `work` whenever it changes and when `refreshKey` does; what is no longer wanted is cancelled through its signal. The
 * last value stays during a refresh, and is dropped when `work` itself changes its subject.
 *
 * @param work memoise it; undefined means that there is nothing to do yet
 */
export function useTask<T>(work: ((signal: AbortSignal) => Promise<T>) | undefined, refreshKey: unknown = undefined): Task<T> {
  const [state, setState] = useState<{ subject: unknown; task: Task<T> }>({ subject: undefined, task: IDLE });

  useEffect(() => {
    if (!work) {
      return undefined;
    }
    const abort = new AbortController();
    setState((last) => ({ subject: work, task: { isRunning: true, value: last.subject === work ? last.task.value : undefined, error: undefined } }));
    work(abort.signal).then(
      (value) => {
        if (!abort.signal.aborted) {
          setState({ subject: work, task: { isRunning: false, value, error: undefined } });
        }
      },
      (reason: unknown) => {
        if (!abort.signal.aborted) {
          const error = reason instanceof Error ? reason : new Error(String(reason));
          setState((last) => ({ subject: work, task: { isRunning: false, value: last.task.value, error } }));
        }
      }
    );
    return () => abort.abort();
  }, [work, refreshKey]);

  return work ? state.task : IDLE;
}

const IDLE = { isRunning: false, value: undefined, error: undefined } as const;
