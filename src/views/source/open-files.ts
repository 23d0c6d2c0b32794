import type { TraceSet } from '../../trace';
import { timeRangeOf, FileBackend } from '../../backends/files/file-backend';
import type { Backend, TimeRangeMs } from '../../backends/backend';
import { uniteSets } from '../../backends/sets/merge-sets';
import type { OpenedTraces } from '../../formats';

/** In addresses, where other sources have their uid. */
export const FILES_UID = 'files';

export interface OpenFile {
  readonly name: string;
  readonly format: OpenedTraces['format'];
  readonly set: TraceSet;
}

/** Never changed, only replaced. */
export interface OpenFilesState {
  readonly files: readonly OpenFile[];
  // Both undefined while there are no files.
  readonly backend: Backend | undefined;
  /** The traces of all files. */
  readonly set: TraceSet | undefined;
  readonly range: TimeRangeMs;
  /** "trace.json", or "3 files". */
  readonly name: string;
}

const NONE: OpenFilesState = { files: [], backend: undefined, set: undefined, range: { fromMs: 0, toMs: 0 }, name: 'no files' };

/** The files opened since the page was loaded. They stay in the browser, and are gone with the page. */
class OpenFiles {
  private current = NONE;
  private readonly listeners = new Set<() => void>();

  readonly state = (): OpenFilesState => this.current;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Opened in place of those before. */
  replace(files: readonly OpenFile[]): OpenFilesState {
    this.current = files.length === 0 ? NONE : stateOf(files);
    this.listeners.forEach((listener) => listener());
    return this.current;
  }
}

function stateOf(files: readonly OpenFile[]): OpenFilesState {
  const set = uniteSets(files.map((file) => file.set));
  const name = files.length === 1 ? files[0].name : `${files.length} files`;
  return { files, backend: new FileBackend(name, set), set, range: timeRangeOf(set), name };
}

/** Shared by all pages, so that one may open what another shows. */
export const openFiles = new OpenFiles();
