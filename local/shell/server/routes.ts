/** The HTTP routes that the plugin and the page use, each answering as Grafana does. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { bootData } from './boot-data';
import { dashboardWithMeta, hasItsSources, readDashboards, searchDashboards } from './dashboards';
import { proxyToDataSource } from './data-source-proxy';
import { dataSourceDto, dataSourceHealth, findDataSource } from './data-sources';
import { indexPage } from './index-page';
import { missingIcon } from './missing-icons';
import type { ShellOptions } from './options';
import { defaultPage, findPlugins, type InstalledPlugin, pluginSettings } from './plugins';
import { readJson } from './request-body';
import { HttpError, sendJson } from './responses';
import type { Exchange, Route } from './routing';
import { sendFile } from './static-files';

export function shellRoutes(options: ShellOptions & { readonly pageDir: string }): readonly Route[] {
  const { dataSources, pageDir } = options;
  // Found again on every page load, so that a rebuilt plugin with other nested plugins is served whole.
  let plugins = findPlugins(options.pluginDir);
  const savedSettings = new Map<string, unknown>();

  const plugin = (id: string): InstalledPlugin => {
    const found = plugins.find((candidate) => candidate.manifest.id === id);
    if (!found) {
      throw new HttpError(404, 'Plugin not found, no installed plugin with that id', 'plugin.notFound');
    }
    return found;
  };
  const sendPage = (exchange: Exchange, status = 200) => {
    plugins = findPlugins(options.pluginDir);
    const types = new Set(dataSources.map(({ type }) => type));
    const dashboards = readDashboards(options.dashboardsDir).filter((dashboard) => hasItsSources(dashboard, types));
    const page = indexPage(bootData(plugins, dataSources, dashboards, pageDir));
    exchange.response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' });
    exchange.response.end(page);
  };
  const get = (pattern: string, handle: Route['handle']): Route => ({ method: 'GET', pattern, handle });
  const answer = (pattern: string, body: (exchange: Exchange) => unknown): Route =>
    get(pattern, async (exchange) => sendJson(exchange.response, 200, await body(exchange)));

  return [
    get('/', ({ response }) => {
      const app = plugins.find(({ manifest }) => manifest.type === 'app');
      const home = options.home ?? (app && defaultPage(app.manifest)) ?? '/dashboards';
      response.writeHead(302, { Location: home }).end();
    }),
    get('/a/*', (exchange) => sendPage(exchange)),
    get('/d/*', (exchange) => sendPage(exchange)),
    get('/dashboards', (exchange) => sendPage(exchange)),

    answer('/api/health', () => ({ database: 'ok', version: '', commit: '' })),
    answer('/api/plugins/:id/settings', ({ params }) => pluginSettings(plugin(params.id), savedSettings.get(params.id) ?? {})),
    {
      method: 'POST',
      pattern: '/api/plugins/:id/settings',
      handle: async ({ request, response, params }) => {
        const body = await readJson(request);
        savedSettings.set(plugin(params.id).manifest.id, body.jsonData ?? {});
        sendJson(response, 200, { message: 'Plugin settings updated' });
      },
    },
    answer('/api/datasources', () => dataSources.map((dataSource, index) => dataSourceDto(dataSource, index + 1))),
    answer('/api/datasources/uid/:uid', ({ params }) => {
      const found = findDataSource(dataSources, params.uid);
      return dataSourceDto(found, dataSources.indexOf(found) + 1);
    }),
    answer('/api/datasources/uid/:uid/health', ({ params }) => dataSourceHealth(findDataSource(dataSources, params.uid))),
    {
      method: '*',
      pattern: '/api/datasources/proxy/uid/:uid/*',
      handle: (exchange) => proxyToDataSource(findDataSource(dataSources, exchange.params.uid), exchange),
    },
    answer('/api/search', ({ query }) => searchDashboards(readDashboards(options.dashboardsDir), new URLSearchParams(query))),
    answer('/api/dashboards/uid/:uid', ({ params }) => dashboardWithMeta(readDashboards(options.dashboardsDir), params.uid)),

    get('/public/plugins/:id/*', (exchange) => sendFile(exchange, plugin(exchange.params.id).dir)),
    get('/public/build/img/icons/*', async (exchange) => {
      const icons = path.join(pageDir, 'build/img/icons');
      if (existsSync(path.join(icons, path.normalize(`/${exchange.rest}`)))) {
        await sendFile(exchange, icons);
        return;
      }
      exchange.response.writeHead(200, { 'Content-Type': 'image/svg+xml' }).end(missingIcon(exchange.rest));
    }),
    get('/public/*', (exchange) => sendFile(exchange, pageDir)),
    get('/*', (exchange) => {
      if (exchange.rest.startsWith('api/') || !exchange.request.headers.accept?.includes('text/html')) {
        throw new HttpError(404, `The shell has no route GET /${exchange.rest}`);
      }
      // A person sees the page, which says so with the navigation around it.
      sendPage(exchange, 404);
    }),
  ];
}
