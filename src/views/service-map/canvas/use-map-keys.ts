import { useState, type KeyboardEvent } from 'react';
import type { MapHit } from '../../../drawing/graph/hit-test';
import type { MapScene } from '../../../drawing/graph/map-scene';
import { nextNode, type Direction } from '../../../drawing/graph/next-node';
import type { Place } from '../../../drawing/graph/stable-layout';
import type { ViewportControl } from '../use-viewport';

const KEY_PAN_PX = 60;
const KEY_MOVE_PX = 20;
const ZOOM_IN = 1.25;

const DIRECTIONS: Readonly<Record<string, Direction | undefined>> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' };
const TOWARDS: Readonly<Record<Direction, readonly [x: number, y: number]>> = { left: [-1, 0], right: [1, 0], up: [0, -1], down: [0, 1] };

interface Targets {
  readonly scene: MapScene;
  readonly control: ViewportControl;
  readonly selected: MapHit | undefined;
  readonly onSelect: (hit: MapHit | undefined) => void;
  readonly onToggleGroup: ((group: string) => void) | undefined;
  readonly onMoveNode: (nodeId: string, place: Place) => void;
  /** Lets a node go back to where the layout has it. */
  readonly onReleaseNode: (nodeId: string) => void;
}

/**
 * The map by keyboard: arrows go from node to node along the edges, with Shift they pan, with Alt they move the node, which
 * Backspace lets go again; Enter opens, Space folds a group, + − 0 zoom, Esc clears and then leaves.
 *
 * @returns the node the keyboard is on, kept by id over refreshes
 */
export function useMapKeys({ scene, control, selected, onSelect, onToggleGroup, onMoveNode, onReleaseNode }: Targets) {
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
  const pan = (direction: Direction) => {
    const [x, y] = TOWARDS[direction];
    control.panBy(-x * KEY_PAN_PX, -y * KEY_PAN_PX);
  };
  const move = (direction: Direction) => {
    if (focused !== undefined) {
      const step = KEY_MOVE_PX / control.viewport.scale;
      const [x, y] = [geometry.nodeX[focused] + TOWARDS[direction][0] * step, geometry.nodeY[focused] + TOWARDS[direction][1] * step];
      control.hold();
      onMoveNode(model.nodes[focused].id, { x, y });
      control.reveal(x, y);
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
    Backspace: () => focused !== undefined && onReleaseNode(model.nodes[focused].id),
    Escape: (event) => {
      if (selected || focused !== undefined) {
        // Grafana leaves a panel that fills the screen by the same key: one step back at a time.
        event.stopPropagation();
        setFocusedId(undefined);
        onSelect(undefined);
      } else {
        event.currentTarget.blur();
      }
    },
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const direction = DIRECTIONS[event.key];
    const onArrow = event.altKey ? move : event.shiftKey ? pan : go;
    const action = direction ? () => onArrow(direction) : event.altKey ? undefined : actions[event.key];
    if (action && event.target === event.currentTarget && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      action(event);
    }
  };
  return { focused, onKeyDown, leave: () => setFocusedId(undefined) };
}
