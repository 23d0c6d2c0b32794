import { useEffect, useState, useSyncExternalStore } from 'react';
import { IDLE, TaskRunner, type Task, type Work } from './task-runner';

const STARTING = { isRunning: true, value: undefined, error: undefined } as const;

/**
 * Runs `work` whenever it changes and when `refreshKey` does. The last value stays during a refresh, and is dropped when
 * the work itself is another.
 *
 * @param work memoise it; undefined means that there is nothing to do yet
 */
export function useTask<T>(work: Work<T> | undefined, refreshKey: unknown = undefined): Task<T> & { readonly cancel: () => void } {
  const [runner] = useState(() => new TaskRunner<T>());
  const state = useSyncExternalStore(runner.subscribe, runner.snapshot);
  useEffect(() => (work ? runner.run(work) : undefined), [runner, work, refreshKey]);
  if (!work) {
    return { ...IDLE, cancel: runner.cancel };
  }
  return { ...(state.work === work ? state.task : STARTING), cancel: runner.cancel };
}
