/** Runs all measurements of the trace view on a running product; the machine may be busy, so of repeated ones the least counts. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from './browser';
import { elementsWithDetails, findMs, heapBytes, openFile, parseMs, scrollP95, untilWhole, zoomP95 } from './trace-page';
import { largeTraceProtobuf, makeTrace, toOtlpJson, toOtlpProtobuf } from './workload';

const OPENINGS = 7;
const ROUNDS = 5;
const MB = 1024 * 1024;

/** Opens a trace of 100,000 spans in every way that is measured. @returns name → number */
export function measureView(url: string): Promise<Record<string, number>> {
  return inBrowser(async (browser, folder) => {
    const spans = makeTrace(100_000);
    const bytes = toOtlpProtobuf(spans);
    const [tracePath, jsonPath] = [path.join(folder, 'trace.pb'), path.join(folder, 'trace.json')];
    fs.writeFileSync(tracePath, bytes);
    fs.writeFileSync(jsonPath, toOtlpJson(spans));
    const openings: number[] = [];
    const parsings: number[] = [];
    for (let round = 0; round < OPENINGS; round++) {
      await withPage(browser, async (page) => parsings.push(await parseMs(page, jsonPath)));
      await withPage(browser, async (page) => openings.push(await openFile(page, url, tracePath)));
    }
    return withPage(browser, async (page) => {
      await page.goto(`${url}/a/veza-traces-app/trace`);
      await page.waitForTimeout(1000);
      const before = await heapBytes(page);
      await openFile(page, url, tracePath);
      await untilWhole(page, spans.length);
      const heapMB = ((await heapBytes(page)) - before - bytes.length) / MB;
      const scrolls = await least([3, 100, 400].map((rows) => () => scrollP95(page, rows)));
      const [zoom] = await least([() => zoomP95(page)]);
      const [find] = await least([() => findMs(page, 'duration > 1ms and span.http.route =~ "search"')]);
      return {
        'view.firstPaint.100k': Math.min(...openings) / Math.min(...parsings),
        'view.firstPaint.100k.ms': Math.min(...openings),
        'view.parse.100k.ms': Math.min(...parsings),
        'view.scroll.p95': Math.max(...scrolls),
        'view.zoom.p95': zoom,
        'view.find.100k': find,
        'view.heapMB': heapMB,
        'view.domElements': await elementsWithDetails(page),
      };
    });
  });
}

/** A million spans: p95 of scrolling and zooming, ms, and how long until the first bars and all of them. */
export function measureMillion(url: string, spanCount = 1_000_000): Promise<Record<string, number>> {
  return inBrowser((browser, folder) => {
    const tracePath = path.join(folder, 'trace.pb');
    fs.writeFileSync(tracePath, largeTraceProtobuf(spanCount));
    return withPage(browser, async (page) => {
      const firstPaintMs = await openFile(page, url, tracePath);
      const startMs = performance.now();
      await untilWhole(page, spanCount);
      const restMs = performance.now() - startMs;
      const scrolls = await least([3, 100, 400].map((rows) => () => scrollP95(page, rows)));
      const [zoom] = await least([() => zoomP95(page)]);
      return { 'view.1m': Math.max(...scrolls, zoom), 'view.1m.firstPaint.ms': firstPaintMs, 'view.1m.whole.ms': firstPaintMs + restMs };
    });
  });
}

async function least(measure: ReadonlyArray<() => Promise<number>>): Promise<number[]> {
  const values = measure.map(() => Infinity);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [at, run] of measure.entries()) {
      values[at] = Math.min(values[at], await run());
    }
  }
  return values;
}

export async function inBrowser<T>(work: (browser: Browser, folder: string) => Promise<T>): Promise<T> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bench-view-'));
  const browser = await launchBrowser();
  try {
    return await work(browser, folder);
  } finally {
    await browser.close();
    fs.rmSync(folder, { recursive: true });
  }
}

export async function withPage<T>(browser: Browser, work: (page: Page) => Promise<T>): Promise<T> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  // tsx wraps named functions in a call of this; functions that run in the page do not have it.
  await page.addInitScript('globalThis.__name = (named) => named');
  try {
    return await work(page);
  } finally {
    await page.close();
  }
}
