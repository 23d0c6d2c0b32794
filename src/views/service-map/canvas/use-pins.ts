import { useCallback, useMemo, useState } from 'react';
import type { Place, Places } from '../../../drawing/graph/stable-layout';

export interface PinControl {
  /** Where nodes were put by hand, with one that is being dragged. */
  readonly pins: Places;
  /** Id of the node that is being dragged. */
  readonly dragged: string | undefined;
  readonly drag: (nodeId: string, place: Place) => void;
  /** Ends a drag: the node stays where it is. */
  readonly drop: () => void;
  /** Puts a node to a place without a drag. */
  readonly pin: (nodeId: string, place: Place) => void;
  /** Lets a node go back to where the layout has it. */
  readonly release: (nodeId: string) => void;
}

/**
 * Nodes that were dragged stay where they were put.
 *
 * @param saved the host's; undefined where it saves none: they then last as long as the map is shown
 */
export function usePins(saved: Places | undefined, onPin: ((nodeId: string, place: Place | undefined) => void) | undefined): PinControl {
  const [own, setOwn] = useState<Places>(NO_PINS);
  const [dragged, setDragged] = useState<{ readonly nodeId: string; readonly place: Place } | undefined>(undefined);
  const kept = saved ?? own;
  const pins = useMemo(() => (dragged ? new Map([...kept, [dragged.nodeId, dragged.place]]) : kept), [kept, dragged]);

  const pin = useCallback(
    (nodeId: string, place: Place | undefined) => {
      setOwn((last) => {
        const next = new Map(last);
        place ? next.set(nodeId, place) : next.delete(nodeId);
        return next;
      });
      onPin?.(nodeId, place);
    },
    [onPin]
  );
  return {
    pins,
    dragged: dragged?.nodeId,
    pin,
    drag: useCallback((nodeId, place) => setDragged({ nodeId, place }), []),
    drop: () => {
      if (dragged) {
        pin(dragged.nodeId, dragged.place);
        setDragged(undefined);
      }
    },
    release: (nodeId) => kept.has(nodeId) && pin(nodeId, undefined),
  };
}

const NO_PINS: Places = new Map();
