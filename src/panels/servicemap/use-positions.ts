import { CoreApp, type PanelProps } from '@grafana/data';
import { usePanelContext } from '@grafana/ui';
import { useCallback, useMemo, useState } from 'react';
import type { Place, Places } from '../../drawing/graph/stable-layout';
import type { ServiceMapOptions } from './options';

type Positions = ServiceMapOptions['positions'];

export interface PositionControl {
  readonly pinned: Places;
  readonly onPin: (nodeId: string, place: Place | undefined) => void;
}

/**
 * Where services were dragged to. Who edits the panel drags for everybody: it is saved with the panel. A reader drags
 * for themselves, on top of that: it is kept in their browser.
 */
export function usePositions({ id, data, options, onOptionsChange }: PanelProps<ServiceMapOptions>): PositionControl {
  const isEditing = usePanelContext().app === CoreApp.PanelEditor;
  const storageKey = `veza-servicemap-panel.positions.${data.request?.dashboardUID ?? ''}.${id}`;
  const [local, setLocal] = useState<Positions>(() => readPositions(storageKey));
  const pinned = useMemo(() => new Map(Object.entries(isEditing ? options.positions : { ...options.positions, ...local })), [options.positions, local, isEditing]);
  const onPin = useCallback(
    (nodeId: string, place: Place | undefined) => {
      if (isEditing) {
        onOptionsChange({ ...options, positions: withPosition(options.positions, nodeId, place) });
        return;
      }
      setLocal((last) => {
        const next = withPosition(last, nodeId, place);
        writePositions(storageKey, next);
        return next;
      });
    },
    [isEditing, options, onOptionsChange, storageKey]
  );
  return { pinned, onPin };
}

/** Entries, not keys of an object literal: a service may be called `__proto__`. */
function withPosition(positions: Positions, nodeId: string, place: Place | undefined): Positions {
  const others = Object.entries(positions).filter(([id]) => id !== nodeId);
  return Object.fromEntries(place ? [...others, [nodeId, place]] : others);
}

function readPositions(key: string): Positions {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? '{}');
    const entries = Object.entries(Object(stored)).filter((entry): entry is [string, Place] => isPlace(entry[1]));
    return Object.fromEntries(entries);
  } catch {
    // Storage that is refused or garbled holds no positions.
    return {};
  }
}

function writePositions(key: string, positions: Positions): void {
  try {
    localStorage.setItem(key, JSON.stringify(positions));
  } catch {
    // Without storage the positions last as long as the panel is open.
  }
}

function isPlace(value: unknown): value is Place {
  const { x, y } = Object(value) as Partial<Place>;
  return Number.isFinite(x) && Number.isFinite(y);
}
