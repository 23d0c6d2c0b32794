import { getDataSourceSrv } from '@grafana/runtime';
import { isBackendKind, type Backend } from '../backends/backend';
import { grafanaProxy } from '../backends/http/grafana-proxy';
import { BackendError } from '../backends/http/http-client';
import { openBackend } from '../backends/open-backend';
import { sharedBackend } from '../backends/share/shared-backend';

/**
 * The backend that a Veza Traces data source stands on.
 *
 * @throws BackendError where no data source is chosen, or one that holds no traces.
 */
export function openSource(name: string, uid: string | undefined): Backend {
  if (!uid) {
    throw new BackendError('unsupported', `${name}: choose the data source that holds the traces in its settings`);
  }
  const target = getDataSourceSrv().getInstanceSettings(uid);
  if (!target) {
    throw new BackendError('unsupported', `${name} stands on the data source with uid "${uid}", which does not exist or is not yours to use`);
  }
  if (!isBackendKind(target.type)) {
    throw new BackendError('unsupported', `${name} stands on "${target.name}", which is of type ${target.type}: expected Tempo, Jaeger or Zipkin`);
  }
  return sharedBackend(openBackend(target.type, grafanaProxy(uid)));
}
