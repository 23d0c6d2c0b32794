import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { drawMap } from '../../../drawing/graph/draw-map';
import { drawGroupBoxes, type GroupBox } from '../../../drawing/graph/group-boxes';
import { mapBounds } from '../../../drawing/graph/map-geometry';
import type { MapPart } from '../../../drawing/graph/map-part';
import type { MapScene } from '../../../drawing/graph/map-scene';
import type { MapEmphasis } from '../../../drawing/graph/neighbourhood';
import { pictureRect, showsAll } from '../../../drawing/picture-place';
import { fitViewport, type Rect, type Viewport } from '../../../drawing/spaces';
import type { Size } from '../../canvas/use-size';
import { useResting } from './use-resting';
import { PictureLayer, type Painting } from './picture-layer';

/** From so many edges on a frame takes longer to draw than a display shows it. */
const BIG_MAP_EDGES = 500;
/** A picture that took long to paint is painted again after a longer rest, so that the next motion does not wait for it. */
const REST_MS = { least: 120, most: 600, perPaintingMs: 2 };
/** A big map is painted beyond the view by this share of it on each side, so that panning shows more of it at once. */
const MARGIN_SHARE = 0.2;
/** Names and lines reach this far beyond the nodes. */
const PADDING_PX = 80;
/** What is only seen when a motion leaves the painted part is painted when nothing else happens. */
const WHOLE_AFTER_MS = 400;

export interface MapPictureProps {
  // All memoised.
  readonly scene: MapScene;
  readonly boxes: readonly GroupBox[];
  readonly viewport: Viewport;
  readonly size: Size;
  readonly emphasis: MapEmphasis;
  /** Id of the node that is being dragged. */
  readonly dragged: string | undefined;
}

export interface MapCanvases {
  readonly view: RefObject<HTMLCanvasElement | null>;
  readonly whole: RefObject<HTMLCanvasElement | null>;
  readonly dragged: RefObject<HTMLCanvasElement | null>;
}

/**
 * Paints the map. A big one is painted when its viewport rests; while it moves the picture is moved and scaled as it is,
 * which costs nothing however many edges there are, and what it does not show is seen at a low resolution. While a node of a
 * big map is dragged, only it and its edges are painted.
 */
export function useMapPainter(canvases: MapCanvases, { scene, boxes, viewport, size, emphasis, dragged }: MapPictureProps): void {
  const isBig = scene.edges.length >= BIG_MAP_EDGES;
  const restMs = useRef(REST_MS.least);
  const resting = useResting(viewport, restMs);
  const toPaint = isBig ? resting : viewport;
  const lifted = isBig ? dragged : undefined;
  const still = useHeld(scene, lifted !== undefined);
  const stillBoxes = useHeld(boxes, lifted !== undefined);
  const bounds = useMemo(() => mapBounds(still.picture.geometry), [still]);
  const layers = useLayers(canvases);

  const current = useRef(viewport);
  const moveLayers = useCallback(() => Object.values(layers()).forEach((layer) => layer?.moveTo(current.current)), [layers]);
  useLayoutEffect(() => {
    current.current = viewport;
    if (isBig) {
      moveLayers();
    }
  }, [viewport, isBig, moveLayers]);

  const isEmpty = size.widthPx === 0 || size.heightPx === 0;
  const viewRect = useMemo(
    () => (isBig ? pictureRect(toPaint, bounds, size.widthPx, size.heightPx, PADDING_PX, MARGIN_SHARE) : { x: 0, y: 0, width: size.widthPx, height: size.heightPx }),
    [isBig, toPaint, bounds, size]
  );

  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      const { view, dragged: above } = layers();
      if (isEmpty || !viewRect) {
        view?.hide();
        return;
      }
      const startMs = performance.now();
      view?.paint(paintingOf(still, stillBoxes, toPaint, viewRect, emphasis, partOf(still, 'without', lifted)));
      if (lifted === undefined) {
        above?.hide();
      }
      moveLayers();
      restMs.current = Math.min(REST_MS.most, Math.max(REST_MS.least, (performance.now() - startMs) * REST_MS.perPaintingMs));
    });
    return () => cancelAnimationFrame(frame);
  }, [layers, moveLayers, still, stillBoxes, toPaint, viewRect, emphasis, lifted, isEmpty]);

  useEffect(() => {
    if (lifted === undefined) {
      return undefined;
    }
    const frame = requestAnimationFrame(() => {
      const painting = paintingOf(scene, [], viewport, { x: 0, y: 0, width: size.widthPx, height: size.heightPx }, emphasis, partOf(scene, 'only', lifted));
      layers().dragged?.paint({ ...painting, background: undefined });
      moveLayers();
    });
    return () => cancelAnimationFrame(frame);
  }, [layers, moveLayers, scene, viewport, size, emphasis, lifted]);

  const needsWhole = isBig && !isEmpty && !(viewRect && showsAll(viewRect, toPaint, bounds));
  useEffect(() => {
    if (!needsWhole) {
      layers().whole?.hide();
      return undefined;
    }
    const timer = setTimeout(() => {
      const fitted = fitViewport(bounds, size.widthPx, size.heightPx);
      const rect = pictureRect(fitted, bounds, size.widthPx, size.heightPx, PADDING_PX, 0);
      if (rect) {
        layers().whole?.paint(paintingOf(still, stillBoxes, fitted, rect, emphasis));
        moveLayers();
      }
    }, WHOLE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [needsWhole, layers, moveLayers, still, stillBoxes, bounds, size, emphasis]);
}

const paintingOf = (scene: MapScene, boxes: readonly GroupBox[], viewport: Viewport, rect: Rect, emphasis: MapEmphasis, part?: MapPart): Painting => ({
  viewport,
  rect,
  background: scene.palette.background,
  draw: (ctx) => {
    drawGroupBoxes(ctx, boxes, viewport, scene.palette);
    drawMap(ctx, scene, viewport, rect, emphasis, part);
  },
});

const partOf = ({ picture }: MapScene, kind: MapPart['kind'], nodeId: string | undefined): MapPart | undefined =>
  nodeId === undefined ? undefined : { kind, node: picture.model.nodes.findIndex(({ id }) => id === nodeId) };

/** The last value from before `isHeld`. */
function useHeld<T>(value: T, isHeld: boolean): T {
  const [held, setHeld] = useState(value);
  if (!isHeld && held !== value) {
    setHeld(value);
  }
  return isHeld ? held : value;
}

type Layers = { readonly [name in keyof MapCanvases]: PictureLayer | undefined };

/** The layers of the canvases, made when they are first asked for. */
function useLayers({ view, whole, dragged }: MapCanvases): () => Layers {
  const made = useRef<Layers | undefined>(undefined);
  return useCallback(() => (made.current ??= { view: layerOf(view), whole: layerOf(whole), dragged: layerOf(dragged) }), [view, whole, dragged]);
}

const layerOf = ({ current }: RefObject<HTMLCanvasElement | null>) => (current ? new PictureLayer(current) : undefined);
