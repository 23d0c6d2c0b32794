/**
 * The coordinate spaces of everything drawn, once:
 *
 * - graph space: where a layout puts nodes; one unit is one CSS pixel at zoom 1. Names: `xGraph`, `graphRect`.
 * - trace space: nanoseconds from the trace's start horizontally, rows vertically. Names: `startNs`, `row`.
 * - view space: CSS pixels of the canvas, origin top left. Names: `xPx`, `viewRect`.
 */

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Whether two rectangles have some room in common; touching does not count. */
export const overlap = (a: Rect, b: Rect): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Graph space → view space: `xPx = xGraph * scale + offsetXPx`. */
export interface Viewport {
  readonly scale: number;
  readonly offsetXPx: number;
  readonly offsetYPx: number;
}

/** The viewport that shows all of `graphRect` centred in a view, never larger than `maxScale`. */
export function fitViewport(graphRect: Rect, viewWidthPx: number, viewHeightPx: number, paddingPx = 48, maxScale = 1): Viewport {
  const roomXPx = Math.max(1, viewWidthPx - 2 * paddingPx);
  const roomYPx = Math.max(1, viewHeightPx - 2 * paddingPx);
  const scale = Math.min(maxScale, roomXPx / Math.max(1, graphRect.width), roomYPx / Math.max(1, graphRect.height));
  return {
    scale,
    offsetXPx: viewWidthPx / 2 - (graphRect.x + graphRect.width / 2) * scale,
    offsetYPx: viewHeightPx / 2 - (graphRect.y + graphRect.height / 2) * scale,
  };
}

/** Zooms by `factor` and keeps the point under (`xPx`, `yPx`) where it is. */
export function zoomViewport(viewport: Viewport, factor: number, xPx: number, yPx: number, minScale = 0.02, maxScale = 4): Viewport {
  const scale = Math.min(maxScale, Math.max(minScale, viewport.scale * factor));
  const ratio = scale / viewport.scale;
  return { scale, offsetXPx: xPx - (xPx - viewport.offsetXPx) * ratio, offsetYPx: yPx - (yPx - viewport.offsetYPx) * ratio };
}
