import { useEffect, useRef } from 'react';
import type { MapGeometry } from '../../../drawing/graph/map-geometry';
import type { Size } from '../../canvas/use-size';
import type { ViewportControl } from '../use-viewport';

/** Brings a node back into view where the view became narrower, as it does beside the details, or where another node is meant. */
export function useKeptInView(node: number | undefined, { nodeX, nodeY }: MapGeometry, { widthPx, heightPx }: Size, { viewport, reveal }: ViewportControl): void {
  // The reader may look elsewhere afterwards.
  const lookedAfter = useRef('');
  useEffect(() => {
    const key = `${node} ${widthPx} ${heightPx}`;
    if (node === undefined || lookedAfter.current === key) {
      return;
    }
    lookedAfter.current = key;
    const [xPx, yPx] = [nodeX[node] * viewport.scale + viewport.offsetXPx, nodeY[node] * viewport.scale + viewport.offsetYPx];
    if (xPx < 0 || yPx < 0 || xPx > widthPx || yPx > heightPx) {
      reveal(nodeX[node], nodeY[node]);
    }
  }, [node, nodeX, nodeY, widthPx, heightPx, viewport, reveal]);
}
