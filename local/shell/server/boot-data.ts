/** `window.grafanaBootData`: what Grafana writes into its page so that @grafana/runtime's `config` has content. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { StoredDashboard } from './dashboards';
import type { ShellDataSource } from './options';
import { type InstalledPlugin, type PluginManifest, pluginMeta } from './plugins';

/** Types that Grafana brings itself: named by dashboards and pickers, drawn or proxied by the shell. */
const CORE_DATA_SOURCES: Readonly<Record<string, string>> = {
  tempo: 'Tempo', jaeger: 'Jaeger', zipkin: 'Zipkin', prometheus: 'Prometheus',
};
const TRACING_TYPES = new Set(['tempo', 'jaeger', 'zipkin']);
const CORE_PANELS: Readonly<Record<string, string>> = {
  timeseries: 'Time series', stat: 'Stat', table: 'Table', text: 'Text',
};

interface NavLink {
  readonly id: string;
  readonly text: string;
  readonly icon?: string;
  readonly img?: string;
  readonly url?: string;
  readonly pluginId?: string;
  readonly children?: readonly NavLink[];
}

/** @param pageDir folder of the built page; it records which Grafana it was built on */
export function bootData(
  plugins: readonly InstalledPlugin[],
  dataSources: readonly ShellDataSource[],
  dashboards: readonly StoredDashboard[],
  pageDir: string
): Record<string, unknown> {
  const manifests = plugins.map((plugin) => plugin.manifest);
  const ofType = (type: PluginManifest['type']) => manifests.filter((manifest) => manifest.type === type);
  const corePanels = Object.entries(CORE_PANELS).map(([id, name]) => [id, coreMeta(id, name, 'panel')]);
  const ownPanels = ofType('panel').map((manifest) => [manifest.id, pluginMeta(manifest)]);
  return {
    // An anonymous visitor who may do everything: the shell has no accounts.
    user: {
      id: 0, uid: '', isSignedIn: false, login: '', name: 'Local', email: '', orgId: 1, orgName: 'Main Org.', orgRole: 'Admin',
      orgCount: 1, isGrafanaAdmin: false, theme: 'dark', timezone: 'browser', weekStart: '', locale: 'en-US', language: 'en-US',
      regionalFormat: 'en-US', permissions: { 'datasources:query': true, 'datasources:read': true, 'dashboards:read': true },
    },
    settings: {
      appUrl: '/', appSubUrl: '', namespace: 'default', buildInfo: { ...grafanaBuild(pageDir), commit: '', env: 'production', edition: 'Open Source' },
      defaultDatasource: (dataSources.find((dataSource) => dataSource.isDefault) ?? dataSources[0])?.name ?? '',
      datasources: Object.fromEntries(dataSources.map((dataSource, index) => [dataSource.name, instanceSettings(dataSource, index + 1, manifests)])),
      panels: Object.fromEntries([...corePanels, ...ownPanels]),
      apps: Object.fromEntries(ofType('app').map((manifest) => [manifest.id, appConfig(manifest)])),
      featureToggles: {}, exploreEnabled: false, minRefreshInterval: '5s', licenseInfo: {},
    },
    navTree: [...ofType('app').map(appNavigation), dashboardNavigation(dashboards)],
  };
}

function instanceSettings(dataSource: ShellDataSource, id: number, manifests: readonly PluginManifest[]): unknown {
  const manifest = manifests.find((candidate) => candidate.id === dataSource.type);
  const meta = manifest ? pluginMeta(manifest) : coreMeta(dataSource.type, CORE_DATA_SOURCES[dataSource.type] ?? dataSource.type, 'datasource');
  return {
    id, uid: dataSource.uid, type: dataSource.type, name: dataSource.name, meta, readOnly: true, access: 'proxy',
    isDefault: dataSource.isDefault ?? false, url: `/api/datasources/proxy/uid/${dataSource.uid}`, jsonData: dataSource.jsonData ?? {},
  };
}

function coreMeta(id: string, name: string, type: string): Record<string, unknown> {
  const logo = 'public/build/img/icons/unicons/database.svg';
  return {
    id, name, type, module: `core:plugin/${id}`, baseUrl: `public/plugins/${id}`, signature: 'internal', state: '',
    tracing: TRACING_TYPES.has(id), metrics: id === 'prometheus',
    info: { author: {}, description: '', links: [], logos: { small: logo, large: logo }, screenshots: [], updated: '', version: '' },
  };
}

function appConfig(manifest: PluginManifest): unknown {
  const { id, preload = false, dependencies = {}, extensions = {} } = manifest;
  const noExtensions = { addedLinks: [], addedComponents: [], addedFunctions: [], exposedComponents: [], extensionPoints: [] };
  return {
    id, preload, dependencies, path: `public/plugins/${id}/module.js`, version: manifest.info?.version ?? '', loadingStrategy: 'script',
    angular: { detected: false, hideDeprecation: true }, extensions: { ...noExtensions, ...(extensions as object) }, moduleHash: '', buildMode: '',
  };
}

function appNavigation(manifest: PluginManifest): NavLink {
  const pages = (manifest.includes ?? []).filter((include) => include.type === 'page' && include.addToNav);
  const children = pages.map((page) => {
    const url = String(page.path).replace('%PLUGIN_ID%', manifest.id);
    return { id: `plugin-page-${url}`, text: String(page.name), url, pluginId: manifest.id };
  });
  const main = pages.findIndex((page) => page.defaultNav);
  return { id: `plugin-page-${manifest.id}`, text: manifest.name, img: logoOf(manifest), url: children[Math.max(main, 0)]?.url, pluginId: manifest.id, children };
}

function logoOf(manifest: PluginManifest): string {
  return pluginMeta(manifest).info.logos.small;
}

function dashboardNavigation(dashboards: readonly StoredDashboard[]): NavLink {
  const children = dashboards.map(({ uid, title, url }) => ({ id: `dashboard-${uid}`, text: title, url }));
  return { id: 'dashboards/browse', text: 'Dashboards', icon: 'apps', url: '/dashboards', children };
}

function grafanaBuild(pageDir: string): { version: string } {
  return JSON.parse(readFileSync(path.join(pageDir, 'build-info.json'), 'utf8'));
}
