/**
 * Measures the service map in headless Chromium on the built plugin: `tsx bench/map-view.ts --url http://localhost:3000`, with
 * the product running there (npm start). Frames are rendered in software and uncapped; a frame's time is from one animation
 * frame to the next while the map is panned and zoomed. `--json FILE` adds the numbers to that file.
 */
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { chromium, type Page } from 'playwright-core';
import { mapFrames } from './map-frames';
import { openMapPage, showMap } from './map-page';
import { median } from './measure';

const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-gpu-vsync', '--disable-frame-rate-limit', '--disable-quic', '--no-first-run'];
const NODES = 1200;
const EDGES = 4300;
const FRAMES = 240;
const REFRESHES = 9;

const { values: options } = parseArgs({ options: { url: { type: 'string', default: 'http://localhost:3000' }, json: { type: 'string' } } });
const results: Record<string, number> = {};
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: FLAGS });
try {
  const page = await browser.newPage();
  await openMapPage(page, options.url, { widthPx: 1280, heightPx: 800 });
  const firstMs = await showMap(page, mapFrames(NODES, EDGES));
  await page.waitForTimeout(1000);
  process.stdout.write(`first layout to painted: ${firstMs.toFixed(0)} ms\n`);
  for (const what of ['pan', 'zoom', 'panAndZoom'] as const) {
    const { median: medianMs, p95 } = await frameTimes(page, what);
    report(what === 'panAndZoom' ? 'map.frame.1200' : `map.frame.1200.${what}`, p95);
    process.stdout.write(`${''.padEnd(40)} ${medianMs.toFixed(1)} ms in the median\n`);
    await page.waitForTimeout(500);
  }
  const updates: number[] = [];
  for (let refresh = 0; refresh < REFRESHES; refresh++) {
    updates.push(await showMap(page, mapFrames(NODES, EDGES, refresh + 2)));
    await page.waitForTimeout(300);
  }
  report('map.update.1200', median(updates));
} finally {
  await browser.close();
}
if (options.json !== undefined) {
  const known: Record<string, number> = fs.existsSync(options.json) ? JSON.parse(fs.readFileSync(options.json, 'utf8')) : {};
  fs.writeFileSync(options.json, `${JSON.stringify({ ...known, ...results }, null, 2)}\n`);
}

function report(name: string, ms: number): void {
  results[name] = Number(ms.toPrecision(4));
  process.stdout.write(`${name.padEnd(40)} ${ms.toFixed(1)} ms\n`);
}

/** Times from one frame to the next while the map moves, in ms. */
function frameTimes(page: Page, what: 'pan' | 'zoom' | 'panAndZoom'): Promise<{ median: number; p95: number }> {
  return page.evaluate(
    async ({ what, count }) => {
      const canvas = document.querySelector('canvas');
      if (!canvas) {
        throw new Error('expected a canvas with the map, got none');
      }
      const box = (canvas.parentElement ?? canvas).getBoundingClientRect();
      const [middleX, middleY] = [box.left + box.width / 2, box.top + box.height / 2];
      const pointer = (type: string, clientX: number, clientY: number) =>
        canvas.dispatchEvent(new PointerEvent(type, { clientX, clientY, pointerId: 1, isPrimary: true, button: type === 'pointermove' ? -1 : 0, buttons: type === 'pointerup' ? 0 : 1, bubbles: true }));
      // There is no real pointer to capture.
      Element.prototype.setPointerCapture = () => undefined;
      const times: number[] = [];
      pointer('pointerdown', box.left + 4, box.top + 4);
      let last = await new Promise<number>(requestAnimationFrame);
      for (let frame = 0; frame < count; frame++) {
        const turn = (frame / count) * 2 * Math.PI;
        if (what !== 'zoom') {
          pointer('pointermove', box.left + 4 + 300 * Math.sin(turn), box.top + 4 + 150 * Math.sin(2 * turn));
        }
        if (what !== 'pan') {
          canvas.dispatchEvent(new WheelEvent('wheel', { deltaY: 60 * Math.cos(turn), clientX: middleX, clientY: middleY, bubbles: true, cancelable: true }));
        }
        const now = await new Promise<number>(requestAnimationFrame);
        times.push(now - last);
        last = now;
      }
      pointer('pointerup', box.left + 4, box.top + 4);
      times.sort((a, b) => a - b);
      return { median: times[times.length >> 1], p95: times[Math.floor(times.length * 0.95)] };
    },
    { what, count: FRAMES }
  );
}
