import type { Page } from 'playwright-core';
import { openPage } from './testing/browser';
import { runningProduct } from './testing/running-product';
import { sendTraffic } from './testing/send-traffic';

/** A change of colour under the focus is over by then; what still moves does so by itself. */
const SETTLED_MS = 700;

/** The map without a pointer: nothing here clicks, and focus is never lost. */
describe('the service map by keyboard', () => {
  const running = runningProduct(['--no-demo']);

  beforeAll(async () => {
    await sendTraffic(running.product.otlpHttpUrl, [
      { caller: 'shop', called: 'orders', namespace: 'sales', count: 40, failedCount: 10, durationMs: 20 },
      { caller: 'orders', called: 'stock', namespace: 'sales', count: 40, failedCount: 0, durationMs: 200 },
    ]);
  });

  async function openMap(reducedMotion: 'reduce' | 'no-preference' = 'no-preference'): Promise<{ page: Page; problems: string[] }> {
    const opened = await openPage(running.browser);
    await opened.page.emulateMedia({ reducedMotion });
    await opened.page.goto(`${running.product.url}/a/veza-traces-app/service-map?from=now-1h&to=now`);
    await opened.page.getByRole('application').waitFor({ timeout: 30_000 });
    return opened;
  }

  /** Tabs on until the focus is on something of that name. */
  async function tabTo(page: Page, name: RegExp): Promise<void> {
    const seen: string[] = [];
    for (let presses = 0; presses < 80; presses++) {
      await page.keyboard.press('Tab');
      const focused = await nameOfFocused(page);
      if (name.test(focused)) {
        return;
      }
      seen.push(focused);
    }
    throw new Error(`expected the Tab key to reach ${String(name)}, got ${seen.join(' | ')}`);
  }

  const nameOfFocused = (page: Page) =>
    page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.getAttribute('placeholder') ?? document.activeElement?.textContent ?? '');

  const said = (page: Page, text: RegExp) => page.getByRole('status').filter({ hasText: text }).waitFor();

  it('goes from service to service, opens one, follows its neighbour, and comes back by Escape', async () => {
    const { page, problems } = await openMap();
    await tabTo(page, /^Service map: 3 services/);
    await page.keyboard.press('Home');
    await said(page, /^orders,/);
    await page.keyboard.press('ArrowLeft');
    await said(page, /^shop,/);
    await page.keyboard.press('ArrowRight');
    await said(page, /^orders,/);
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Details of orders');

    await tabTo(page, /^stock$/);
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Details of stock');
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'application');
    expect(await page.getByRole('complementary', { name: /^Details of/ }).count()).toBe(0);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('moves a service, which stays there when the page is opened again, and lets it go to where it was', async () => {
    const { page, problems } = await openMap();
    await tabTo(page, /^Service map: 3 services/);
    const picture = async () => (await page.getByRole('application').screenshot()).toString('base64');
    await page.keyboard.press('0');
    await page.keyboard.press('Home');
    await said(page, /^orders,/);
    const before = await picture();
    await page.keyboard.press('Alt+ArrowDown');
    await page.keyboard.press('Alt+ArrowDown');
    await page.keyboard.press('0');
    await page.waitForTimeout(300);
    const moved = await picture();
    expect(moved).not.toBe(before);
    expect(page.url()).toContain('/service-map');

    await page.reload();
    await page.getByRole('application').waitFor({ timeout: 30_000 });
    await tabTo(page, /^Service map: 3 services/);
    await page.keyboard.press('0');
    await page.keyboard.press('Home');
    await said(page, /^orders,/);
    expect(await picture()).toBe(moved);
    await page.keyboard.press('Backspace');
    await page.keyboard.press('0');
    await page.waitForTimeout(300);
    expect(await picture()).toBe(before);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('finds, changes the display and shows the tables', async () => {
    const { page, problems } = await openMap();
    await tabTo(page, /^Find/);
    await page.keyboard.type('name = st');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByText('1 services found').waitFor();
    await page.keyboard.press('Escape');
    await tabTo(page, /^Display/);
    await page.keyboard.press('Enter');
    await page.getByText('Grid', { exact: true }).first().waitFor();
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => /Display/.test(document.activeElement?.textContent ?? ''));
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    await page.getByRole('table', { name: 'Connections' }).waitFor();
    await tabTo(page, /^orders$/);
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label') === 'Details of orders');
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => document.activeElement?.textContent === 'orders');
    expect(problems).toEqual([]);
    await page.close();
  });

  it('compares, goes to operations, weighs by critical paths, shows the legend and exports', async () => {
    const { page, problems } = await openMap();
    /** Opens a select that has the focus, and takes the option that is typed. */
    const choose = async (name: RegExp, option: string) => {
      await tabTo(page, name);
      await page.keyboard.press('ArrowDown');
      await page.getByRole('option', { name: option }).waitFor();
      await page.keyboard.type(option);
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
    };
    // A page of that name stands in the navigation too.
    await tabTo(page, /^Most traces to read$/);
    await choose(/^Compare$/, 'Window before');
    await page.waitForURL(/against=previous/);
    await page.getByText('against the window before').waitFor({ timeout: 30_000 });

    await tabTo(page, /^Display/);
    await page.keyboard.press('Enter');
    await page.getByRole('menuitemradio', { name: 'Share of end-to-end latency' }).waitFor();
    for (let presses = 0; presses < 30 && !/^Share of end-to-end/.test(await nameOfFocused(page)); presses++) {
      await page.keyboard.press('ArrowDown');
    }
    await page.keyboard.press('Enter');
    await page.waitForURL(/share/);

    await tabTo(page, /^Export the map$/);
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Mermaid chart' }).waitFor();
    for (let presses = 0; presses < 10 && (await nameOfFocused(page)) !== 'Mermaid chart'; presses++) {
      await page.keyboard.press('ArrowDown');
    }
    const download = page.waitForEvent('download');
    await page.keyboard.press('Enter');
    expect((await download).suggestedFilename()).toBe('service-map.mmd');

    await tabTo(page, /^Legend$/);
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Legend' }).waitFor();
    await tabTo(page, /^Close the legend$/);
    await page.keyboard.press('Enter');
    expect(await page.getByRole('region', { name: 'Legend' }).count()).toBe(0);

    await choose(/^Level$/, 'Operations');
    await page.waitForURL(/level=operation/);
    await page.getByRole('application').waitFor({ timeout: 30_000 });
    await tabTo(page, /^Service map: /);
    await page.keyboard.press('Home');
    await said(page, /calls|rate|\/s|\/min|\/h/);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('moves nothing by itself for readers who asked for less motion', async () => {
    const { page, problems } = await openMap('reduce');
    await tabTo(page, /^Service map: 3 services/);
    for (const key of ['Home', 'ArrowRight', 'Enter', 'Escape']) {
      await page.keyboard.press(key);
      await page.waitForTimeout(SETTLED_MS);
      const running = await page.evaluate(() => document.querySelector('main')?.getAnimations({ subtree: true }).filter(({ playState }) => playState === 'running').length);
      expect(running).toBe(0);
    }
    expect(problems).toEqual([]);
    await page.close();
  });
});
