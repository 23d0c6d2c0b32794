import { forceLayout } from './force-layout';
import { gridLayout } from './grid-layout';
import { layeredLayout, type GraphLayout } from './layered-layout';
import type { Topology } from './topology';

export type MapLayoutKind = 'layered' | 'force' | 'grid';

const LAYOUTS: Readonly<Record<MapLayoutKind, (topology: Topology) => GraphLayout>> = {
  layered: (topology) => layeredLayout(topology),
  force: (topology) => forceLayout(topology),
  grid: ({ nodeCount }) => gridLayout(nodeCount),
};

/** Places of all nodes, laid out afresh. Deterministic: the same topology gives the same places. */
export const layOut = (kind: MapLayoutKind, topology: Topology): GraphLayout => LAYOUTS[kind](topology);
