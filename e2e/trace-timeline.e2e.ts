import type { Locator, Page } from 'playwright-core';
import { violationsIn } from './testing/axe';
import { openPage } from './testing/browser';
import { runningProduct } from './testing/running-product';
import { deepTrace, otlpJson, REPEATED_CALLS, spanIdAt, TRACE_ID, wideTrace, type SpanSketch } from './testing/shaped-traces';

const APP = '/a/veza-traces-app';
const [DEEP_SPANS, WIDE_SPANS] = [100_000, 50_000];

describe('the timeline', () => {
  const running = runningProduct(['--no-demo']);

  async function openTrace(sketches: readonly SpanSketch[], size: { width?: number; height?: number; theme?: string } = {}): Promise<{ page: Page; grid: Locator; problems: string[] }> {
    const { page, problems } = await openPage(running.browser, size);
    await page.goto(`${running.product.url}${APP}/trace?theme=${size.theme ?? 'dark'}`);
    await page.locator('input[type=file]').first().setInputFiles({ name: 'trace.json', mimeType: 'application/json', buffer: otlpJson(sketches) });
    await page.waitForURL(/trace\/[0-9a-f]{32}\?source=files/, { timeout: 60_000 });
    const grid = page.getByRole('treegrid', { name: 'Spans' });
    await grid.getByRole('row').first().waitFor({ timeout: 30_000 });
    await grid.focus();
    return { page, grid, problems };
  }

  const rowCount = (grid: Locator, count: number) => grid.and(grid.page().locator(`[aria-rowcount="${count}"]`)).waitFor();
  const selectedRow = (grid: Locator, name: RegExp) => grid.locator('[role=row][aria-selected=true]').filter({ hasText: name }).waitFor();

  it('is walked by arrow keys as a tree grid, and the address follows', async () => {
    const { page, grid, problems } = await openTrace(REPEATED_CALLS);
    await page.keyboard.press('ArrowDown');
    await selectedRow(grid, /GET \/playlist/);
    await page.waitForURL(new RegExp(`span=${spanIdAt(0)}`));
    await page.keyboard.press('ArrowDown');
    await selectedRow(grid, /list tracks/);
    const row = grid.locator('[aria-selected=true]');
    expect(await Promise.all(['aria-level', 'aria-posinset', 'aria-setsize', 'aria-expanded'].map((name) => row.getAttribute(name)))).toEqual(['2', '1', '1', 'true']);
    expect(await grid.getAttribute('aria-activedescendant')).toBe(await row.getAttribute('id'));
    await page.keyboard.press('ArrowLeft');
    await rowCount(grid, 2);
    await page.keyboard.press('ArrowRight');
    await rowCount(grid, REPEATED_CALLS.length);
    await page.keyboard.press('End');
    await selectedRow(grid, /score/);
    await page.keyboard.press('Escape');
    await page.waitForURL((url) => !url.searchParams.has('span'));
    expect(problems).toEqual([]);
    await page.close();
  });

  it('a link to a span opens at it', async () => {
    const { page, grid, problems } = await openTrace(REPEATED_CALLS);
    await page.keyboard.press('e');
    await selectedRow(grid, /recommend/);
    await page.waitForURL(new RegExp(`span=${spanIdAt(14)}`));
    const address = page.url().replace(spanIdAt(14), spanIdAt(15));
    await page.evaluate((to) => window.history.pushState({}, '', to), address);
    await page.evaluate(() => window.dispatchEvent(new PopStateEvent('popstate', { state: {} })));
    await selectedRow(grid, /score/);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('finds plain words and conditions with exact counts, and steps through matches', async () => {
    const { page, grid, problems } = await openTrace(REPEATED_CALLS);
    const count = page.getByRole('toolbar').getByRole('status');
    await page.keyboard.press('/');
    await page.keyboard.type('SELECT tracks');
    await count.getByText('12 matches').waitFor();
    await page.keyboard.press('Enter');
    await count.getByText('1 of 12 matches').waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('n');
    await count.getByText('2 of 12 matches').waitFor();
    await page.keyboard.press('N');
    await page.keyboard.press('N');
    await count.getByText('12 of 12 matches').waitFor();
    await page.getByLabel('Find spans').fill('error and duration < 140ms');
    await count.getByText('1 match').waitFor();
    await page.getByRole('button', { name: 'Only matches' }).click();
    await rowCount(grid, 4);
    await page.getByLabel('Find spans').fill('duration > "');
    await count.getByText(/closing quote is missing/).waitFor();
    expect(problems).toEqual([]);
    await page.close();
  });

  it('folds repeated calls, collapses levels, shows the critical path and zooms, by keys', async () => {
    const { page, grid, problems } = await openTrace(REPEATED_CALLS);
    await page.keyboard.press('f');
    await grid.getByText('12 ×').waitFor();
    await rowCount(grid, REPEATED_CALLS.length - 11);
    await page.keyboard.press('f');
    await page.keyboard.press('[');
    await rowCount(grid, 2);
    await page.keyboard.press(']');
    await rowCount(grid, REPEATED_CALLS.length);
    await page.keyboard.press('e');
    await selectedRow(grid, /recommend/);
    await page.keyboard.press('p');
    await page.keyboard.press('c');
    await page.getByRole('button', { name: /Critical path/, pressed: true }).waitFor();
    for (const key of ['z', '+', 'a', 'd', '-', 'g', '0']) {
      await page.keyboard.press(key);
    }
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('Next error').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(problems).toEqual([]);
    await page.close();
  });

  it('gives names the width they are dragged to', async () => {
    const { page, problems } = await openTrace(REPEATED_CALLS);
    const border = page.getByRole('separator', { name: 'Width of the names' });
    const before = Number(await border.getAttribute('aria-valuenow'));
    await border.focus();
    await page.keyboard.press('ArrowRight');
    expect(Number(await border.getAttribute('aria-valuenow'))).toBe(before + 2);
    expect(problems).toEqual([]);
    await page.close();
  });

  it.each(['dark', 'light'])('has no violation with details open, %s theme', async (theme) => {
    const { page, grid } = await openTrace(REPEATED_CALLS, { theme });
    await page.keyboard.press('e');
    await selectedRow(grid, /recommend/);
    await page.getByRole('complementary', { name: /Details of/ }).waitFor();
    expect(await violationsIn(page)).toEqual([]);
    await page.close();
  });

  it('in a panel of 300 × 200 shows names and bars, and details over them', async () => {
    const { otlpHttpUrl, tempoUrl, url } = running.product;
    await fetch(`${otlpHttpUrl}/v1/traces`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: new Uint8Array(otlpJson(REPEATED_CALLS)) });
    while (!(await fetch(`${tempoUrl}/api/traces/${TRACE_ID}`)).ok) {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    const { page, problems } = await openPage(running.browser);
    await page.route('**/api/dashboards/uid/**', async (route) => {
      const stored = (await (await route.fetch()).json()) as { dashboard: { panels: Array<{ type: string }> } };
      const panels = stored.dashboard.panels.filter(({ type }) => type === 'veza-trace-panel').map((panel) => ({ ...panel, gridPos: { x: 0, y: 0, w: 7, h: 6 } }));
      await route.fulfill({ json: { ...stored, dashboard: { ...stored.dashboard, panels } } });
    });
    await page.goto(`${url}/d/veza-traces?var-traceId=${TRACE_ID}`);
    const grid = page.getByRole('treegrid', { name: 'Spans' });
    await grid.getByRole('row', { name: /list tracks/ }).click({ timeout: 30_000 });
    await page.getByRole('complementary', { name: 'Details of list tracks' }).getByRole('button', { name: /Close/ }).click();
    await page.getByRole('complementary').waitFor({ state: 'detached' });
    const box = await grid.boundingBox();
    expect([box && box.width < 320, box && box.height > 100]).toEqual([true, true]);
    expect(problems).toEqual([]);
    await page.close();
  });

  it.each([
    ['deep', DEEP_SPANS, () => deepTrace(DEEP_SPANS)],
    ['wide', WIDE_SPANS, () => wideTrace(WIDE_SPANS)],
  ])('a trace %s: %d spans open, are walked and searched', async (_shape, spanCount, sketches) => {
    const { page, grid, problems } = await openTrace(sketches());
    await rowCount(grid, spanCount);
    await page.keyboard.press('End');
    await selectedRow(grid, new RegExp(`call ${spanCount - 1}$`));
    await page.getByLabel('Find spans').fill(`call ${spanCount - 1}`);
    await page.getByRole('toolbar').getByText('1 match').waitFor();
    expect(problems).toEqual([]);
    await page.close();
  });
});
