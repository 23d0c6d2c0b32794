import { forceLayout } from './force-layout';
import { gridLayout } from './grid-layout';
import { groupedLayout } from './grouped-layout';
import { layeredLayout, type GraphLayout } from './layered-layout';
import type { Topology } from './topology';

export type MapLayoutKind = 'layered' | 'force' | 'grid';

/**
 * @param groupOf number of each node's group; -1 for none
 */
type Layout = (topology: Topology, groupOf: Int32Array) => GraphLayout;

const LAYOUTS: Readonly<Record<MapLayoutKind, Layout>> = {
  layered: (topology, groupOf) => (groupOf.some((group) => group >= 0) ? groupedLayout(topology, groupOf) : layeredLayout(topology)),
  force: (topology) => forceLayout(topology),
  grid: ({ nodeCount }) => gridLayout(nodeCount),
};

/** Places of all nodes, laid out afresh. Deterministic: the same topology gives the same places. Only the layered layout keeps groups together. */
export const layOut = (kind: MapLayoutKind, topology: Topology, groupOf: Int32Array = new Int32Array(topology.nodeCount).fill(-1)): GraphLayout => LAYOUTS[kind](topology, groupOf);
