import { useCallback, useEffect, useMemo, useState, type RefObject } from 'react';
import { mapBounds, type MapGeometry } from '../../drawing/graph/map-geometry';
import { fitViewport, zoomViewport, type Rect, type Viewport } from '../../drawing/spaces';
import type { Size } from '../canvas/use-size';

const WHEEL_ZOOM = 0.0015;

const FIT_PADDING_PX = 24;
/** A map that shrank to less than this share of what fits is fitted anew. */
const WORTH_REFITTING = 0.5;

export interface ViewportControl {
  readonly viewport: Viewport;
  readonly fit: () => void;
  /** Keeps what is on screen from now on, whatever the map grows to. */
  readonly hold: () => void;
  readonly zoomBy: (factor: number) => void;
  readonly panBy: (dxPx: number, dyPx: number) => void;
}

interface Fitted {
  readonly viewport: Viewport;
  readonly bounds: Rect;
  readonly size: Size;
}

/**
 * The part of the map on screen: fitted until the user zooms or pans, theirs from then on. A refresh that the fitted view
 * still shows whole does not move it.
 */
export function useViewport(canvasRef: RefObject<HTMLCanvasElement | null>, geometry: MapGeometry, size: Size): ViewportControl {
  const [chosen, setChosen] = useState<Viewport | undefined>(undefined);
  const [lastFitted, setFitted] = useState<Fitted | undefined>(undefined);
  const bounds = useMemo(() => mapBounds(geometry), [geometry]);
  let fitted = lastFitted;
  if (!fitted || fitted.bounds !== bounds || fitted.size !== size) {
    const keeps = fitted !== undefined && fitted.size === size && stillFits(fitted.viewport, bounds, size);
    fitted = { viewport: keeps && fitted ? fitted.viewport : fitViewport(bounds, size.widthPx, size.heightPx, FIT_PADDING_PX), bounds, size };
    setFitted(fitted);
  }
  const fittedViewport = fitted.viewport;
  const viewport = chosen ?? fittedViewport;

  const zoomAt = useCallback(
    (factor: number, xPx: number, yPx: number) => setChosen((last) => zoomViewport(last ?? fittedViewport, factor, xPx, yPx)),
    [fittedViewport]
  );

  useEffect(() => {
    const canvas = canvasRef.current;
    if (!canvas) {
      return undefined;
    }
    // React's wheel handler is passive: it could not keep the page from scrolling.
    const onWheel = (event: WheelEvent) => {
      event.preventDefault();
      zoomAt(Math.exp(-event.deltaY * WHEEL_ZOOM), event.offsetX, event.offsetY);
    };
    canvas.addEventListener('wheel', onWheel, { passive: false });
    return () => canvas.removeEventListener('wheel', onWheel);
  }, [canvasRef, zoomAt]);

  return {
    viewport,
    fit: useCallback(() => {
      setChosen(undefined);
      setFitted(undefined);
    }, []),
    hold: useCallback(() => setChosen((last) => last ?? fittedViewport), [fittedViewport]),
    zoomBy: useCallback((factor: number) => zoomAt(factor, size.widthPx / 2, size.heightPx / 2), [zoomAt, size]),
    panBy: useCallback(
      (dxPx: number, dyPx: number) =>
        setChosen((last) => {
          const from = last ?? fittedViewport;
          return { ...from, offsetXPx: from.offsetXPx + dxPx, offsetYPx: from.offsetYPx + dyPx };
        }),
      [fittedViewport]
    ),
  };
}

function stillFits({ scale, offsetXPx, offsetYPx }: Viewport, bounds: Rect, { widthPx, heightPx }: Size): boolean {
  const [left, top] = [bounds.x * scale + offsetXPx, bounds.y * scale + offsetYPx];
  const isInView = left >= 0 && top >= 0 && left + bounds.width * scale <= widthPx && top + bounds.height * scale <= heightPx;
  return isInView && scale >= fitViewport(bounds, widthPx, heightPx, FIT_PADDING_PX).scale * WORTH_REFITTING;
}
