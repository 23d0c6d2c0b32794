/** Measures the service map on a running product. The machine may be busy, so of repeated motions the least counts. */
import type { Page } from 'playwright-core';
import { launchBrowser } from './browser';
import { mapFrames } from './map-frames';
import { openMapPage, showMap } from './map-page';
import { median } from './measure';

const NODES = 1200;
const EDGES = 4300;
const FRAMES = 240;
const ROUNDS = 3;
const REFRESHES = 15;
/** Time for the map to be painted sharp. */
const REST_MS = 800;

/** In the first half of a motion the wheel zooms to nine times what fits, in the second back. */
const WHEEL_PX = 20;

const MOTIONS = {
  'map.frame.1200': { pans: true, zooms: true, startsOnNode: false },
  'map.frame.1200.pan': { pans: true, zooms: false, startsOnNode: false },
  'map.frame.1200.zoom': { pans: false, zooms: true, startsOnNode: false },
  'map.frame.1200.dragNode': { pans: true, zooms: false, startsOnNode: true },
} as const;

type Motion = (typeof MOTIONS)[keyof typeof MOTIONS];

/** @returns name → milliseconds */
export async function measureMap(url: string): Promise<Record<string, number>> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await openMapPage(page, url, { widthPx: 1280, heightPx: 800 });
    const results: Record<string, number> = { 'map.first.1200': await showMap(page, mapFrames(NODES, EDGES)) };
    for (const [name, motion] of Object.entries(MOTIONS)) {
      const p95s: number[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        await page.waitForTimeout(REST_MS);
        p95s.push(await frameP95(page, motion));
      }
      results[name] = Math.min(...p95s);
    }
    const updates: number[] = [];
    for (let refresh = 0; refresh < REFRESHES; refresh++) {
      await page.waitForTimeout(REST_MS);
      updates.push(await showMap(page, mapFrames(NODES, EDGES, refresh + 2)));
    }
    return { ...results, 'map.update.1200': median(updates) };
  } finally {
    await browser.close();
  }
}

/** The 95th percentile of the times from one frame to the next while the fitted map moves, in ms. */
function frameP95(page: Page, motion: Motion): Promise<number> {
  return page.evaluate(
    async ({ pans, zooms, startsOnNode, count, wheelPx, restMs }) => {
      const surface = document.querySelector<HTMLElement>('[role="application"]');
      if (!surface) {
        throw new Error('expected the map, got a page without it');
      }
      const frame = () => new Promise<number>(requestAnimationFrame);
      const rest = () => new Promise((resolve) => setTimeout(resolve, restMs));
      // There is no real pointer to capture.
      Element.prototype.setPointerCapture = () => undefined;
      const pointer = (type: string, clientX: number, clientY: number) =>
        surface.dispatchEvent(new PointerEvent(type, { clientX, clientY, pointerId: 1, isPrimary: true, button: type === 'pointermove' ? -1 : 0, buttons: type === 'pointerdown' ? 1 : 0, bubbles: true }));
      surface.dispatchEvent(new KeyboardEvent('keydown', { key: '0', bubbles: true }));
      await rest();

      const box = surface.getBoundingClientRect();
      const [middleX, middleY] = [box.left + box.width / 2, box.top + box.height / 2];
      let [startX, startY] = [box.left + 2, box.top + 2];
      for (let tries = 0; startsOnNode && surface.style.cursor !== 'pointer' && tries < 400; tries++) {
        [startX, startY] = [middleX + (tries % 20) * 3, middleY + Math.floor(tries / 20) * 3];
        pointer('pointermove', startX, startY);
        await frame();
      }
      await rest();

      pointer('pointerdown', startX, startY);
      const times: number[] = [];
      let last = await frame();
      for (let step = 1; step <= count; step++) {
        const turn = (step / count) * 2 * Math.PI;
        if (pans) {
          pointer('pointermove', startX + 300 * Math.sin(turn), startY + 150 * Math.sin(2 * turn));
        }
        if (zooms) {
          surface.dispatchEvent(new WheelEvent('wheel', { deltaY: -wheelPx * Math.sin(turn), clientX: middleX, clientY: middleY, bubbles: true, cancelable: true }));
        }
        const now = await frame();
        times.push(now - last);
        last = now;
      }
      pointer('pointerup', startX, startY);
      return times.sort((a, b) => a - b)[Math.floor(times.length * 0.95)];
    },
    { ...motion, count: FRAMES, wheelPx: WHEEL_PX, restMs: REST_MS }
  );
}
