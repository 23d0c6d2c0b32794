import { isBackendKind, type Backend } from './backend';
import { dataSourceFrames } from './frames/data-source-frames';
import { frameQueriesOf, type StoredFrameQueries } from './frames/frame-queries';
import { FramesBackend } from './frames/frames-backend';
import type { DecodeLarge } from './http/api-client';
import { grafanaProxy } from './http/grafana-proxy';
import { openBackend } from './open-backend';

/** A data source of Grafana, as its settings name it. */
export interface DataSourceName {
  readonly uid: string;
  readonly name: string;
  /** Its plugin's id. */
  readonly type: string;
}

/**
 * The client for a data source of Grafana: by its HTTP API where we speak it, else by its frames.
 *
 * @param stored queries that a user wrote for a data source that is read by its frames
 * @param decodeLarge as of openBackend
 * @throws BackendError of kind `unsupported` where they are no queries
 */
export function openDataSource({ uid, name, type }: DataSourceName, stored?: StoredFrameQueries, decodeLarge?: DecodeLarge): Backend {
  return isBackendKind(type) ? openBackend(type, grafanaProxy(uid), undefined, decodeLarge) : new FramesBackend(name, frameQueriesOf(type, stored), dataSourceFrames(uid, name));
}
