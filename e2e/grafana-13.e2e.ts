import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { provisionedDataSources } from '../local/start/data-sources';
import { startShell, type RunningShell } from '../local/shell/server/shell';
import { launchBrowser, openPage } from './testing/browser';
import { ROOT, startProduct, type Product } from './testing/product';

const PAGE_DIR = join(ROOT, 'build/shell-grafana-13');
const isBuilt = existsSync(PAGE_DIR);
if (!isBuilt) {
  console.warn('Skipped: the shell on Grafana 13 is not built (npm test builds it)');
}

/** The very same dist/ that ran on Grafana 12 and React 18. */
(isBuilt ? describe : describe.skip)('on Grafana 13 and React 19', () => {
  let product: Product;
  let shell: RunningShell;
  let browser: Browser;

  beforeAll(async () => {
    product = await startProduct();
    shell = await startShell({
      host: '127.0.0.1',
      port: 0,
      pageDir: PAGE_DIR,
      pluginDir: join(ROOT, 'dist'),
      dashboardsDir: join(ROOT, 'dashboards'),
      dataSources: provisionedDataSources(product.tempoUrl, []),
    });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await shell?.close();
    await product?.stop();
  });

  it.each([
    ['the service map page', '/a/veza-traces-app/service-map', 'veza-backend-api'],
    ['the trace page', '/a/veza-traces-app/trace', 'Open by trace id'],
    ['the dashboard', '/d/veza-service-map', 'auth.login'],
  ])('%s works', async (_name, path, text) => {
    const { page, problems } = await openPage(browser);
    await page.goto(`${shell.url}${path}`);
    if (path.endsWith('service-map') && path.startsWith('/a/')) {
      await page.getByRole('radio', { name: 'Table' }).check({ force: true, timeout: 30_000 });
      await page.getByRole('button', { name: text }).first().waitFor({ timeout: 30_000 });
    } else {
      await page.getByText(text).or(page.getByPlaceholder(text)).first().waitFor({ timeout: 30_000 });
    }
    await page.waitForTimeout(1_500);
    expect(problems).toEqual([]);
    await page.close();
  });
});
