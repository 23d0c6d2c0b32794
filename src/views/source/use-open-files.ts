import { useCallback, useRef, useState, useSyncExternalStore } from 'react';
import { useSearchParams } from 'react-router-dom';
import { FILES_UID, openFiles, type OpenFilesState } from './open-files';
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

export function useOpenFiles(): FilesControl {
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
      readFiles(files, signal).then(
        ({ opened, failures: failed }) => {
          setReading(false);
          setFailures(failed);
          if (opened.length > 0) {
            show(openFiles.replace(opened));
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
    [show]
  );
  return { state, isReading: reading, failures, dismissFailures: useCallback(() => setFailures([]), []), open };
}
