import { useCallback, useLayoutEffect, useMemo, useRef, type RefObject } from 'react';
import { drawMap } from '../../drawing/graph/draw-map';
import { drawGroupBoxes, type GroupBox } from '../../drawing/graph/group-boxes';
import type { MapScene } from '../../drawing/graph/map-scene';
import type { MapEmphasis } from '../../drawing/graph/neighbourhood';
import type { Viewport } from '../../drawing/spaces';
import { useCanvas } from '../canvas/use-canvas';
import type { Size } from '../canvas/use-size';
import { useResting } from './use-resting';

/** From so many edges on a frame takes longer to draw than a display shows it. */
const BIG_MAP_EDGES = 500;
const REST_MS = 120;
/** A big map is painted beyond the view by this share of it, so that panning shows more of it at once. */
const MARGIN = 0.2;

/**
 * Paints the map. A big one is painted when its viewport rests; while it moves the picture is moved and scaled as it is,
 * which costs nothing however many edges there are. All arguments memoised.
 *
 * @returns the size of the canvas, which this moves to where it belongs in the view
 */
export function useMapPainter(canvasRef: RefObject<HTMLCanvasElement | null>, size: Size, scene: MapScene, boxes: readonly GroupBox[], viewport: Viewport, emphasis: MapEmphasis): Size {
  const isBig = scene.edges.length >= BIG_MAP_EDGES;
  const resting = useResting(viewport, REST_MS);
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

  const paint = useCallback(
    (ctx: CanvasRenderingContext2D) => {
      painted.current = toPaint;
      moveCanvas();
      ctx.translate(marginXPx, marginYPx);
      const view = { x: -marginXPx, y: -marginYPx, width: size.widthPx + 2 * marginXPx, height: size.heightPx + 2 * marginYPx };
      drawGroupBoxes(ctx, boxes, toPaint, scene.palette);
      drawMap(ctx, scene, toPaint, view, emphasis);
    },
    [scene, boxes, toPaint, emphasis, size, marginXPx, marginYPx, moveCanvas]
  );
  useCanvas(canvasRef, canvasSize, paint);
  return canvasSize;
}
