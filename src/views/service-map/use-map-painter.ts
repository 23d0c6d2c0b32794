import { useCallback, useState } from 'react';
import { drawMap, type MapEmphasis, type MapPicture } from '../../drawing/graph/draw-map';
import type { MapPalette } from '../../drawing/graph/map-palette';
import { PictureCache } from '../../drawing/graph/picture-cache';
import type { Viewport } from '../../drawing/spaces';
import { useResting } from './use-resting';

/** From so many edges on a frame takes longer to draw than a display shows it. */
const BIG_MAP_EDGES = 500;
const REST_MS = 150;

/** Paints the map; a big one sharply only when its viewport rests. All arguments memoised. */
export function useMapPainter(picture: MapPicture, viewport: Viewport, palette: MapPalette, emphasis: MapEmphasis): (ctx: CanvasRenderingContext2D) => void {
  const [cache] = useState(() => new PictureCache());
  const isBig = picture.model.edges.length >= BIG_MAP_EDGES;
  const isMoving = useResting(viewport, REST_MS) !== viewport;
  return useCallback(
    (ctx: CanvasRenderingContext2D) => {
      if (isBig && isMoving && cache.draw(ctx, viewport)) {
        return;
      }
      drawMap(ctx, picture, viewport, palette, emphasis);
      if (isBig) {
        cache.keep(ctx, viewport);
      }
    },
    [cache, isBig, isMoving, picture, viewport, palette, emphasis]
  );
}
