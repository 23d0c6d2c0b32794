import { drawLinks } from './draw-links';
import { TimeMap } from './time-map';
import type { WaterfallPalette, WaterfallScene } from './waterfall-scene';

/** The corners of what is filled. */
function filledCorners(scene: WaterfallScene): Array<readonly [number, number]> {
  let path: Array<readonly [number, number]> = [];
  const filled: Array<readonly [number, number]> = [];
  const ctx = {
    setLineDash: () => undefined, stroke: () => undefined, bezierCurveTo: () => undefined,
    beginPath: () => (path = []),
    moveTo: (x: number, y: number) => path.push([x, y]),
    lineTo: (x: number, y: number) => path.push([x, y]),
    fill: () => filled.push(...path),
  };
  drawLinks(ctx as unknown as CanvasRenderingContext2D, scene, { startNs: 0, endNs: 1000 }, { widthPx: 1000, heightPx: 200, scrollPx: 0 }, {} as WaterfallPalette);
  return filled;
}

const scene = (links: WaterfallScene['links']): WaterfallScene => ({
  spans: { startNs: Float64Array.of(0, 100, 600), durationNs: Float64Array.of(1000, 300, 300), subtreeSize: Uint32Array.of(3, 1, 1) },
  rows: Uint32Array.of(0, 1, 2),
  rowHeightPx: 26,
  time: new TimeMap(1000, []),
  colourOf: () => '#000', isError: () => false, selected: undefined, runOf: () => undefined, eventsOf: () => [],
  links,
});

it.each([
  ['from below', { from: 2, to: 1 }, [400, 26]],
  ['from above', { from: 1, to: 2 }, [900, 52]],
])('an arrow that comes %s ends at the edge of its bar, and leaves the label right of it alone', (_, link, [endPx, topPx]) => {
  const corners = filledCorners(scene([link]));
  expect(corners).toHaveLength(3);
  for (const [x, y] of corners) {
    expect(x).toBeLessThanOrEqual(endPx);
    expect(y).toBeGreaterThanOrEqual(topPx);
    expect(y).toBeLessThanOrEqual(topPx + 26);
  }
});

it('draws nothing to a span that is not shown', () => {
  expect(filledCorners({ ...scene([{ from: 2, to: 1 }]), rows: Uint32Array.of(0, 2) })).toEqual([]);
});
