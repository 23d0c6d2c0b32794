import { useState, type KeyboardEvent } from 'react';
import type { MapHit } from '../../../drawing/graph/hit-test';
import type { MapScene } from '../../../drawing/graph/map-scene';
import { nextNode, type Direction } from '../../../drawing/graph/next-node';
import type { ViewportControl } from '../use-viewport';

const KEY_PAN_PX = 60;
const ZOOM_IN = 1.25;

const DIRECTIONS: Readonly<Record<string, Direction | undefined>> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' };
const PANS: Readonly<Record<Direction, readonly [number, number]>> = { left: [KEY_PAN_PX, 0], right: [-KEY_PAN_PX, 0], up: [0, KEY_PAN_PX], down: [0, -KEY_PAN_PX] };

interface Targets {
  readonly scene: MapScene;
  readonly control: ViewportControl;
  readonly selected: MapHit | undefined;
  readonly onSelect: (hit: MapHit | undefined) => void;
  readonly onToggleGroup: ((group: string) => void) | undefined;
}

/**
 * The map by keyboard: arrows go from node to node along the edges, with Shift they pan; Enter opens, Space folds a group,
 * + − 0 zoom, Esc clears and then leaves.
 *
 * @returns the node the keyboard is on, kept by id over refreshes
 */
export function useMapKeys({ scene, control, selected, onSelect, onToggleGroup }: Targets) {
  const { model, geometry } = scene.picture;
  const [focusedId, setFocusedId] = useState<string | undefined>(undefined);
  const index = focusedId === undefined ? -1 : model.nodes.findIndex(({ id }) => id === focusedId);
  const focused = index < 0 ? undefined : index;

  const go = (direction: Direction) => {
    const start = focused ?? (selected?.kind === 'node' ? selected.index : undefined);
    const next = nextNode(scene, start, direction);
    if (next !== undefined) {
      setFocusedId(model.nodes[next].id);
      control.reveal(geometry.nodeX[next], geometry.nodeY[next]);
    }
  };
  const actions: Readonly<Record<string, ((event: KeyboardEvent<HTMLElement>) => void) | undefined>> = {
    '+': () => control.zoomBy(ZOOM_IN),
    '=': () => control.zoomBy(ZOOM_IN),
    '-': () => control.zoomBy(1 / ZOOM_IN),
    '0': () => control.fit(),
    Home: () => {
      setFocusedId(undefined);
      go('right');
    },
    Enter: () => focused !== undefined && onSelect({ kind: 'node', index: focused }),
    ' ': () => {
      const group = focused === undefined ? undefined : model.nodes[focused].group;
      return group !== undefined && onToggleGroup?.(group);
    },
    Escape: ({ currentTarget }) => {
      if (selected || focused !== undefined) {
        setFocusedId(undefined);
        onSelect(undefined);
      } else {
        currentTarget.blur();
      }
    },
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const direction = DIRECTIONS[event.key];
    const action = direction ? () => (event.shiftKey ? control.panBy(...PANS[direction]) : go(direction)) : actions[event.key];
    if (action && event.target === event.currentTarget && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      action(event);
    }
  };
  return { focused, onKeyDown, leave: () => setFocusedId(undefined) };
}
