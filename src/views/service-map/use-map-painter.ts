import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, type RefObject } from 'react';
import { drawMap } from '../../drawing/graph/draw-map';
import { drawGroupBoxes, type GroupBox } from '../../drawing/graph/group-boxes';
import type { MapScene } from '../../drawing/graph/map-scene';
import type { MapEmphasis } from '../../drawing/graph/neighbourhood';
import type { Viewport } from '../../drawing/spaces';
import type { Size } from '../canvas/use-size';
import { useResting } from './use-resting';

/** From so many edges on a frame takes longer to draw than a display shows it. */
const BIG_MAP_EDGES = 500;
/** A picture that took long to paint is painted again after a longer rest, so that the next motion does not wait for it. */
const REST_MS = { least: 120, most: 600, perPaintingMs: 2 };
/** A big map is painted beyond the view by this share of it, so that panning shows more of it at once. */
const MARGIN = 0.2;

/**
 * Paints the map. A big one is painted when its viewport rests; while it moves the picture is moved and scaled as it is,
 * which costs nothing however many edges there are. All arguments memoised.
 *
 * The canvas shows a bitmap that is painted elsewhere: browsers copy a canvas that is painted itself at every frame of a motion.
 *
 * @returns the size of the canvas, which this moves to where it belongs in the view
 */
export function useMapPainter(canvasRef: RefObject<HTMLCanvasElement | null>, size: Size, scene: MapScene, boxes: readonly GroupBox[], viewport: Viewport, emphasis: MapEmphasis): Size {
  const isBig = scene.edges.length >= BIG_MAP_EDGES;
  const restMs = useRef(REST_MS.least);
  const resting = useResting(viewport, restMs);
  const toPaint = isBig ? resting : viewport;
  const marginXPx = isBig ? Math.round(size.widthPx * MARGIN) : 0;
  const marginYPx = isBig ? Math.round(size.heightPx * MARGIN) : 0;
  const canvasSize = useMemo(() => ({ widthPx: size.widthPx + 2 * marginXPx, heightPx: size.heightPx + 2 * marginYPx }), [size, marginXPx, marginYPx]);

  const painted = useRef(viewport);
  const current = useRef(viewport);
  const moveCanvas = useCallback(() => {
    const [from, to] = [painted.current, current.current];
    if (canvasRef.current) {
      const factor = to.scale / from.scale;
      const [x, y] = [to.offsetXPx - (from.offsetXPx + marginXPx) * factor, to.offsetYPx - (from.offsetYPx + marginYPx) * factor];
      canvasRef.current.style.transform = `matrix(${factor}, 0, 0, ${factor}, ${x}, ${y})`;
    }
  }, [canvasRef, marginXPx, marginYPx]);

  useLayoutEffect(() => {
    current.current = viewport;
    if (isBig) {
      moveCanvas();
    }
  }, [viewport, isBig, moveCanvas]);

  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      const startMs = performance.now();
      const shown = canvasRef.current?.getContext('bitmaprenderer');
      if (!shown || size.widthPx === 0 || size.heightPx === 0) {
        return;
      }
      const bitmap = paintBitmap(canvasSize, (ctx) => {
        ctx.translate(marginXPx, marginYPx);
        drawGroupBoxes(ctx, boxes, toPaint, scene.palette);
        drawMap(ctx, scene, toPaint, { x: -marginXPx, y: -marginYPx, width: canvasSize.widthPx, height: canvasSize.heightPx }, emphasis);
      });
      shown.transferFromImageBitmap(bitmap);
      painted.current = toPaint;
      moveCanvas();
      restMs.current = Math.min(REST_MS.most, Math.max(REST_MS.least, (performance.now() - startMs) * REST_MS.perPaintingMs));
    });
    return () => cancelAnimationFrame(frame);
  }, [canvasRef, scene, boxes, toPaint, emphasis, size, canvasSize, marginXPx, marginYPx, moveCanvas]);
  return canvasSize;
}

/** A picture at the display's resolution. @param paint gets a context in which one unit is one CSS pixel */
function paintBitmap({ widthPx, heightPx }: Size, paint: (ctx: OffscreenCanvasRenderingContext2D) => void): ImageBitmap {
  const ratio = window.devicePixelRatio || 1;
  const canvas = new OffscreenCanvas(Math.round(widthPx * ratio), Math.round(heightPx * ratio));
  const ctx = canvas.getContext('2d');
  if (!ctx) {
    throw new Error('expected a canvas to draw the map on, but this browser has none left: close some panels');
  }
  ctx.scale(ratio, ratio);
  paint(ctx);
  return canvas.transferToImageBitmap();
}
