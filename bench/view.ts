/**
 * Measures the trace view in headless Chromium on the built plugin: `tsx bench/view.ts --url http://localhost:3000`, with the
 * product running there (npm start). A generated trace is opened as a file; frames are rendered in software and uncapped,
 * and a frame's time is from one animation frame to the next while rows scroll or time zooms.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from 'playwright-core';
import { largeTraceProtobuf, makeTrace, toOtlpJson, toOtlpProtobuf } from './workload';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-gpu-vsync', '--disable-frame-rate-limit', '--disable-quic', '--no-first-run'];
const ROW_HEIGHT_PX = 26;
const FRAMES = 120;

const { values: options } = parseArgs({ options: { url: { type: 'string', default: 'http://localhost:3000' }, spans: { type: 'string', default: '100000' } } });
const spanCount = Number(options.spans);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-view-'));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: FLAGS });
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const jsonMs = spanCount <= 100_000 ? await parseTime(page) : undefined;
  const tracePath = path.join(folder, 'trace.pb');
  fs.writeFileSync(tracePath, spanCount <= 100_000 ? toOtlpProtobuf(makeTrace(spanCount)) : largeTraceProtobuf(spanCount));
  await page.goto(`${options.url}/a/veza-traces-app/trace`);
  const firstPaintMs = await openFile(page, tracePath);
  report('view.firstPaint', jsonMs === undefined ? `${firstPaintMs.toFixed(0)} ms` : `${(firstPaintMs / jsonMs).toFixed(2)} (${firstPaintMs.toFixed(0)} ms ÷ ${jsonMs.toFixed(0)} ms)`);
  for (const rowsAFrame of [3, 100, 400]) {
    report(`view.scroll.p95, ${rowsAFrame} rows a frame`, `${(await frames(page, 'scroll', rowsAFrame * ROW_HEIGHT_PX)).toFixed(1)} ms`);
  }
  report('view.zoom.p95', `${(await frames(page, 'zoom', 60)).toFixed(1)} ms`);
  report('view.find', `${(await find(page)).toFixed(0)} ms`);
  await page.getByRole('treegrid').focus();
  await page.keyboard.press('n');
  await page.getByRole('complementary').waitFor();
  report('view.domElements', String(await page.evaluate(() => document.querySelectorAll('main *, aside *').length)));
} finally {
  await browser.close();
  fs.rmSync(folder, { recursive: true });
}

function report(name: string, value: string): void {
  process.stdout.write(`${name.padEnd(40)} ${value}\n`);
}

/** Median ms of JSON.parse of the same trace in the page. */
async function parseTime(page: Page): Promise<number> {
  const jsonPath = path.join(folder, 'trace.json');
  fs.writeFileSync(jsonPath, toOtlpJson(makeTrace(spanCount)));
  await page.setContent('<input type="file">');
  await page.locator('input').setInputFiles(jsonPath);
  return page.evaluate(async () => {
    const text = (await document.querySelector('input')?.files?.item(0)?.text()) ?? '';
    const times: number[] = [];
    for (let round = 0; round < 3; round++) {
      const start = performance.now();
      const parsed: unknown = JSON.parse(text);
      times.push(parsed ? performance.now() - start : 0);
    }
    return times.sort((a, b) => a - b)[1];
  });
}

/** Ms from the bytes being read to the frame after the first bars. */
async function openFile(page: Page, file: string): Promise<number> {
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
  await page.locator('input[type=file]').setInputFiles(file);
  await page.waitForFunction(() => performance.getEntriesByName('bars').length > 0, undefined, { timeout: 60_000 });
  return page.evaluate(() => performance.measure('open', 'bytes', 'bars').duration);
}

/** The 95th percentile of frame times while wheels turn. */
function frames(page: Page, what: 'scroll' | 'zoom', stepPx: number): Promise<number> {
  return page.evaluate(
    async ({ what, stepPx, count }) => {
      const grid = document.querySelector('[role=treegrid]');
      const bars = grid?.querySelector('canvas')?.parentElement;
      const box = bars?.getBoundingClientRect();
      const times: number[] = [];
      let last = await new Promise<number>(requestAnimationFrame);
      for (let frame = 0; frame < count && grid && bars && box; frame++) {
        const wheel = new WheelEvent('wheel', { deltaY: frame < count / 2 ? -stepPx : stepPx, ctrlKey: true, clientX: box.left + box.width / 2, bubbles: true, cancelable: true });
        what === 'zoom' ? bars.dispatchEvent(wheel) : (grid.scrollTop += stepPx);
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
function find(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const input = document.querySelector<HTMLInputElement>('input[aria-label="Find spans"]');
        const start = performance.now();
        const observer = new MutationObserver(() => {
          if (/match/.test(document.querySelector('[role=toolbar] [role=status]')?.textContent ?? '')) {
            observer.disconnect();
            requestAnimationFrame(() => resolve(performance.now() - start));
          }
        });
        observer.observe(document.body, { subtree: true, childList: true, characterData: true });
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, 'duration > 1ms and name =~ "search"');
        input?.dispatchEvent(new Event('input', { bubbles: true }));
      })
  );
}
