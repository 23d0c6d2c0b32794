import type { Browser } from 'playwright-core';
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
});

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
