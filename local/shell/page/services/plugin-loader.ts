/**
 * Plugin modules through SystemJS, as Grafana loads them: each plugin's module.js is an AMD module whose shared
 * dependencies come from the host. See boot/shared-modules.ts for what the host shares.
 */
import type { AppPlugin, AppPluginMeta, DataSourceApi, DataSourcePlugin, PanelPlugin, PanelPluginMeta, PluginMeta } from '@grafana/data';
import { config, getBackendSrv } from '@grafana/runtime';
import { corePanels } from '../core-panels/core-panels';

interface PluginModule<T> {
  readonly plugin?: T;
}

/** @throws Error naming the module when it does not export a plugin */
async function importPlugin<T>(modulePath: string): Promise<T> {
  const loaded: PluginModule<T> = await System.import(`/${modulePath.replace(/^\//, '')}`);
  if (!loaded.plugin) {
    throw new Error(`${modulePath} does not export a plugin`);
  }
  return loaded.plugin;
}

const settings = new Map<string, Promise<PluginMeta>>();

/** Settings of a plugin, asked for once per page load. */
export function pluginSettings<T extends PluginMeta>(id: string): Promise<T> {
  const known = settings.get(id) ?? getBackendSrv().get<PluginMeta>(`/api/plugins/${encodeURIComponent(id)}/settings`);
  settings.set(id, known);
  return known as Promise<T>;
}

export async function loadAppPlugin(id: string): Promise<AppPlugin> {
  const meta = await pluginSettings<AppPluginMeta>(id);
  const plugin = await importPlugin<AppPlugin>(meta.module);
  plugin.meta = meta;
  plugin.init(meta);
  return plugin;
}

const panels = new Map<string, Promise<PanelPlugin>>();

/** A panel of the shell, or of a nested plugin. @throws Error for a type that is neither */
export function loadPanelPlugin(id: string): Promise<PanelPlugin> {
  const known = panels.get(id) ?? importPanel(id);
  panels.set(id, known);
  return known;
}

async function importPanel(id: string): Promise<PanelPlugin> {
  const meta: PanelPluginMeta | undefined = config.panels[id];
  if (!meta) {
    throw new Error(`The shell has no panel of type ${id}`);
  }
  const plugin = corePanels.get(id) ?? (await importPlugin<PanelPlugin>(meta.module));
  plugin.meta = meta;
  return plugin;
}

export function loadDataSourcePlugin(meta: PluginMeta): Promise<DataSourcePlugin<DataSourceApi>> {
  return importPlugin<DataSourcePlugin<DataSourceApi>>(meta.module);
}
