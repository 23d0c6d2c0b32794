import type { DataSourceInstanceSettings } from '@grafana/data';
import { getDataSourceSrv } from '@grafana/runtime';
import { isBackendKind } from '../../backends/backend';
import { isKnownType, type StoredFrameQueries } from '../../backends/frames/frame-queries';
import { VEZA_DATASOURCE_TYPE, type VezaDataSourceOptions } from '../../backends/veza-data-source';

/** What a page reads traces from: a data source of Grafana, or opened files. */
export interface TraceSource {
  /** As in addresses. */
  readonly uid: string;
  readonly name: string;
  /** Plugin id of the data source that holds the traces; `file` for files. */
  readonly type: string;
  /** Settings of the data source that holds the traces, such as its links to logs. */
  readonly jsonData: object;
}

/** A trace source that is a data source, with what is needed to open it. */
export interface ResolvedSource extends TraceSource {
  /** Of the data source that holds the traces. */
  readonly targetUid: string;
  readonly frameQueries: StoredFrameQueries | undefined;
}

/**
 * The trace data sources of this Grafana, the default one first: those whose HTTP API we speak, those that say they hold
 * traces or that we know to, and Veza Traces data sources that stand on any other.
 */
export function traceSources(): DataSourceInstanceSettings[] {
  const list = getDataSourceSrv().getList({ filter: (settings) => holdsTraces(settings) || isOverFrames(settings) });
  return [...list].sort((a, b) => Number(isBackendKind(b.type)) - Number(isBackendKind(a.type)) || Number(b.isDefault) - Number(a.isDefault) || a.name.localeCompare(b.name));
}

const holdsTraces = ({ type, meta }: DataSourceInstanceSettings): boolean => isBackendKind(type) || isKnownType(type) || (meta.tracing === true && type !== VEZA_DATASOURCE_TYPE);

function isOverFrames(settings: DataSourceInstanceSettings): boolean {
  const target = targetOf(settings);
  return target !== undefined && !isBackendKind(target.type);
}

/** The data source that a Veza Traces data source stands on; undefined for any other, and where it is gone. */
function targetOf({ type, jsonData }: DataSourceInstanceSettings): DataSourceInstanceSettings | undefined {
  const { datasourceUid } = type === VEZA_DATASOURCE_TYPE ? (jsonData as VezaDataSourceOptions) : {};
  return datasourceUid ? getDataSourceSrv().getInstanceSettings(datasourceUid) : undefined;
}

/**
 * The source for a uid in an address: a data source that holds traces, or what a Veza Traces data source stands on; the first
 * one where none is named. Undefined where there is none, or where it holds no traces.
 */
export function resolveSource(uid: string | undefined): ResolvedSource | undefined {
  const settings = uid ? getDataSourceSrv().getInstanceSettings(uid) : traceSources()[0];
  if (!settings) {
    return undefined;
  }
  if (settings.type !== VEZA_DATASOURCE_TYPE) {
    return holdsTraces(settings) ? resolved(settings, settings.uid, undefined) : undefined;
  }
  const target = targetOf(settings);
  const { frameQueries } = settings.jsonData as VezaDataSourceOptions;
  // The queries of frames are stored with ours; an HTTP API needs nothing of it.
  return target && resolved(target, isBackendKind(target.type) ? target.uid : settings.uid, frameQueries);
}

/** The data source with a uid, whatever it holds; undefined where there is none. */
export const anySource = (uid: string): Pick<DataSourceInstanceSettings, 'name' | 'type'> | undefined => getDataSourceSrv().getInstanceSettings(uid);

const resolved = ({ uid: targetUid, name, type, jsonData }: DataSourceInstanceSettings, uid: string, frameQueries: StoredFrameQueries | undefined): ResolvedSource => ({
  uid,
  targetUid,
  name,
  type,
  jsonData,
  frameQueries,
});

/**
 * Uid of the Prometheus that a Tempo data source names for its service graph (`serviceMap.datasourceUid`), where there is one
 * that may be used.
 */
export function metricsSourceUid({ jsonData }: Pick<TraceSource, 'jsonData'>): string | undefined {
  const { serviceMap } = jsonData as { serviceMap?: { datasourceUid?: unknown } };
  const uid = serviceMap?.datasourceUid;
  return typeof uid === 'string' && uid !== '' && getDataSourceSrv().getInstanceSettings(uid) ? uid : undefined;
}
