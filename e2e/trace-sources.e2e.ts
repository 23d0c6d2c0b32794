import fs from 'node:fs';
import { openPage } from './testing/browser';
import { linkedTraces, MAIL_ID, ORDER_ID } from './testing/linked-traces';
import { runningProduct } from './testing/running-product';
import { otlpJson, TRACE_ID, wideTrace } from './testing/shaped-traces';

const APP = '/a/veza-traces-app';
const LARGE_SPANS = 60_000;
const BYTES_PER_S = 300_000;

describe('where traces come from', () => {
  const running = runningProduct(['--no-demo']);

  async function send(traces: Buffer, traceId: string): Promise<void> {
    const { otlpHttpUrl, tempoUrl } = running.product;
    await fetch(`${otlpHttpUrl}/v1/traces`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: new Uint8Array(traces) });
    while (!(await fetch(`${tempoUrl}/api/traces/${traceId}`)).ok) {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }

  it('a large trace shows its first spans while it comes in, is cancelled, and read again', async () => {
    await send(otlpJson(wideTrace(LARGE_SPANS)), TRACE_ID);
    const { page, problems } = await openPage(running.browser);
    await page.goto(`${running.product.url}${APP}/trace`);
    await page.getByLabel('Open by trace id').waitFor();
    const devTools = await page.context().newCDPSession(page);
    const throttle = (downloadThroughput: number) => devTools.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput, uploadThroughput: -1 });
    await page.getByLabel('Open by trace id').fill(TRACE_ID);
    await throttle(BYTES_PER_S);
    await page.keyboard.press('Enter');
    const grid = page.getByRole('treegrid', { name: 'Spans' });
    await page.getByRole('progressbar', { name: 'Reading the trace' }).getByText(/received/).waitFor({ timeout: 60_000 });
    await page.getByText('These are the first spans').waitFor({ timeout: 60_000 });
    await grid.getByRole('row', { name: /call 1/ }).first().waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('Reading was cancelled').waitFor();
    await throttle(-1);
    await page.getByRole('button', { name: 'Try again' }).click();
    await grid.and(page.locator(`[aria-rowcount="${LARGE_SPANS}"]`)).waitFor({ timeout: 60_000 });
    await page.getByRole('progressbar').waitFor({ state: 'detached' });
    expect(problems).toEqual([]);
    await page.close();
  });

  it('a linked trace is added to the timeline, and saved with it', async () => {
    await send(linkedTraces(), MAIL_ID);
    const { page, problems } = await openPage(running.browser);
    await page.goto(`${running.product.url}${APP}/trace/${MAIL_ID}`);
    const grid = page.getByRole('treegrid', { name: 'Spans' });
    await page.getByRole('button', { name: 'Add' }).click({ timeout: 30_000 });
    await grid.getByRole('row', { name: /place order/ }).waitFor();
    await page.getByText('with 1 linked trace').waitFor();
    await page.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: /OTLP JSON/ }).click()]);
    const saved = fs.readFileSync(await download.path(), 'utf8');
    expect([saved.includes(ORDER_ID), saved.includes(MAIL_ID)]).toEqual([true, true]);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('files are dropped on an open trace, and compared with what the data source has', async () => {
    await send(linkedTraces(), MAIL_ID);
    const { page, problems } = await openPage(running.browser);
    await page.goto(`${running.product.url}${APP}/trace/${ORDER_ID}`);
    await page.getByRole('treegrid', { name: 'Spans' }).getByRole('row').first().waitFor({ timeout: 30_000 });
    const inFile = 'f11e'.padStart(32, '0');
    const held = await page.evaluateHandle((text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], 'mine.json', { type: 'application/json' }));
      return transfer;
    }, linkedTraces(inFile).toString());
    await page.dispatchEvent('body', 'dragover', { dataTransfer: held });
    await page.getByText(/Drop files of traces/).waitFor();
    await page.dispatchEvent('body', 'drop', { dataTransfer: held });
    await page.getByRole('link', { name: /shop: place order/ }).click();
    await page.waitForURL(new RegExp(`trace/${inFile}\\?source=files`));
    await page.getByRole('link', { name: 'Compare with…' }).click();
    await page.getByLabel('Trace B').fill(ORDER_ID);
    await page.keyboard.press('Enter');
    await page.getByText('2 of 2 lines').waitFor();
    expect(problems).toEqual([]);
    await page.close();
  });
});
