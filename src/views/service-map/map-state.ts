import type { EdgeColouring, EdgeWeighting } from '../../drawing/graph/map-style';
import type { MapLayoutKind } from '../../drawing/graph/map-layout';

/** A service or a connection, by an id that survives a refresh. */
export interface MapItemId {
  readonly kind: 'node' | 'edge';
  readonly id: string;
}

/** Only what is within so many calls of a service; Infinity for all of them. */
export interface MapFocus {
  readonly nodeId: string;
  /** To callers, to their callers, … */
  readonly upHops: number;
  /** To what it calls, what that calls, … */
  readonly downHops: number;
}

/** What a reader chose to see of a map: a page keeps it in its address, a panel for as long as it is open. */
export interface MapState {
  readonly show: 'map' | 'table';
  /** Expression of what is brought out; empty for nothing. */
  readonly find: string;
  /** Expression of what is left out. */
  readonly hide: string;
  readonly selected: MapItemId | undefined;
  readonly focus: MapFocus | undefined;
  /** Groups drawn as one node. */
  readonly collapsed: readonly string[];
  readonly layout: MapLayoutKind;
  readonly colouring: EdgeColouring;
  readonly weighting: EdgeWeighting;
}

export const INITIAL_MAP_STATE: MapState = {
  show: 'map', find: '', hide: '', selected: undefined, focus: undefined, collapsed: [], layout: 'layered', colouring: 'errors', weighting: 'calls',
};

export type ChangeMapState = (change: Partial<MapState>) => void;
