import { useCallback, useEffect, useMemo, useState, type RefObject } from 'react';
import { mapBounds, type MapGeometry } from '../../drawing/graph/map-geometry';
import { fitViewport, zoomViewport, type Rect, type Viewport } from '../../drawing/spaces';
import type { Size } from '../canvas/use-size';

const WHEEL_ZOOM = 0.0015;

const FIT_PADDING_PX = 24;
/** What the buttons at the bottom cover, where the view is high enough to keep out of their way. */
const BUTTONS_PX = { height: 40, fromHeight: 320 };
/** A map that shrank to less than this share of what fits is fitted anew. */
const WORTH_REFITTING = 0.5;

export interface ViewportControl {
  readonly viewport: Viewport;
  /** Whether all of the map is on screen. */
  readonly showsAll: boolean;
  readonly fit: () => void;
  /** Keeps what is on screen from now on, whatever the map grows to. */
  readonly hold: () => void;
  readonly zoomBy: (factor: number) => void;
  readonly panBy: (dxPx: number, dyPx: number) => void;
  /** Puts a point of graph space in the middle. */
  readonly centre: (x: number, y: number) => void;
  /** Pans as little as shows a point of graph space with some air. */
  readonly reveal: (x: number, y: number) => void;
}

interface Fitted {
  readonly viewport: Viewport;
  readonly bounds: Rect;
  readonly size: Size;
  readonly leftPx: number;
}

/**
 * The part of the map on screen: fitted until the user zooms or pans, theirs from then on. A refresh that the fitted view
 * still shows whole does not move it.
 *
 * @param leftPx what is covered at the left, which the map is fitted beside
 */
export function useViewport(surfaceRef: RefObject<HTMLElement | null>, geometry: MapGeometry, size: Size, leftPx: number): ViewportControl {
  const [chosen, setChosen] = useState<Viewport | undefined>(undefined);
  const [lastFitted, setFitted] = useState<Fitted | undefined>(undefined);
  const bounds = useMemo(() => mapBounds(geometry), [geometry]);
  let fitted = lastFitted;
  if (!fitted || fitted.bounds !== bounds || fitted.size !== size || fitted.leftPx !== leftPx) {
    const keeps = fitted !== undefined && fitted.size === size && fitted.leftPx === leftPx && stillFits(fitted.viewport, bounds, size, leftPx);
    fitted = { viewport: keeps && fitted ? fitted.viewport : fit(bounds, size, leftPx), bounds, size, leftPx };
    setFitted(fitted);
  }
  const fittedViewport = fitted.viewport;
  const [chosenFor, setChosenFor] = useState(geometry);
  if (chosenFor !== geometry) {
    setChosenFor(geometry);
    // What was looked at is hidden now: an empty view would look like an empty map.
    if (chosen && !showsAny(chosen, geometry, size)) {
      setChosen(undefined);
    }
  }
  const viewport = chosen ?? fittedViewport;

  const zoomAt = useCallback(
    (factor: number, xPx: number, yPx: number) => setChosen((last) => zoomViewport(last ?? fittedViewport, factor, xPx, yPx)),
    [fittedViewport]
  );

  useEffect(() => {
    const surface = surfaceRef.current;
    if (!surface) {
      return undefined;
    }
    // React's wheel handler is passive: it could not keep the page from scrolling.
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      const box = surface.getBoundingClientRect();
      zoomAt(Math.exp(-event.deltaY * WHEEL_ZOOM), event.clientX - box.left, event.clientY - box.top);
    };
    surface.addEventListener('wheel', onWheel, { passive: false });
    return () => surface.removeEventListener('wheel', onWheel);
  }, [surfaceRef, zoomAt]);

  return {
    viewport,
    showsAll: isInView(viewport, bounds, size),
    fit: useCallback(() => {
      setChosen(undefined);
      setFitted(undefined);
    }, []),
    hold: useCallback(() => setChosen((last) => last ?? fittedViewport), [fittedViewport]),
    zoomBy: useCallback((factor: number) => zoomAt(factor, size.widthPx / 2, size.heightPx / 2), [zoomAt, size]),
    panBy: useCallback((dxPx: number, dyPx: number) => setChosen((last) => panned(last ?? fittedViewport, dxPx, dyPx)), [fittedViewport]),
    centre: useCallback(
      (x: number, y: number) =>
        setChosen((last) => {
          const { scale } = last ?? fittedViewport;
          return { scale, offsetXPx: size.widthPx / 2 - x * scale, offsetYPx: size.heightPx / 2 - y * scale };
        }),
      [fittedViewport, size]
    ),
    reveal: useCallback(
      (x: number, y: number) =>
        setChosen((last) => {
          const from = last ?? fittedViewport;
          const dxPx = missing(x * from.scale + from.offsetXPx, size.widthPx);
          const dyPx = missing(y * from.scale + from.offsetYPx, size.heightPx);
          return dxPx === 0 && dyPx === 0 ? last : panned(from, dxPx, dyPx);
        }),
      [fittedViewport, size]
    ),
  };
}

function fit(bounds: Rect, size: Size, leftPx: number): Viewport {
  const viewport = fitViewport(bounds, size.widthPx - leftPx, roomHeightPx(size), FIT_PADDING_PX);
  return { ...viewport, offsetXPx: viewport.offsetXPx + leftPx };
}

const roomHeightPx = ({ heightPx }: Size): number => (heightPx >= BUTTONS_PX.fromHeight ? heightPx - BUTTONS_PX.height : heightPx);

/** Width ÷ height of what a map is fitted to. */
export const roomAspect = (size: Size): number => Math.max(1, size.widthPx - 2 * FIT_PADDING_PX) / Math.max(1, roomHeightPx(size) - 2 * FIT_PADDING_PX);

function stillFits(viewport: Viewport, bounds: Rect, size: Size, leftPx: number): boolean {
  return isInView(viewport, bounds, size) && viewport.scale >= fit(bounds, size, leftPx).scale * WORTH_REFITTING;
}

function isInView({ scale, offsetXPx, offsetYPx }: Viewport, bounds: Rect, { widthPx, heightPx }: Size): boolean {
  const [left, top] = [bounds.x * scale + offsetXPx, bounds.y * scale + offsetYPx];
  return left >= 0 && top >= 0 && left + bounds.width * scale <= widthPx && top + bounds.height * scale <= heightPx;
}

function showsAny({ scale, offsetXPx, offsetYPx }: Viewport, { nodeX, nodeY }: MapGeometry, { widthPx, heightPx }: Size): boolean {
  return nodeX.some((x, v) => isOnScreen(x * scale + offsetXPx, widthPx) && isOnScreen(nodeY[v] * scale + offsetYPx, heightPx));
}

const isOnScreen = (atPx: number, extentPx: number) => atPx >= 0 && atPx <= extentPx;

const panned = (viewport: Viewport, dxPx: number, dyPx: number): Viewport => ({ ...viewport, offsetXPx: viewport.offsetXPx + dxPx, offsetYPx: viewport.offsetYPx + dyPx });

/** How far to pan so that a place is in view, a sixth of it away from the rim. */
function missing(atPx: number, extentPx: number): number {
  const air = extentPx / 6;
  return atPx < air ? air - atPx : atPx > extentPx - air ? extentPx - air - atPx : 0;
}
