/** The trace page of the running product in a browser: opens generated files and measures what a user feels. */
import type { CDPSession, Page } from 'playwright-core';

const ROW_HEIGHT_PX = 24;
const FRAMES = 120;

/** Ms of JSON.parse of a file in the page; the least of some rounds. */
export async function parseMs(page: Page, jsonPath: string): Promise<number> {
  await page.setContent('<input type="file">');
  await page.locator('input').setInputFiles(jsonPath);
  return page.evaluate(async () => {
    const text = (await document.querySelector('input')?.files?.item(0)?.text()) ?? '';
    const times: number[] = [];
    for (let round = 0; round < 5; round++) {
      const start = performance.now();
      const parsed: unknown = JSON.parse(text);
      times.push(parsed ? performance.now() - start : 0);
    }
    return Math.min(...times);
  });
}

/**
 * Opens a file on a fresh page.
 *
 * @returns ms from its bytes being read to the frame after the first bars
 */
export async function openFile(page: Page, url: string, file: string): Promise<number> {
  await page.goto(`${url}/a/veza-traces-app/trace`);
  const input = page.getByLabel('Trace files');
  await input.waitFor({ state: 'attached' });
  // The page is looked at for a moment before a file is dropped on it.
  await page.waitForTimeout(500);
  await page.evaluate(() => {
    const read = File.prototype.arrayBuffer;
    File.prototype.arrayBuffer = async function (this: File) {
      const bytes = await read.call(this);
      performance.mark('bytes');
      return bytes;
    };
    const fill = CanvasRenderingContext2D.prototype.roundRect;
    CanvasRenderingContext2D.prototype.roundRect = function (this: CanvasRenderingContext2D, ...box) {
      CanvasRenderingContext2D.prototype.roundRect = fill;
      requestAnimationFrame(() => performance.mark('bars'));
      fill.apply(this, box);
    };
  });
  await input.setInputFiles(file);
  await page.waitForFunction(() => performance.getEntriesByName('bars').length > 0, undefined, { timeout: 120_000 });
  return page.evaluate(() => performance.measure('open', 'bytes', 'bars').duration);
}

/** Waits until the whole file is shown. */
export async function untilWhole(page: Page, spanCount: number): Promise<void> {
  await page.waitForFunction((count) => document.querySelector('[role=treegrid]')?.getAttribute('aria-rowcount') === String(count), spanCount, { timeout: 300_000 });
  await page.waitForTimeout(300);
}

/** The 95th percentile of frame times, ms, while rows scroll. */
export const scrollP95 = (page: Page, rowsAFrame: number): Promise<number> => framesP95(page, 'scroll', rowsAFrame * ROW_HEIGHT_PX);

/** The same while the wheel zooms in and out. */
export const zoomP95 = (page: Page): Promise<number> => framesP95(page, 'zoom', 60);

function framesP95(page: Page, what: 'scroll' | 'zoom', stepPx: number): Promise<number> {
  return page.evaluate(
    async ({ what, stepPx, count }) => {
      const grid = document.querySelector('[role=treegrid]');
      const bars = grid?.querySelector('canvas')?.parentElement;
      const box = bars?.getBoundingClientRect();
      const times: number[] = [];
      if (grid && what === 'scroll') {
        // At the end nothing moves.
        grid.scrollTop = 0;
        await new Promise<number>(requestAnimationFrame);
        await new Promise<number>(requestAnimationFrame);
      }
      let last = await new Promise<number>(requestAnimationFrame);
      for (let frame = 0; frame < count && grid && bars && box; frame++) {
        const zoom = { deltaY: frame < count / 2 ? -stepPx : stepPx, ctrlKey: true, clientX: box.left + box.width / 2 };
        what === 'zoom' ? bars.dispatchEvent(new WheelEvent('wheel', { ...zoom, bubbles: true, cancelable: true })) : (grid.scrollTop += stepPx);
        const now = await new Promise<number>(requestAnimationFrame);
        times.push(now - last);
        last = now;
      }
      return times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)];
    },
    { what, stepPx, count: FRAMES }
  );
}

/** Ms from typing to the count of matches on screen. */
export function findMs(page: Page, text: string): Promise<number> {
  return page.evaluate(
    (filter) =>
      new Promise<number>((resolve) => {
        const input = document.querySelector<HTMLInputElement>('input[aria-label="Find spans"]');
        const type = (value: string) => {
          Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, value);
          input?.dispatchEvent(new Event('input', { bubbles: true }));
        };
        const start = performance.now();
        const observer = new MutationObserver(() => {
          if (/match/.test(document.querySelector('[role=toolbar] [role=status]')?.textContent ?? '')) {
            observer.disconnect();
            requestAnimationFrame(() => {
              resolve(performance.now() - start);
              type('');
            });
          }
        });
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
        type(filter);
      }),
    text
  );
}

/** Elements of the view with the details of a span open. */
export async function elementsWithDetails(page: Page): Promise<number> {
  await page.getByRole('treegrid').focus();
  await page.keyboard.press('Home');
  await page.getByRole('complementary').waitFor();
  return page.evaluate(() => document.querySelectorAll('main *, aside *').length);
}

/** Bytes of the page's JavaScript heap and its array buffers, after a collection. */
export async function heapBytes(page: Page): Promise<number> {
  const session: CDPSession = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.collectGarbage');
  const usage: { readonly usedSize: number; readonly backingStorageSize?: number } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usage.usedSize + (usage.backingStorageSize ?? 0);
}
