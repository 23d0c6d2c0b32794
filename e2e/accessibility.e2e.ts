import type { Browser, Page } from 'playwright-core';
import { violationsIn } from './testing/axe';
import { launchBrowser, openPage } from './testing/browser';
import { startProduct, type Product } from './testing/product';

describe('accessibility (axe)', () => {
  let product: Product;
  let browser: Browser;
  let traceId: string;

  beforeAll(async () => {
    product = await startProduct();
    browser = await launchBrowser();
    traceId = await aTraceId(product);
  });
  afterAll(async () => {
    await browser?.close();
    await product?.stop();
  });

  const PAGES: ReadonlyArray<readonly [name: string, path: () => string, ready: string]> = [
    ['map', () => 'service-map', '[role="application"]'],
    ['map as tables', () => 'service-map?show=table', 'table'],
    ['search', () => 'trace', 'table'],
    ['trace', () => `trace/${traceId}`, '[role="row"]'],
    ['operations', () => 'operations', '[role="grid"]'],
    ['compare', () => 'compare', '[role="grid"]'],
    ['two traces', () => `compare?a=${traceId}&b=${traceId}`, '[role="treegrid"]'],
  ];

  it.each(PAGES.flatMap(([name, path, ready]) => (['dark', 'light'] as const).map((theme) => [name, theme, path, ready] as const)))(
    'the page %s has no violation, %s theme',
    async (_name, theme, path, ready) => {
      const { page } = await openPage(browser);
      const address = path();
      await page.goto(`${product.url}/a/veza-traces-app/${address}${address.includes('?') ? '&' : '?'}theme=${theme}`);
      await page.locator(ready).first().waitFor({ timeout: 60_000 });
      expect(await violationsIn(page)).toEqual([]);
      await page.close();
    }
  );

  const MAP = '[role="application"]';

  async function openAt(path: string, theme: 'dark' | 'light', ready: string): Promise<Page> {
    const { page } = await openPage(browser);
    await page.goto(`${product.url}${path}?theme=${theme}`);
    await page.locator(ready).first().waitFor({ timeout: 60_000 });
    return page;
  }

  it.each(['dark', 'light'] as const)('the map has no violation with its details, its legend and its menus open, %s theme', async (theme) => {
    const page = await openAt('/a/veza-traces-app/service-map', theme, MAP);
    for (const [button, menu] of [['Display', 'Layout'], ['Export', 'PNG picture']] as const) {
      await page.getByRole('button', { name: button }).first().click();
      await page.getByRole('menu').getByText(menu, { exact: true }).waitFor();
      await settled(page);
      expect(await violationsIn(page, '[role="menu"]')).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('menu').waitFor({ state: 'detached' });
    }
    await page.getByRole('button', { name: 'Legend', exact: true }).click();
    await page.getByRole('region', { name: 'Legend' }).waitFor();
    await page.locator(MAP).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await page.getByRole('complementary', { name: /^Details of/ }).getByRole('table').first().waitFor();
    expect(await violationsIn(page)).toEqual([]);
    await page.close();
  });

  it.each((['dark', 'light'] as const).flatMap((theme) => [['service-map', MAP, theme] as const, ['traces', 'main section', theme] as const]))(
    'the dashboard %s has no violation (ready with %s), %s theme',
    async (dashboard, ready, theme) => {
      const page = await openAt(`/d/veza-${dashboard}`, theme, ready);
      await page.getByText('Reading traces').waitFor({ state: 'detached' });
      await settled(page);
      // Grafana's tables and stats write in the colours of thresholds: its orange and red on white have too little contrast.
      const violations = (await violationsIn(page)).filter((violation) => !/^color-contrast: <(span|div role="gridcell")/.test(violation));
      expect(violations).toEqual([]);
      await page.close();
    }
  );
});

/** What fades in has no contrast yet. */
const settled = (page: Page) => page.waitForTimeout(700);

async function aTraceId(product: Product): Promise<string> {
  for (let tries = 0; tries < 60; tries++) {
    const answer = await fetch(`${product.tempoUrl}/api/search?limit=1&q=${encodeURIComponent('{ name = "auth.login" }')}`);
    const { traces } = (await answer.json()) as { traces: Array<{ traceID: string }> };
    if (traces.length > 0) {
      return traces[0].traceID;
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error('expected a trace of the demo within 30 s');
}
