import { useRef, type PointerEvent } from 'react';
import type { MapHit } from '../../../drawing/graph/hit-test';

/** A press that moves less than this is a click, not a drag. */
const CLICK_SLOP_PX = 4;

export interface GestureTargets {
  readonly hitAt: (xPx: number, yPx: number) => MapHit | undefined;
  readonly onHover: (hit: MapHit | undefined) => void;
  readonly onClick: (hit: MapHit | undefined, xPx: number, yPx: number) => void;
  readonly onPan: (dxPx: number, dyPx: number) => void;
  /** While a node is dragged, how far it is from where it was. */
  readonly onDragNode: (node: number, dxPx: number, dyPx: number) => void;
  readonly onDropNode: (node: number) => void;
}

interface Press {
  readonly hit: MapHit | undefined;
  readonly startXPx: number;
  readonly startYPx: number;
  lastXPx: number;
  lastYPx: number;
  moved: boolean;
}

/** What the pointer does on the map: hovering, clicking, dragging the map or a node. */
export function useMapGestures({ hitAt, onHover, onClick, onPan, onDragNode, onDropNode }: GestureTargets) {
  const press = useRef<Press | undefined>(undefined);
  const hitOf = (event: PointerEvent) => hitAt(...placeIn(event));

  const end = () => {
    const last = press.current;
    press.current = undefined;
    if (last?.moved && last.hit?.kind === 'node') {
      onDropNode(last.hit.index);
    }
    return last;
  };

  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button === 0) {
        event.currentTarget.setPointerCapture(event.pointerId);
        const { clientX, clientY } = event;
        press.current = { hit: hitOf(event), startXPx: clientX, startYPx: clientY, lastXPx: clientX, lastYPx: clientY, moved: false };
      }
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const current = press.current;
      if (!current) {
        onHover(hitOf(event));
        return;
      }
      const { clientX, clientY } = event;
      const [dxPx, dyPx] = [clientX - current.startXPx, clientY - current.startYPx];
      current.moved ||= Math.hypot(dxPx, dyPx) > CLICK_SLOP_PX;
      if (!current.moved) {
        return;
      }
      if (current.hit?.kind === 'node') {
        onDragNode(current.hit.index, dxPx, dyPx);
      } else {
        onPan(clientX - current.lastXPx, clientY - current.lastYPx);
      }
      current.lastXPx = clientX;
      current.lastYPx = clientY;
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      const last = end();
      if (last && !last.moved) {
        onClick(last.hit, ...placeIn(event));
      }
    },
    onPointerCancel: end,
    onPointerLeave: () => onHover(undefined),
  };
}

/** Where in the element an event happened; the event's own offsets are those of whatever part of it was hit. */
function placeIn({ currentTarget, clientX, clientY }: PointerEvent): [xPx: number, yPx: number] {
  const box = currentTarget.getBoundingClientRect();
  return [clientX - box.left, clientY - box.top];
}
