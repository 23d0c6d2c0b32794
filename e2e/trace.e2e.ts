import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { openPage } from './testing/browser';
import { hostileTrace } from './testing/hostile-trace';
import { runningProduct } from './testing/running-product';

const APP = '/a/veza-traces-app';

describe('from a search to the span to blame', () => {
  const running = runningProduct();

  async function openFound(query: string): Promise<{ page: Page; problems: string[] }> {
    const opened = await openPage(running.browser);
    const { page } = opened;
    await page.goto(`${running.product.url}${APP}/trace?${query}`);
    await page.locator('tbody').getByRole('link').first().waitFor({ timeout: 30_000 });
    return opened;
  }

  it('a search is in the address and says what it means in TraceQL', async () => {
    const { page, problems } = await openFound('operation=auth.login');
    await page.getByText('{ name = "auth.login" }').first().waitFor();
    await page.getByRole('switch', { name: /Errors only/ }).check({ force: true });
    await page.waitForURL(/errors=1/);
    await page.getByRole('img', { name: /Duration over time/ }).or(page.getByText('No traces found')).first().waitFor({ timeout: 15_000 });
    expect(problems).toEqual([]);
    await page.close();
  });

  it('TraceQL is completed from the source’s own attributes and values, and searched with Enter', async () => {
    const { page, problems } = await openFound('operation=auth.login');
    await page.getByRole('radio', { name: 'TraceQL' }).check({ force: true });
    const field = page.getByRole('textbox', { name: 'TraceQL' });
    await field.click({ timeout: 15_000 });
    await page.keyboard.press('Control+A');
    await page.keyboard.type('{ resource.service.na');
    await page.getByRole('option', { name: 'resource.service.name resource' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.getByRole('option', { selected: true }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type(' = ');
    await page.getByRole('option', { name: /"veza-search"/ }).click();
    expect(await field.textContent()).toBe('{ resource.service.name = "veza-search"}');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.searchParams.get('q') === '{ resource.service.name = "veza-search"}');
    expect(problems).toEqual([]);
    await page.close();
  });

  it('a live search shows what arrives', async () => {
    const { page, problems } = await openFound('operation=auth.login');
    await page.getByRole('switch', { name: /Live/ }).check({ force: true });
    await page.getByText(/traces so far, newest first/).waitFor({ timeout: 15_000 });
    expect(problems).toEqual([]);
    await page.close();
  });

  it('the details of a span are searched, and lead to a filter and a column', async () => {
    const { page, problems } = await openFound('operation=auth.login');
    await page.locator('tbody').getByRole('link').first().click();
    await page.getByRole('row', { name: /auth\.login/ }).first().click({ timeout: 15_000 });
    const details = page.getByRole('complementary', { name: /Details of/ });
    await details.getByPlaceholder('Search attributes and events').fill('service.name');
    await details.getByRole('button', { name: 'service.name', exact: true }).click();
    await details.getByRole('button', { name: 'Find spans with this value' }).click();
    await page.waitForFunction(() => [...document.querySelectorAll('input')].some(({ value }) => value.startsWith('resource.service.name = "')));
    await details.getByRole('button', { name: 'Show as a column' }).click();
    await page.getByRole('button', { name: /Remove column service\.name/ }).first().waitFor();
    expect(problems).toEqual([]);
    await page.close();
  });

  it.each([
    ['Statistics', 'grid', 'Statistics'],
    ['Spans', 'grid', 'Spans'],
    ['Structure', 'treegrid', 'Call paths'],
  ] as const)('a trace as %s', async (tab, role, name) => {
    const { page, problems } = await openFound('operation=auth.login');
    await page.locator('tbody').getByRole('link').first().click();
    await page.getByRole('radio', { name: tab }).check({ force: true, timeout: 15_000 });
    const grid = page.getByRole(role, { name, exact: true });
    await grid.getByText('auth.login').first().waitFor({ timeout: 15_000 });
    await grid.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(problems).toEqual([]);
    await page.close();
  });

  it.each([
    ['OTLP JSON', /\.otlp\.json$/],
    ['Jaeger JSON', /\.jaeger\.json$/],
  ])('a trace saved as %s opens again, without the source', async (label, fileName) => {
    const { page, problems } = await openFound('operation=auth.login');
    await page.locator('tbody').getByRole('link').first().click();
    await page.getByRole('button', { name: 'Export' }).click({ timeout: 15_000 });
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: new RegExp(label) }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(fileName);
    const buffer = readFileSync(await file.path());

    await page.goto(`${running.product.url}${APP}/trace`);
    await page.locator('input[type=file]').first().setInputFiles({ name: file.suggestedFilename(), mimeType: 'application/json', buffer });
    // A file of one trace opens as that trace.
    await page.waitForURL(/trace\/[0-9a-f]{32}\?source=files/);
    await page.getByRole('row', { name: /auth\.login/ }).first().waitFor({ timeout: 15_000 });
    expect(problems).toEqual([]);
    await page.close();
  });

  it('two traces of the list are compared', async () => {
    const { page, problems } = await openFound('operation=auth.login');
    await page.locator('tbody').getByRole('link').nth(1).waitFor({ timeout: 15_000 });
    await page.getByRole('checkbox', { name: /Compare trace/ }).nth(0).check({ force: true });
    await page.getByRole('checkbox', { name: /Compare trace/ }).nth(1).check({ force: true });
    await page.getByRole('link', { name: 'Compare both' }).click();
    const grid = page.getByRole('treegrid', { name: 'Spans of both traces' });
    await grid.getByText('auth.login').first().waitFor({ timeout: 15_000 });
    await page.getByRole('switch', { name: /Largest first/ }).check({ force: true });
    await grid.getByText('auth.login').first().waitFor();
    expect(problems).toEqual([]);
    await page.close();
  });

  it('operations and groups of traces have figures', async () => {
    const { page, problems } = await openPage(running.browser);
    await page.goto(`${running.product.url}${APP}/operations`);
    await page.getByRole('list', { name: 'Hot paths' }).getByText('auth.login').waitFor({ timeout: 30_000 });
    await page.getByRole('grid', { name: 'Operations' }).getByRole('link', { name: 'auth.login' }).first().waitFor();
    await page.goto(`${running.product.url}${APP}/compare?by=before`);
    await page.getByRole('grid', { name: 'Call paths that differ' }).or(page.getByText('Nothing to compare')).waitFor({ timeout: 30_000 });
    expect(problems).toEqual([]);
    await page.close();
  });

  it('a hostile file is text and nothing else', async () => {
    const { page, problems } = await openPage(running.browser);
    let dialogs = 0;
    page.on('dialog', (dialog) => {
      dialogs++;
      void dialog.dismiss();
    });
    await page.goto(`${running.product.url}${APP}/trace`);
    await page.locator('input[type=file]').first().setInputFiles({ name: 'hostile.json', mimeType: 'application/json', buffer: Buffer.from(hostileTrace()) });
    await page.waitForURL(/trace\/[0-9a-f]{32}\?source=files/);
    await page.getByRole('row').first().click({ timeout: 15_000 });
    const details = page.getByRole('complementary', { name: /Details of/ });
    await details.getByText('__proto__').first().waitFor();
    await details.getByText(/Show 100,000 of 1,000,000 characters/).waitFor();
    expect(await details.locator('a[href^="javascript"], a[href^="data"], img, script').count()).toBe(0);
    expect(await details.getByRole('link', { name: 'https://example.com/runbook' }).getAttribute('rel')).toContain('noopener');
    for (const tab of ['Statistics', 'Spans', 'Structure']) {
      await page.getByRole('radio', { name: tab }).check({ force: true });
      await page.getByRole(tab === 'Structure' ? 'treegrid' : 'grid').first().waitFor({ timeout: 15_000 });
    }
    expect(dialogs).toBe(0);
    expect(problems).toEqual([]);
    await page.close();
  });

  it.each([
    ['no-hex', /is no trace id/],
    ['00000000000000000000000000000abc', /not found/i],
  ])('the trace id %s is a stated error', async (traceId, message) => {
    const { page } = await openPage(running.browser);
    await page.goto(`${running.product.url}${APP}/trace/${traceId}`);
    await page.getByText(message).first().waitFor({ timeout: 20_000 });
    await page.close();
  });

  it.each([
    ['', /No trace chosen: \$\{traceId\} is empty/],
    ['abc', /was not found\. Asked was Tempo/],
    ['no-hex', /is no trace id: expected up to 32 hexadecimal digits/],
  ])('a dashboard whose trace id is "%s" says so in its panel', async (traceId, message) => {
    const { page } = await openPage(running.browser);
    await page.goto(`${running.product.url}/d/veza-traces?var-traceId=${traceId}`);
    await page.getByText(message).first().waitFor({ timeout: 20_000 });
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.close();
  });

  it.each([
    [403, 'trace'],
    [502, 'trace'],
    [502, 'operations'],
    [502, 'compare'],
  ])('an answer %d is said on the page %s, and tried again on request', async (status, name) => {
    const { page } = await openPage(running.browser);
    await page.route('**/api/datasources/proxy/**', (route) => route.fulfill({ status, body: 'no' }));
    await page.goto(`${running.product.url}${APP}/${name}`);
    await page.getByRole('button', { name: 'Try again' }).first().waitFor({ timeout: 60_000 });
    await page.close();
  });
});
