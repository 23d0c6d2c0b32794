import type { DataSourceInstanceSettings } from '@grafana/data';
import { getDataSourceSrv } from '@grafana/runtime';
import { isBackendKind } from '../../backends/backend';
import { VEZA_DATASOURCE_TYPE, type VezaDataSourceOptions } from '../../backends/veza-data-source';

/** The trace data sources of this Grafana that we can talk to, the default one first. */
export function traceSources(): DataSourceInstanceSettings[] {
  const list = getDataSourceSrv().getList({ filter: ({ type }) => isBackendKind(type) });
  return [...list].sort((a, b) => Number(b.isDefault) - Number(a.isDefault) || a.name.localeCompare(b.name));
}

/**
 * The data source that holds the traces for a uid in an address: itself, or the one that a Veza Traces data source
 * stands on.
 */
export function resolveSource(uid: string | undefined): DataSourceInstanceSettings | undefined {
  if (!uid) {
    return traceSources()[0];
  }
  const settings = getDataSourceSrv().getInstanceSettings(uid);
  if (settings?.type === VEZA_DATASOURCE_TYPE) {
    const { datasourceUid } = settings.jsonData as VezaDataSourceOptions;
    return datasourceUid ? getDataSourceSrv().getInstanceSettings(datasourceUid) : undefined;
  }
  return settings && isBackendKind(settings.type) ? settings : undefined;
}

/**
 * Uid of the Prometheus that a Tempo data source names for its service graph (`serviceMap.datasourceUid`), where there is one
 * that may be used.
 */
export function metricsSourceUid({ jsonData }: DataSourceInstanceSettings): string | undefined {
  const { serviceMap } = jsonData as { serviceMap?: { datasourceUid?: unknown } };
  const uid = serviceMap?.datasourceUid;
  return typeof uid === 'string' && uid !== '' && getDataSourceSrv().getInstanceSettings(uid) ? uid : undefined;
}
