/** The plugins below a folder: the app and every nested plugin, each known by the id in its plugin.json. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The part of a plugin.json that the shell reads; the rest passes through untouched. */
export interface PluginManifest {
  readonly id: string;
  readonly type: 'app' | 'panel' | 'datasource';
  readonly name: string;
  readonly info?: Readonly<Record<string, unknown>> & { readonly version?: string };
  readonly includes?: ReadonlyArray<Readonly<Record<string, unknown>>>;
  readonly [key: string]: unknown;
}

export interface InstalledPlugin {
  /** Folder of this plugin.json: what `/public/plugins/<id>/` serves. */
  readonly dir: string;
  readonly manifest: PluginManifest;
}

/**
 * Reads the plugins anew, since a build may have replaced them.
 * @throws Error naming the file when a plugin.json is not one
 */
export function findPlugins(pluginDir: string): readonly InstalledPlugin[] {
  const files = readdirSync(pluginDir, { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === 'plugin.json' && !file.includes('node_modules'))
    .sort((a, b) => a.length - b.length || a.localeCompare(b));
  const plugins = files.map((file) => readPlugin(path.join(pluginDir, file)));
  const app = plugins.find((plugin) => plugin.manifest.type === 'app');
  // A nested plugin takes its version from the app, as in Grafana.
  return plugins.map((plugin) => ({ ...plugin, manifest: inheritVersion(plugin.manifest, app?.manifest) }));
}

/** Meta of a plugin as `/api/plugins/:id/settings` answers it. */
export function pluginSettings({ manifest }: InstalledPlugin, jsonData: unknown): Record<string, unknown> {
  return {
    ...pluginMeta(manifest),
    enabled: true,
    pinned: true,
    jsonData,
    secureJsonFields: {},
    defaultNavUrl: defaultPage(manifest) ?? `/plugins/${manifest.id}`,
    latestVersion: '',
    hasUpdate: false,
    state: manifest.state ?? '',
    signatureOrg: '',
  };
}

export interface PluginMeta {
  readonly info: { readonly logos: { readonly small: string; readonly large: string }; readonly [key: string]: unknown };
  readonly [key: string]: unknown;
}

/** What the boot data and the settings route have in common: the manifest, and where the module lies. */
export function pluginMeta(manifest: PluginManifest): PluginMeta {
  const baseUrl = `public/plugins/${manifest.id}`;
  return {
    ...manifest,
    module: `${baseUrl}/module.js`,
    baseUrl,
    moduleHash: '',
    loadingStrategy: 'script',
    signature: 'unsigned',
    signatureType: '',
    angularDetected: false,
    hideFromList: false,
    sort: 100,
    info: absoluteLogos(manifest, baseUrl),
  };
}

/** Path of an app's page that is marked as its default. */
export function defaultPage(manifest: PluginManifest): string | undefined {
  const pages = (manifest.includes ?? []).filter((include) => include.type === 'page');
  const page = pages.find((include) => include.defaultNav) ?? pages[0];
  return typeof page?.path === 'string' ? page.path.replace('%PLUGIN_ID%', manifest.id) : undefined;
}

function readPlugin(file: string): InstalledPlugin {
  let manifest: PluginManifest;
  try {
    manifest = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`Cannot read the plugin manifest ${file}: ${String(error)}`);
  }
  if (typeof manifest.id !== 'string' || typeof manifest.type !== 'string') {
    throw new Error(`The plugin manifest ${file} has no id or no type`);
  }
  return { dir: path.dirname(file), manifest };
}

function inheritVersion(manifest: PluginManifest, app: PluginManifest | undefined): PluginManifest {
  const version = manifest.info?.version ?? app?.info?.version ?? '';
  return { ...manifest, info: { ...manifest.info, version } };
}

function absoluteLogos({ info }: PluginManifest, baseUrl: string): PluginMeta['info'] {
  const { logos } = { logos: {}, ...info };
  const { small, large } = { small: '', large: '', ...(logos as Record<string, string>) };
  const absolute = (logo: string) => (logo ? `${baseUrl}/${logo}` : 'public/build/img/icons/unicons/plug.svg');
  return { author: {}, description: '', links: [], screenshots: [], updated: '', ...info, logos: { small: absolute(small), large: absolute(large) } };
}
