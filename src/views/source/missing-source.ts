import { FILES_UID } from './open-files';

export interface MissingSource {
  readonly title: string;
  /** Sentences: why, and what to do. */
  readonly advice: string;
}

/** Why there is nothing to read under a uid of an address. Opened files are gone when the page is loaded again; its address still names them. */
export function missingSource(uid: string): MissingSource {
  if (uid === FILES_UID) {
    return { title: 'Open the files again', advice: 'Opened files stay in this browser only, and are gone when the page is loaded again. Open them again, drop them here, or choose a data source.' };
  }
  if (uid) {
    return { title: 'Data source not found', advice: `The data source with uid "${uid}" does not exist here, or is not yours to use: choose another one.` };
  }
  return { title: 'No trace data source', advice: 'Open a file of traces, or add a data source: an administrator may add Tempo, Jaeger or Zipkin.' };
}
