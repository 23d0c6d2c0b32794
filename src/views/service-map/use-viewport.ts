import { useCallback, useEffect, useMemo, useState, type RefObject } from 'react';
import { mapBounds, type MapGeometry } from '../../drawing/graph/map-geometry';
import { fitViewport, zoomViewport, type Viewport } from '../../drawing/spaces';
import type { Size } from '../canvas/use-size';

const WHEEL_ZOOM = 0.0015;

export interface ViewportControl {
  readonly viewport: Viewport;
  readonly fit: () => void;
  readonly zoomBy: (factor: number) => void;
  readonly panBy: (dxPx: number, dyPx: number) => void;
}

/** The part of the map on screen: fitted until the user zooms or pans, theirs from then on. */
export function useViewport(canvasRef: RefObject<HTMLCanvasElement | null>, geometry: MapGeometry, size: Size): ViewportControl {
  const [chosen, setChosen] = useState<Viewport | undefined>(undefined);
  const fitted = useMemo(() => fitViewport(mapBounds(geometry), size.widthPx, size.heightPx, 24), [geometry, size]);
  const viewport = chosen ?? fitted;

  const zoomAt = useCallback(
    (factor: number, xPx: number, yPx: number) => setChosen((last) => zoomViewport(last ?? fitted, factor, xPx, yPx)),
    [fitted]
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
    fit: useCallback(() => setChosen(undefined), []),
    zoomBy: useCallback((factor: number) => zoomAt(factor, size.widthPx / 2, size.heightPx / 2), [zoomAt, size]),
    panBy: useCallback(
      (dxPx: number, dyPx: number) =>
        setChosen((last) => {
          const from = last ?? fitted;
          return { ...from, offsetXPx: from.offsetXPx + dxPx, offsetYPx: from.offsetYPx + dyPx };
        }),
      [fitted]
    ),
  };
}
