/** @grafana/runtime's DataSourceSrv over the data sources of the boot data. */
import type { DataSourceApi, DataSourceInstanceSettings, DataSourceRef, ScopedVars } from '@grafana/data';
import {
  config, type DataSourceSrv, type GetDataSourceListFilters, getTemplateSrv, type RuntimeDataSourceRegistration,
} from '@grafana/runtime';
import { CoreDataSource } from './core-data-source';
import { loadDataSourcePlugin } from './plugin-loader';

type Reference = DataSourceRef | string | null | undefined;

export class ShellDataSourceSrv implements DataSourceSrv {
  private readonly instances = new Map<string, Promise<DataSourceApi>>();

  get(ref?: Reference, scopedVars?: ScopedVars): Promise<DataSourceApi> {
    const settings = this.getInstanceSettings(ref, scopedVars);
    if (!settings) {
      return Promise.reject(new Error(`Data source ${JSON.stringify(ref)} was not found`));
    }
    const known = this.instances.get(settings.uid) ?? createInstance(settings);
    this.instances.set(settings.uid, known);
    return known;
  }

  getList(filters: GetDataSourceListFilters = {}): DataSourceInstanceSettings[] {
    const types = filters.type === undefined ? undefined : [filters.type].flat();
    return Object.values(config.datasources)
      .filter((settings) => !filters.tracing || settings.meta.tracing)
      .filter((settings) => !filters.metrics || settings.meta.metrics)
      .filter((settings) => !filters.logs || settings.meta.logs)
      .filter((settings) => !filters.annotations || settings.meta.annotations)
      .filter((settings) => !filters.alerting || settings.meta.alerting)
      .filter((settings) => !filters.pluginId || settings.type === filters.pluginId)
      .filter((settings) => !types || types.includes(settings.type))
      .filter((settings) => !filters.filter || filters.filter(settings))
      .sort((a, b) => a.name.localeCompare(b.name));
  }

  /** By uid, by name, by reference, or the default; `${variable}` stands for its value. */
  getInstanceSettings(ref?: Reference, scopedVars?: ScopedVars): DataSourceInstanceSettings | undefined {
    const all = Object.values(config.datasources);
    const wanted = typeof ref === 'string' ? ref : ref?.uid;
    const nameOrUid = wanted?.includes('$') ? getTemplateSrv().replace(wanted, scopedVars) : wanted;
    if (!nameOrUid || nameOrUid === 'default') {
      const type = typeof ref === 'object' ? ref?.type : undefined;
      const ofType = type ? all.filter((settings) => settings.type === type) : all;
      return ofType.find((settings) => settings.isDefault) ?? (type ? ofType[0] : all[0]);
    }
    const found = all.find((settings) => settings.uid === nameOrUid) ?? all.find((settings) => settings.name === nameOrUid);
    // Who asked by variable is told so, as Grafana does.
    return found && nameOrUid !== wanted ? { ...found, rawRef: { type: found.type, uid: found.uid } } : found;
  }

  async reload(): Promise<void> {
    this.instances.clear();
  }

  registerRuntimeDataSource(entry: RuntimeDataSourceRegistration): void {
    this.instances.set(entry.dataSource.uid, Promise.resolve(entry.dataSource));
  }
}

async function createInstance(settings: DataSourceInstanceSettings): Promise<DataSourceApi> {
  if (settings.meta.module.startsWith('core:')) {
    return new CoreDataSource(settings);
  }
  const { DataSourceClass } = await loadDataSourcePlugin(settings.meta);
  const instance = new DataSourceClass(settings);
  instance.meta = settings.meta;
  return instance;
}
