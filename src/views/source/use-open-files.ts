import { useCallback, useRef, useState, useSyncExternalStore } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { TraceId } from '../../trace';
import { FILES_UID, openFiles, type OpenFile, type OpenFilesState } from './open-files';
import { readFiles } from './read-files';

export interface FilesControl {
  readonly state: OpenFilesState;
  readonly isReading: boolean;
  /** What could not be read. */
  readonly failures: readonly string[];
  readonly dismissFailures: () => void;
  /** Reads files and makes them the page's source, with the time range of their traces. */
  readonly open: (files: readonly File[]) => void;
}

/** @param onOneTrace where there is nothing to choose from, is told the trace, as soon as its first spans are there */
export function useOpenFiles(onOneTrace?: (traceId: TraceId) => void): FilesControl {
  const state = useSyncExternalStore(openFiles.subscribe, openFiles.state);
  const [reading, setReading] = useState(false);
  const [failures, setFailures] = useState<readonly string[]>([]);
  const [, setParams] = useSearchParams();
  const abort = useRef<AbortController | undefined>(undefined);

  const show = useCallback(
    ({ range }: OpenFilesState) =>
      setParams((last) => {
        const next = new URLSearchParams(last);
        next.set('source', FILES_UID);
        next.set('from', String(range.fromMs));
        next.set('to', String(range.toMs));
        return next;
      }),
    [setParams]
  );
  const open = useCallback(
    (files: readonly File[]) => {
      abort.current?.abort();
      const { signal } = (abort.current = new AbortController());
      setReading(true);
      let shown: TraceId | undefined;
      const showOneTrace = (file: OpenFile) => {
        if (onOneTrace && files.length === 1 && file.set.traceCount === 1) {
          openFiles.replace([file]);
          onOneTrace((shown = file.set.traceId(0)));
        }
      };
      readFiles(files, signal, showOneTrace).then(
        ({ opened, failures: failed }) => {
          setReading(false);
          setFailures(failed);
          if (shown !== undefined) {
            openFiles.replace(opened);
          } else if (opened.length > 0) {
            showOneTrace(opened[0]);
            if (shown === undefined) {
              show(openFiles.replace(opened));
            }
          }
        },
        (error: unknown) => {
          // Others are read instead.
          if (!signal.aborted) {
            setReading(false);
            setFailures([error instanceof Error ? error.message : String(error)]);
          }
        }
      );
    },
    [show, onOneTrace]
  );
  return { state, isReading: reading, failures, dismissFailures: useCallback(() => setFailures([]), []), open };
}
