import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { drawBackdrop, drawEmphasis, drawMap } from '../../../drawing/graph/draw-map';
import type { GroupBox } from '../../../drawing/graph/group-boxes';
import { mapBounds } from '../../../drawing/graph/map-geometry';
import { hasCrowd, type MapScene } from '../../../drawing/graph/map-scene';
import { neighbourhoodOf, type MapEmphasis } from '../../../drawing/graph/neighbourhood';
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
/** Of the map behind what is brought out. */
const FADED_OPACITY = 0.2;
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
  readonly emphasis: RefObject<HTMLCanvasElement | null>;
}

/**
 * Paints the map. A big one is painted when its viewport rests; while it moves the picture is moved and scaled as it is,
 * which costs nothing however many edges there are, and what it does not show is seen at a low resolution. What is brought
 * out is painted for itself over the map, which fades: pointing at a service costs no more on a big map than on a small one.
 * So does dragging one.
 *
 * @param mapRef what holds the canvases that fade
 */
export function useMapPainter(canvases: MapCanvases, mapRef: RefObject<HTMLElement | null>, { scene, boxes, viewport, size, emphasis, dragged }: MapPictureProps): void {
  const isBig = scene.edges.length >= BIG_MAP_EDGES;
  const restMs = useRef(REST_MS.least);
  const resting = useResting(viewport, restMs);
  const toPaint = isBig ? resting : viewport;
  const lifted = isBig ? dragged : undefined;
  const still = useHeld(scene, lifted !== undefined);
  const stillBoxes = useHeld(boxes, lifted !== undefined);
  const bounds = useMemo(() => mapBounds(still.picture.geometry), [still.picture.geometry]);
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
      const { view } = layers();
      if (isEmpty || !viewRect) {
        view?.hide();
        return;
      }
      const startMs = performance.now();
      view?.paint(paintingOf(still, stillBoxes, toPaint, viewRect, lifted));
      moveLayers();
      restMs.current = Math.min(REST_MS.most, Math.max(REST_MS.least, (performance.now() - startMs) * REST_MS.perPaintingMs));
    });
    return () => cancelAnimationFrame(frame);
  }, [layers, moveLayers, still, stillBoxes, toPaint, viewRect, lifted, isEmpty]);

  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      const shown = lifted === undefined ? emphasis : { hoveredNode: nodeOf(scene, lifted) };
      const near = neighbourhoodOf(scene, shown);
      if (near && viewRect && !isEmpty) {
        layers().emphasis?.paint({ viewport: toPaint, rect: viewRect, draw: (ctx) => drawEmphasis(ctx, scene, toPaint, viewRect, near, shown) });
        moveLayers();
      } else {
        layers().emphasis?.hide();
      }
      mapRef.current?.style.setProperty('opacity', near ? String(FADED_OPACITY) : null);
    });
    return () => cancelAnimationFrame(frame);
  }, [layers, moveLayers, mapRef, scene, toPaint, viewRect, emphasis, lifted, isEmpty]);

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
        layers().whole?.paint(paintingOf(still, stillBoxes, fitted, rect));
        moveLayers();
      }
    }, WHOLE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [needsWhole, layers, moveLayers, still, stillBoxes, bounds, size]);
}

/** @param lifted id of a node that is left out */
function paintingOf(scene: MapScene, boxes: readonly GroupBox[], viewport: Viewport, rect: Rect, lifted?: string): Painting {
  const without = lifted === undefined ? undefined : nodeOf(scene, lifted);
  const { picture, palette } = scene;
  const drawUnder: Painting['draw'] = (ctx) => drawBackdrop(ctx, scene, boxes, viewport, rect, without);
  const drawOver: Painting['draw'] = (ctx) => drawMap(ctx, scene, boxes, viewport, rect, without);
  const picturePlace = { viewport, rect, background: palette.background };
  // Without a crowd there is nothing that is worth a canvas of its own.
  return hasCrowd(scene)
    ? { ...picturePlace, backdrop: { key: [picture.geometry, palette, viewport, rect, without, JSON.stringify(boxes)], draw: drawUnder }, draw: drawOver }
    : {
        ...picturePlace,
        draw: (ctx) => {
          drawUnder(ctx);
          drawOver(ctx);
        },
      };
}

const nodeOf = ({ picture }: MapScene, nodeId: string): number => picture.model.nodes.findIndex(({ id }) => id === nodeId);

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
function useLayers({ view, whole, emphasis }: MapCanvases): () => Layers {
  const made = useRef<Layers | undefined>(undefined);
  return useCallback(() => (made.current ??= { view: layerOf(view), whole: layerOf(whole), emphasis: layerOf(emphasis) }), [view, whole, emphasis]);
}

const layerOf = ({ current }: RefObject<HTMLCanvasElement | null>) => (current ? new PictureLayer(current) : undefined);
