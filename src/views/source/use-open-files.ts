import { useCallback, useRef, useState, useSyncExternalStore } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { TraceProgress } from '../../backends/backend';
import type { TraceId, TraceSet } from '../../trace';
import { FILES_UID, openFiles, type OpenFilesState } from './open-files';
import { readFiles, type ReadingWatch } from './read-files';

export interface FilesControl {
  readonly state: OpenFilesState;
  readonly isReading: boolean;
  /** What could not be read. */
  readonly failures: readonly string[];
  readonly dismissFailures: () => void;
  /** Reads files and makes them the page's source, with the time range of their traces. */
  readonly open: (files: readonly File[]) => void;
}

/** A large file while it is read, to look at what there is of it. */
export interface FileBeingRead {
  readonly name: string;
  /** Its first spans, once they are there and if they are of one trace. */
  readonly set: TraceSet | undefined;
  readonly progress: TraceProgress | undefined;
  readonly cancel: () => void;
}

/** What a page can do with a file that holds one trace, where there is nothing to choose from. */
export interface OneTraceHandlers {
  readonly onOneTrace: (traceId: TraceId) => void;
  /** Where several traces are shown by another page; by this one if it is left out. */
  readonly onSeveral?: (opened: OpenFilesState) => void;
  /** Undefined when it is read. */
  readonly onReading: (file: FileBeingRead | undefined) => void;
}

/** Smaller files are read before anything can be shown of them. */
const LARGE_FILE_BYTES = 4 * 1024 * 1024;

export function useOpenFiles(handlers?: OneTraceHandlers): FilesControl {
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
      const controller = (abort.current = new AbortController());
      const { signal } = controller;
      setReading(true);
      let seen: Pick<FileBeingRead, 'set' | 'progress'> = { set: undefined, progress: undefined };
      const tell = (more: Partial<typeof seen> = {}) => {
        seen = { ...seen, ...more };
        if (!signal.aborted) {
          handlers?.onReading({ name: files[0].name, ...seen, cancel: () => controller.abort() });
        }
      };
      const isLarge = files.length === 1 && files[0].size >= LARGE_FILE_BYTES;
      if (isLarge) {
        tell();
        signal.addEventListener('abort', () => handlers?.onReading(undefined));
      }
      const watch: ReadingWatch = isLarge
        ? { onBeginning: ({ set }) => tell({ set: set.traceCount === 1 ? set : undefined }), onSpans: (spanCount) => tell({ progress: { kind: 'decoding', spanCount } }) }
        : {};
      readFiles(files, signal, watch).then(
        ({ opened, failures: failed }) => {
          setReading(false);
          handlers?.onReading(undefined);
          setFailures(failed);
          if (opened.length === 0) {
            return;
          }
          const shown = openFiles.replace(opened);
          if (handlers && files.length === 1 && opened[0].set.traceCount === 1) {
            handlers.onOneTrace(opened[0].set.traceId(0));
          } else {
            (handlers?.onSeveral ?? show)(shown);
          }
        },
        (error: unknown) => {
          // Cancelled, or others are read instead.
          setReading(abort.current !== controller);
          if (!signal.aborted) {
            handlers?.onReading(undefined);
            setFailures([error instanceof Error ? error.message : String(error)]);
          }
        }
      );
    },
    [show, handlers]
  );
  return { state, isReading: reading, failures, dismissFailures: useCallback(() => setFailures([]), []), open };
}
