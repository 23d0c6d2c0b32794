/** The built map panel on a page of the running product, with frames of our choosing. */
import type { Page } from 'playwright-core';
import type { PlainFrame } from './map-frames';

export interface MapPageOptions {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly isLight?: boolean;
}

/** Loads the panel as a dashboard does; resolves when the page is ready for `showMap`. */
export async function openMapPage(page: Page, url: string, options: MapPageOptions): Promise<void> {
  // tsx wraps named functions in a call of this; functions that run in the page do not have it.
  await page.addInitScript('globalThis.__name = (named) => named');
  await page.setViewportSize({ width: options.widthPx, height: options.heightPx });
  await page.goto(`${url}/a/veza-traces-app/trace`);
  await page.waitForFunction(() => 'System' in window);
  await page.evaluate(async ({ widthPx, heightPx, isLight }) => {
    const load = (name: string) => System.import(name);
    const [{ createElement, useState, useEffect }, { createRoot }, data, { PanelRenderer }, { PortalContainer }] = await Promise.all(['react', 'react-dom/client', '@grafana/data', '@grafana/runtime', '@grafana/ui'].map(load));
    const theme = data.createTheme({ colors: { mode: isLight ? 'light' : 'dark' } });
    document.body.replaceChildren();
    const host = document.body.appendChild(document.createElement('div'));
    host.style.cssText = `position:fixed;inset:0;background:${theme.colors.background.primary};color:${theme.colors.text.primary}`;
    const Panel = () => {
      const [frames, setFrames] = useState([]);
      useEffect(() => {
        Object.assign(window, { showFrames: setFrames });
      }, []);
      const to = data.dateTime();
      const timeRange = { from: data.dateTime(to).subtract(1, 'hour'), to, raw: { from: 'now-1h', to: 'now' } };
      const panelData = { state: 'Done', series: frames.map(data.toDataFrame), timeRange };
      return createElement(
        data.ThemeContext.Provider,
        { value: theme },
        createElement(PanelRenderer, { pluginId: 'veza-servicemap-panel', title: '', data: panelData, width: widthPx, height: heightPx, options: {} }),
        PortalContainer ? createElement(PortalContainer) : null
      );
    };
    createRoot(host).render(createElement(Panel));
  }, options);
  await page.waitForFunction(() => 'showFrames' in window);
}

/** Shows these frames; resolves when the map is painted, with the milliseconds that took. */
export function showMap(page: Page, frames: readonly PlainFrame[]): Promise<number> {
  return page.evaluate(
    (plain) =>
      new Promise<number>((resolve) => {
        const { transferFromImageBitmap } = ImageBitmapRenderingContext.prototype;
        const start = performance.now();
        // Every painting ends with showing its bitmap; in the next frame it is on screen.
        ImageBitmapRenderingContext.prototype.transferFromImageBitmap = function (this: ImageBitmapRenderingContext, bitmap) {
          ImageBitmapRenderingContext.prototype.transferFromImageBitmap = transferFromImageBitmap;
          requestAnimationFrame(() => resolve(performance.now() - start));
          transferFromImageBitmap.call(this, bitmap);
        };
        const { showFrames } = window as unknown as { showFrames: (frames: unknown) => void };
        showFrames(plain);
      }),
    frames
  );
}
