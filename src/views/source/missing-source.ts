import { VEZA_DATASOURCE_TYPE } from '../../backends/veza-data-source';
import { FILES_UID } from './open-files';
import { anySource } from './sources';

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
  const other = uid ? anySource(uid) : undefined;
  if (other?.type === VEZA_DATASOURCE_TYPE) {
    return { title: 'Data source incomplete', advice: `"${other.name}" stands on a data source that does not exist here, or is not yours to use: choose another one, or have its settings name one.` };
  }
  if (other) {
    return { title: 'No traces in this data source', advice: `"${other.name}" (${other.type}) holds no traces: choose a trace data source, such as Tempo, Jaeger or Zipkin.` };
  }
  if (uid) {
    return { title: 'Data source not found', advice: `The data source with uid "${uid}" does not exist here, or is not yours to use: choose another one.` };
  }
  return { title: 'No trace data source', advice: 'Open a file of traces, or add a data source: an administrator may add Tempo, Jaeger or Zipkin.' };
}
