import { getDataSourceSrv } from '@grafana/runtime';
import type { Backend } from '../backends/backend';
import { BackendError } from '../backends/http/http-client';
import { openDataSource } from '../backends/open-data-source';
import { sharedBackend } from '../backends/share/shared-backend';
import { VEZA_DATASOURCE_TYPE, type VezaDataSourceOptions } from '../backends/veza-data-source';

/**
 * The backend that a Veza Traces data source stands on.
 *
 * @throws BackendError where no data source is chosen, or one that cannot be asked
 */
export function openSource(name: string, { datasourceUid: uid, frameQueries }: VezaDataSourceOptions): Backend {
  if (!uid) {
    throw new BackendError('unsupported', `${name}: choose the data source that holds the traces in its settings`);
  }
  const target = getDataSourceSrv().getInstanceSettings(uid);
  if (!target) {
    throw new BackendError('unsupported', `${name} stands on the data source with uid "${uid}", which does not exist or is not yours to use`);
  }
  if (target.type === VEZA_DATASOURCE_TYPE) {
    throw new BackendError('unsupported', `${name} stands on "${target.name}", which is a Veza Traces data source itself: choose the one that holds the traces`);
  }
  return sharedBackend(openDataSource(target, frameQueries));
}
