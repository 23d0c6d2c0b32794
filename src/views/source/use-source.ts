import { useMemo, useSyncExternalStore } from 'react';
import type { Backend } from '../../backends/backend';
import { openDataSource } from '../../backends/open-data-source';
import { decodeLargeTrace } from '../trace/decode/decode-traces';
import { useUrlText } from '../url/use-url-text';
import { FILES_UID, openFiles, type OpenFilesState } from './open-files';
import { resolveSource, type ResolvedSource, type TraceSource } from './sources';

export interface SourceChoice {
  /** As the address has it; empty where it names none. */
  readonly uid: string;
  /** Undefined where there is no trace data source, none with the uid in the address, or no file is open. */
  readonly source: TraceSource | undefined;
  readonly backend: Backend | undefined;
  readonly setSourceUid: (uid: string) => void;
}

/** What the page reads, kept in its address as `source`: a data source by uid, or opened files. */
export function useSource(): SourceChoice {
  const [uid, setSourceUid] = useUrlText('source');
  const files = useSyncExternalStore(openFiles.subscribe, openFiles.state);
  const isFiles = uid === FILES_UID;
  const dataSource = useMemo(() => (isFiles ? undefined : resolveSource(uid || undefined)), [isFiles, uid]);
  const opened = useMemo(() => dataSource && open(dataSource), [dataSource]);
  const fileSource = useMemo(() => sourceOfFiles(files), [files]);
  return isFiles ? { uid, source: fileSource, backend: files.backend, setSourceUid } : { uid, source: dataSource, backend: opened, setSourceUid };
}

function open({ targetUid, name, type, frameQueries }: ResolvedSource): Backend {
  return openDataSource({ uid: targetUid, name, type }, frameQueries, decodeLargeTrace);
}

const sourceOfFiles = ({ backend, name }: OpenFilesState): TraceSource | undefined => backend && { uid: FILES_UID, name, type: 'file', jsonData: {} };
