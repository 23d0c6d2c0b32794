import { useMemo, useState } from 'react';
import type { TraceOptions, TraceProgress } from '../../backends/backend';
import type { TraceSet } from '../../trace';
import { useTask } from '../task/use-task';

/** A trace on its way to the screen. */
export interface TraceReading {
  /** Undefined until there is something to show: the first spans of a large trace, then the whole. */
  readonly set: TraceSet | undefined;
  readonly error: Error | undefined;
  readonly isReading: boolean;
  readonly progress: TraceProgress | undefined;
  readonly cancel: () => void;
}

/**
 * Reads a trace, with its first spans and how far it is meanwhile.
 *
 * @param read memoise it; undefined where there is nothing to read
 * @param tryCount reads again when it changes
 */
export function useTraceReading(read: ((options: TraceOptions) => Promise<TraceSet>) | undefined, tryCount: number): TraceReading {
  const [progress, setProgress] = useState<TraceProgress | undefined>(undefined);
  const work = useMemo(
    () =>
      read &&
      ((signal: AbortSignal, showPart: (set: TraceSet) => void) => {
        setProgress(undefined);
        return read({ signal, onBeginning: showPart, onProgress: (next) => !signal.aborted && setProgress(next) });
      }),
    [read]
  );
  const { value: set, error, isRunning, cancel } = useTask(work, tryCount);
  return { set, error, isReading: isRunning, progress, cancel };
}
