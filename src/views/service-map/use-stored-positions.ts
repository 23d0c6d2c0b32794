import { useCallback, useMemo, useState } from 'react';
import type { Place } from '../../drawing/graph/stable-layout';

/** Where services were dragged to, by id. */
export type Positions = Readonly<Record<string, Place>>;

/**
 * Positions that are kept in the reader's browser.
 *
 * @param storageKey of this map; another key has other positions
 * @returns the positions, and what moves one; undefined lets it go
 */
export function useStoredPositions(storageKey: string): [Positions, (nodeId: string, place: Place | undefined) => void] {
  const [changed, setChanged] = useState<{ readonly storageKey: string; readonly positions: Positions } | undefined>(undefined);
  const stored = useMemo(() => readPositions(storageKey), [storageKey]);
  const positions = changed?.storageKey === storageKey ? changed.positions : stored;
  const move = useCallback(
    (nodeId: string, place: Place | undefined) =>
      setChanged((last) => {
        const next = withPosition(last?.storageKey === storageKey ? last.positions : readPositions(storageKey), nodeId, place);
        writePositions(storageKey, next);
        return { storageKey, positions: next };
      }),
    [storageKey]
  );
  return [positions, move];
}

/** Entries, not keys of an object literal: a service may be called `__proto__`. */
export function withPosition(positions: Positions, nodeId: string, place: Place | undefined): Positions {
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
    // Without storage the positions last as long as the map is open.
  }
}

function isPlace(value: unknown): value is Place {
  const { x, y } = Object(value) as Partial<Place>;
  return Number.isFinite(x) && Number.isFinite(y);
}
