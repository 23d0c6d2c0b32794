import { SERVICE_MAP_SPACING, type GraphLayout, type LayeredOptions } from './layered-layout';

/** How much wider than high the grid is: what a screen is. */
const ASPECT = 16 / 9;

/** Nodes in rows from left to right, in the order given, in a rectangle of a screen's proportions. */
export function gridLayout(nodeCount: number, { nodeHeight, rowGap, layerDistance }: LayeredOptions = SERVICE_MAP_SPACING): GraphLayout {
  const rowDistance = nodeHeight + 2 * rowGap;
  const columns = Math.max(1, Math.round(Math.sqrt((nodeCount * ASPECT * rowDistance) / layerDistance)));
  const cell = Array.from({ length: nodeCount }, (_, v) => v);
  return {
    x: Float64Array.from(cell, (v) => (v % columns) * layerDistance),
    y: Float64Array.from(cell, (v) => Math.floor(v / columns) * rowDistance),
  };
}
