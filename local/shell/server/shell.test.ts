import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FIXTURE_PLUGIN, startFixture, type FixtureShell } from '../testing/start-fixture';
import type { ShellDataSource } from './options';

const TEMPO: ShellDataSource = { uid: 'tempo', name: 'Tempo', type: 'tempo', url: 'http://127.0.0.1:1', isDefault: true };
const NESTED: ShellDataSource = { uid: 'fixture', name: 'Fixture', type: 'fixture-datasource', jsonData: { source: 'tempo' } };

let shell: FixtureShell;
beforeAll(async () => {
  shell = await startFixture([TEMPO, NESTED]);
});
afterAll(() => shell.close());

const get = (route: string, init?: RequestInit) => fetch(shell.url + route, { redirect: 'manual', ...init });
const getJson = async (route: string) => (await get(route)).json();

/** fetch would tidy the path before sending it. */
function getRaw(route: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(shell.url);
    httpRequest({ hostname, port, path: route }, (reply) => resolve(reply.resume().statusCode)).on('error', reject).end();
  });
}

/** The boot data that the page carries. */
async function bootData() {
  const html = await (await get('/dashboards')).text();
  return JSON.parse(/grafanaBootData = (.*);\n/.exec(html)?.[1] ?? '');
}

test('the root leads to the page marked as default, or to the home that was asked for', async () => {
  expect((await get('/')).headers.get('location')).toBe('/a/fixture-app/second');
  const other = await startFixture([], { home: '/d/everything' });
  expect((await fetch(other.url, { redirect: 'manual' })).headers.get('location')).toBe('/d/everything');
  await other.close();
});

test('plugin settings have the module, the absolute logo and the version of the app', async () => {
  expect(await getJson('/api/plugins/fixture-app/settings')).toMatchObject({
    id: 'fixture-app', enabled: true, module: 'public/plugins/fixture-app/module.js', baseUrl: 'public/plugins/fixture-app',
    defaultNavUrl: '/a/fixture-app/second', info: { version: '1.2.3', logos: { small: 'public/plugins/fixture-app/img/logo.svg' } },
  });
  expect(await getJson('/api/plugins/fixture-panel/settings')).toMatchObject({ type: 'panel', info: { version: '1.2.3' } });
});

test('settings that are saved are answered afterwards', async () => {
  const headers = { 'Content-Type': 'application/json' };
  const reply = await get('/api/plugins/fixture-app/settings', { method: 'POST', headers, body: '{"jsonData":{"a":1}}' });
  expect(reply.status).toBe(200);
  expect(await getJson('/api/plugins/fixture-app/settings')).toMatchObject({ jsonData: { a: 1 } });
  expect((await get('/api/plugins/fixture-app/settings', { method: 'POST', body: '[' })).status).toBe(400);
});

test('unknown things are 404 in words of Grafana', async () => {
  const cases = {
    '/api/plugins/nobody/settings': 'Plugin not found, no installed plugin with that id',
    '/api/datasources/uid/nobody': 'Data source not found',
    '/api/dashboards/uid/nobody': 'Dashboard not found',
    '/api/nonsense': 'The shell has no route GET /api/nonsense',
  };
  for (const [route, message] of Object.entries(cases)) {
    const reply = await get(route);
    expect(reply.status).toBe(404);
    expect(await reply.json()).toMatchObject({ message, statusCode: 404 });
  }
  expect((await get('/api/search', { method: 'DELETE' })).status).toBe(405);
});

test('data sources are listed with their proxy access', async () => {
  expect(await getJson('/api/datasources')).toMatchObject([
    { id: 1, uid: 'tempo', type: 'tempo', typeName: 'Tempo', access: 'proxy', isDefault: true },
    { id: 2, uid: 'fixture', type: 'fixture-datasource', url: '', isDefault: false, jsonData: { source: 'tempo' } },
  ]);
  expect(await getJson('/api/datasources/uid/fixture')).toMatchObject({ id: 2, name: 'Fixture' });
});

test('health of an unreachable backend says why', async () => {
  const reply = await get('/api/datasources/uid/tempo/health');
  expect(reply.status).toBe(400);
  expect(await reply.json()).toMatchObject({ message: expect.stringContaining('Cannot reach Tempo') });
  expect((await get('/api/datasources/uid/fixture/health')).status).toBe(404);
});

test('dashboards are found and read', async () => {
  const hits = await getJson('/api/search?type=dash-db&query=EVERY');
  expect(hits).toMatchObject([{ uid: 'everything', url: '/d/everything/everything-the-shell-draws', type: 'dash-db', tags: ['fixture'] }]);
  expect(await getJson('/api/search?type=dash-folder')).toEqual([]);
  expect(await getJson('/api/search?tag=other')).toEqual([]);
  expect(await getJson('/api/dashboards/uid/everything')).toMatchObject({ meta: { canSave: false }, dashboard: { uid: 'everything' } });
});

test('a broken dashboard is named when it is opened, and spoils nothing else', async () => {
  const dashboardsDir = mkdtempSync(path.join(tmpdir(), 'veza-dashboards-'));
  writeFileSync(path.join(dashboardsDir, 'broken.json'), '{');
  writeFileSync(path.join(dashboardsDir, 'list.json'), '[]');
  const other = await startFixture([], { dashboardsDir });
  expect((await fetch(`${other.url}/dashboards`)).status).toBe(200);
  expect(await (await fetch(`${other.url}/api/search`)).json()).toMatchObject([{ uid: 'broken' }, { uid: 'list' }]);
  for (const uid of ['broken', 'list']) {
    const reply = await fetch(`${other.url}/api/dashboards/uid/${uid}`);
    expect(reply.status).toBe(500);
    expect((await reply.json()).message).toContain(`${uid}.json`);
  }
  await other.close();
  rmSync(dashboardsDir, { recursive: true });
});

test('nested plugins are served under their own ids', async () => {
  expect(await (await get('/public/plugins/fixture-panel/module.js')).text()).toContain('nested panel');
  expect((await get('/public/plugins/fixture-app/panel/module.js')).status).toBe(200);
  expect((await get('/public/plugins/nobody/module.js')).status).toBe(404);
});

test('files are revalidated', async () => {
  const first = await get('/public/build/shell.js');
  const since = first.headers.get('last-modified') ?? '';
  expect(first.headers.get('content-type')).toContain('text/javascript');
  expect((await get('/public/build/shell.js', { headers: { 'If-Modified-Since': since } })).status).toBe(304);
});

test.each([
  '/public/../package.json',
  '/public/..%2f..%2fpackage.json',
  '/public/plugins/fixture-app/../../../shell.ts',
  '/public/plugins/fixture-app/%2e%2e/start-fixture.ts',
  '/public/plugins/fixture-app/module.js%00',
  '/public/plugins/fixture-app/',
])('no file outside the folder: %s', async (route) => {
  expect(await getRaw(route)).toBe(404);
});

test('an icon that no package has is drawn', async () => {
  expect(await (await get('/public/build/img/icons/unicons/bars.svg')).text()).toBe('<svg/>');
  expect(await (await get('/public/build/img/icons/unicons/spinner.svg')).text()).toContain('stroke');
  expect(await (await get('/public/build/img/icons/unicons/constructor.svg')).text()).toContain('circle');
});

test('deep links get the page, with everything @grafana/runtime reads', async () => {
  const html = await (await get('/a/fixture-app/second?x=1')).text();
  expect(html).toContain('/public/build/shell.js');
  const { settings, navTree, user } = await bootData();
  expect(user).toMatchObject({ isSignedIn: false, orgRole: 'Admin' });
  expect(settings.buildInfo.version).toBe('12.4.10');
  expect(settings.datasources.Tempo).toMatchObject({ uid: 'tempo', url: '/api/datasources/proxy/uid/tempo', meta: { tracing: true } });
  expect(settings.datasources.Fixture.meta.module).toBe('public/plugins/fixture-datasource/module.js');
  expect(Object.keys(settings.panels)).toEqual(['timeseries', 'stat', 'table', 'text', 'fixture-panel']);
  expect(navTree[0]).toMatchObject({ text: 'Fixture', url: '/a/fixture-app/second', children: [{ text: 'First' }, { text: 'Second' }] });
});

test('a person who asks for a page of Grafana that is not here gets the page, with 404', async () => {
  const reply = await get('/explore', { headers: { Accept: 'text/html' } });
  expect(reply.status).toBe(404);
  expect(await reply.text()).toContain('reactRoot');
});

test("another site's page cannot post", async () => {
  const reply = await get('/api/plugins/fixture-app/settings', { method: 'POST', headers: { Origin: 'http://evil.example' }, body: '{}' });
  expect(reply.status).toBe(403);
  expect((await reply.json()).message).toBe('origin not allowed');
});

test('markup in a name cannot leave the script of the page', async () => {
  const other = await startFixture([{ uid: 'x', name: '</script><script>alert(1)</script>', type: 'tempo' }]);
  expect(await (await fetch(`${other.url}/dashboards`)).text()).not.toContain('<script>alert');
  await other.close();
});

test('a port in use is named together with its option', async () => {
  const port = Number(new URL(shell.url).port);
  await expect(startFixture([], { port })).rejects.toThrow(`Port ${port} is in use: choose another with --port`);
});

test('what is not built is named', async () => {
  await expect(startFixture([], { pageDir: '/nowhere' })).rejects.toThrow('The page of the shell is not built');
  await expect(startFixture([], { pluginDir: path.join(FIXTURE_PLUGIN, 'img') })).rejects.toThrow('The plugin is not built');
});
