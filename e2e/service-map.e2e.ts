import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { openPage } from './testing/browser';
import { runningProduct } from './testing/running-product';
import { sendTraffic } from './testing/send-traffic';

const MAP = '/a/veza-traces-app/service-map';
const DETAILS = { name: /^Details of/ };

/** The map of traffic that the test sends itself, so that every figure is known. */
describe('the service map', () => {
  const running = runningProduct(['--no-demo']);

  beforeAll(async () => {
    await sendTraffic(running.product.otlpHttpUrl, [
      { caller: 'shop', called: 'orders', namespace: 'sales', count: 40, failedCount: 10, durationMs: 20 },
      { caller: 'orders', called: 'stock', namespace: 'sales', count: 40, failedCount: 0, durationMs: 200 },
      { caller: 'shop', called: '<img src=x onerror=alert(1)>', namespace: 'odd', count: 5, failedCount: 0, durationMs: 5 },
    ]);
  });

  async function openMap(params = ''): Promise<{ page: Page; problems: string[] }> {
    const opened = await openPage(running.browser);
    await opened.page.goto(`${running.product.url}${MAP}?from=now-1h&to=now${params}`);
    await opened.page.getByRole('search', { name: 'Filter the map' }).waitFor({ timeout: 30_000 });
    return opened;
  }

  const cell = (page: Page, row: RegExp, column: number) => page.getByRole('row', { name: row }).first().locator('td').nth(column).innerText();

  it('shows exactly the calls and errors that were sent, as a table that sorts', async () => {
    const { page, problems } = await openMap('&show=table');
    await page.getByRole('button', { name: 'orders', exact: true }).first().waitFor();
    const connections = page.getByRole('table', { name: 'Connections' });
    const edge = connections.getByRole('row', { name: /^shop orders/ });
    expect(await edge.locator('td').nth(1).innerText()).toBe('40');
    expect(await edge.locator('td').nth(3).innerText()).toBe('25 %');

    await connections.getByRole('button', { name: 'p95' }).click();
    expect(await connections.getByRole('columnheader', { name: 'p95' }).getAttribute('aria-sort')).toBe('descending');
    expect(await connections.getByRole('row').nth(1).innerText()).toContain('stock');
    expect(problems).toEqual([]);
    await page.close();
  });

  it('finds, hides and focuses, completes what is typed, and keeps it all in the address', async () => {
    const { page, problems } = await openMap();
    const find = page.getByRole('combobox', { name: 'Find' });
    await find.click();
    await page.keyboard.type('name = st');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByText('1 services found').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('combobox', { name: 'Hide' }).fill('errors > 20%');
    await page.getByText(/of \d+ services hidden/).waitFor();

    const copy = await openPage(running.browser);
    await copy.page.goto(page.url());
    await copy.page.getByText(/of \d+ services hidden/).waitFor({ timeout: 30_000 });
    expect(await copy.page.getByRole('combobox', { name: 'Find' }).inputValue()).toMatch(/^name = stock/);
    expect([...problems, ...copy.problems]).toEqual([]);
    await copy.page.close();
    await page.close();
  });

  it('says in a panel why there is no map where the backend refuses', async () => {
    const { page } = await openPage(running.browser);
    await page.route('**/api/datasources/proxy/**', (route) => route.fulfill({ status: 403, contentType: 'application/json', body: JSON.stringify({ message: 'Access denied' }) }));
    await page.goto(`${running.product.url}/d/veza-service-map`);
    const failure = page.getByRole('alert').filter({ hasText: 'The service map could not be read' });
    await failure.getByText(/403: Access denied/).waitFor({ timeout: 30_000 });
    await page.close();
  });

  it('tells of a service its operations, its neighbours and its failed traces, which open', async () => {
    const { page, problems } = await openMap('&selected=node:orders');
    const details = page.getByRole('complementary', DETAILS);
    await details.getByRole('table', { name: 'Operations' }).waitFor();
    await details.getByRole('table', { name: 'Called by' }).getByText('shop').waitFor();
    await details.getByRole('table', { name: 'Calls', exact: true }).getByText('stock').waitFor();
    await details.getByRole('button', { name: 'Show only around it' }).click();
    await page.getByRole('group', { name: 'Focus on orders' }).waitFor();

    await details.getByText('failed').first().waitFor();
    await details.getByRole('link', { name: /^[0-9a-f]{32}$/ }).first().click();
    await page.getByRole('row', { name: /orders/ }).first().waitFor({ timeout: 20_000 });
    expect(problems).toEqual([]);
    await page.close();
  });

  it('goes down to operations, groups by a resource attribute, and says what it rests on', async () => {
    const { page, problems } = await openMap('&show=table&level=operation&group=service.namespace');
    await page.getByRole('button', { name: 'call orders' }).first().waitFor({ timeout: 20_000 });
    expect(await cell(page, /^call orders/, 1)).toBe('sales');
    await page.getByText(/spans of both sides/).first().waitFor();
    await page.getByText(/\d+ traces, \d+ spans/).waitFor();
    expect(problems).toEqual([]);
    await page.close();
  });

  it('marks what is new since an earlier window', async () => {
    await sendTraffic(running.product.otlpHttpUrl, [{ caller: 'orders', called: 'stock', namespace: 'sales', count: 40, failedCount: 0, durationMs: 200 }], 24.5 * 60 * 60_000);
    const { page, problems } = await openMap('&show=table&against=day');
    await page.getByText(/against a day earlier/).waitFor({ timeout: 30_000 });
    expect(await page.getByRole('row', { name: /^shop orders/ }).innerText()).toContain('new');
    expect(await page.getByRole('row', { name: /^orders stock/ }).innerText()).not.toContain('new');
    expect(problems).toEqual([]);
    await page.close();
  });

  it.each([
    ['SVG picture', /^<svg(?![^]*<img)[^]*orders[^]*<\/svg>\s*$/],
    ['JSON, all figures', /"name": "orders"/],
    ['CSV of the table', /^item,service/],
    ['Mermaid chart', /^flowchart LR\n(?![^]*<img)[^]*"orders"/],
  ])('is exported as %s', async (item, expected) => {
    const { page, problems } = await openMap();
    await page.waitForTimeout(500);
    await page.getByRole('button', { name: 'Export the map' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: item }).click()]);
    const content = readFileSync(await download.path(), 'utf8');
    expect(content).toMatch(expected);
    expect(problems).toEqual([]);
    await page.close();
  });
});
