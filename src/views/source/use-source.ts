import type { DataSourceInstanceSettings } from '@grafana/data';
import { useMemo } from 'react';
import { isBackendKind, type Backend } from '../../backends/backend';
import { grafanaProxy } from '../../backends/http/grafana-proxy';
import { openBackend } from '../../backends/open-backend';
import { useUrlText } from '../url/use-url-text';
import { resolveSource } from './sources';

export interface SourceChoice {
  /** Undefined where there is no trace data source, or none with the uid in the address. */
  readonly source: DataSourceInstanceSettings | undefined;
  readonly backend: Backend | undefined;
  readonly setSourceUid: (uid: string) => void;
}

/** The data source that the page reads, kept in its address as `source`. */
export function useSource(): SourceChoice {
  const [uid, setSourceUid] = useUrlText('source');
  const source = useMemo(() => resolveSource(uid || undefined), [uid]);
  const backend = useMemo(() => (source && isBackendKind(source.type) ? openBackend(source.type, grafanaProxy(source.uid)) : undefined), [source]);
  return { source, backend, setSourceUid };
}
