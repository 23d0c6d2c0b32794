import { assignLayers } from './assign-layers';
import { assignRows, evenRows, type RowDistance } from './assign-rows';
import { edgesToReverse } from './break-cycles';
import { connectedComponents } from './connected-components';
import { foldLayers } from './fold-layers';
import { limitLayers } from './limit-layers';
import { orderRows } from './order-rows';
import { packBoxes } from './pack-boxes';
import { settleRows } from './settle-rows';
import { spreadRows } from './spread-rows';
import { StraightCrossings } from './straight-crossings';
import type { Topology } from './topology';

export interface LayeredOptions {
  readonly nodeHeight: number;
  /** Between neighbouring nodes of one layer. */
  readonly rowGap: number;
  /** From one layer's centre to the next. */
  readonly layerDistance: number;
}

export const SERVICE_MAP_SPACING: LayeredOptions = { nodeHeight: 52, rowGap: 30, layerDistance: 330 };

/** Centres of the nodes in graph space. */
export interface GraphLayout {
  readonly x: Float64Array;
  readonly y: Float64Array;
}

/** Most nodes of a layer for each square root of all nodes: keeps the picture of a big graph about as wide as high. */
const NODES_PER_LAYER = 2.3;
/** Graphs up to this size are laid out in several ways, of which the one with the fewest crossings is taken. */
const TRIED_NODES = 150;
/** How often the rows of each way are ordered anew. */
const STARTS_OF_TRIED = 15;
const TRIED: readonly Layering[] = [
  { shortens: true, nodesPerLayer: NODES_PER_LAYER },
  { shortens: false, nodesPerLayer: NODES_PER_LAYER },
  { shortens: true, nodesPerLayer: 1.5 },
];

interface Layering {
  readonly shortens: boolean;
  readonly nodesPerLayer: number;
}

/** What the room for a map is like, on pages and in panels; what differs is stretched when the map is shown. */
export const SCREEN_ASPECT = 2.1;

/**
 * Left-to-right layered layout (Sugiyama's scheme): callers left of what they call.
 *
 * Deterministic: the same topology gives the same places. Parts that do not hang together are laid out each for itself and packed.
 */
export function layeredLayout(topology: Topology, options: LayeredOptions = SERVICE_MAP_SPACING): GraphLayout {
  const x = new Float64Array(topology.nodeCount);
  const y = new Float64Array(topology.nodeCount);
  const components = connectedComponents(topology);
  const parts = subgraphs(topology, components).map((part) => layOutPart(withoutCycles(part), options));
  // A card and the gap to the next one, on either side the same.
  const rowHeight = options.nodeHeight + options.rowGap;
  const boxes = parts.map((part) => ({ width: extent(part.x) + options.layerDistance, height: extent(part.y) + rowHeight }));
  const corners = packBoxes(boxes, SCREEN_ASPECT);
  parts.forEach((part, p) => {
    const [left, top] = [least(part.x), least(part.y)];
    components[p].forEach((v, i) => {
      x[v] = corners[p].x + part.x[i] - left;
      y[v] = corners[p].y + part.y[i] - top;
    });
  });
  return { x, y };
}

const least = (values: Float64Array): number => values.reduce((min, value) => Math.min(min, value), Infinity);
const extent = (values: Float64Array): number => values.reduce((max, value) => Math.max(max, value), -Infinity) - least(values);

interface Picture extends GraphLayout {
  readonly crossings: number;
}

/** @param acyclic hangs together */
function layOutPart(acyclic: Topology, options: LayeredOptions): GraphLayout {
  const isTried = acyclic.nodeCount <= TRIED_NODES;
  const pictures = TRIED.slice(0, isTried ? TRIED.length : 1).map(({ shortens, nodesPerLayer }) => {
    const limit = evenLimit(acyclic.nodeCount, Math.max(8, Math.ceil(nodesPerLayer * Math.sqrt(acyclic.nodeCount))));
    const layer = limitLayers(acyclic, assignLayers(acyclic, shortens), limit);
    return drawLayers(acyclic, layer, options, isTried ? STARTS_OF_TRIED : undefined);
  });
  return pictures.reduce((best, picture) => (picture.crossings < best.crossings ? picture : best));
}

/** Up to this size layers that are filled evenly cost no crossings. */
const EVEN_NODES = 300;

/** The least limit with as many layers where all are full: two hundred leaves of one service are then not six full columns and a rest. */
const evenLimit = (nodeCount: number, limit: number): number => (nodeCount <= EVEN_NODES ? Math.ceil(nodeCount / Math.ceil(nodeCount / limit)) : limit);

/** Rows of all layers; a graph that is much wider than a screen is folded into bands, of which every other one runs back. */
function drawLayers(acyclic: Topology, layer: Uint32Array, options: LayeredOptions, starts: number | undefined): Picture {
  const rowHeight = options.nodeHeight + options.rowGap;
  const bands = foldLayers(acyclic, layer, options.layerDistance / rowHeight, SCREEN_ASPECT);
  const longest = bands.reduce((most, { from, to }) => Math.max(most, to - from), 0);
  const x = new Float64Array(acyclic.nodeCount);
  const y = new Float64Array(acyclic.nodeCount);
  const nodesOf = bands.map(({ from, to }) => Array.from(layer.keys()).filter((v) => layer[v] >= from && layer[v] < to));
  let top = 0;
  let crossings = 0;
  subgraphs(acyclic, nodesOf).forEach((part, b) => {
    const inBand = Uint32Array.from(nodesOf[b], (v) => layer[v] - bands[b].from);
    const { rows, layers, crossings: found } = chooseRows(part, inBand, () => rowHeight, starts);
    if (part.nodeCount > TRIED_NODES) {
      spreadRows(rows, layers, found);
    }
    const highest = least(rows);
    nodesOf[b].forEach((v, i) => {
      x[v] = (b % 2 === 0 ? inBand[i] : longest - 1 - inBand[i]) * options.layerDistance;
      y[v] = top + rows[i] - highest;
    });
    top += extent(rows) + rowHeight + options.rowGap;
    crossings += found.total();
  });
  return { x, y, crossings };
}

/** The graphs of some sets of nodes, none in two of them: nodes numbered anew in the order given, edges that have both ends in a set. */
function subgraphs({ nodeCount, edgeSource, edgeTarget }: Topology, sets: ReadonlyArray<readonly number[]>): Topology[] {
  const setOf = new Uint32Array(nodeCount);
  const number = new Uint32Array(nodeCount);
  sets.forEach((nodes, s) => nodes.forEach((v, i) => ((setOf[v] = s), (number[v] = i))));
  const edges: number[][] = sets.map(() => []);
  edgeSource.forEach((v, e) => setOf[v] === setOf[edgeTarget[e]] && edges[setOf[v]].push(e));
  return sets.map((nodes, s) => ({
    nodeCount: nodes.length,
    edgeSource: Uint32Array.from(edges[s], (e) => number[edgeSource[e]]),
    edgeTarget: Uint32Array.from(edges[s], (e) => number[edgeTarget[e]]),
  }));
}

export interface Rows {
  /** Centre of each node. */
  readonly rows: Float64Array;
  /** The nodes of each layer from top to bottom. */
  readonly layers: readonly Uint32Array[];
  /** Counts at these rows. */
  readonly crossings: StraightCrossings;
}

/** Rows near their neighbours, which are the nicer ones, unless rows at equal distances cross fewer edges; then free places are used. */
export function chooseRows(acyclic: Topology, layer: Uint32Array, distance: RowDistance, starts?: number): Rows {
  const order = orderRows(acyclic, layer, starts);
  const [near, even] = [assignRows(acyclic, order, distance), evenRows(acyclic.nodeCount, order, distance)].map((y) => {
    const crossings = new StraightCrossings(acyclic, layer, y);
    return { y, crossings, total: crossings.total() };
  });
  const { y: rows, crossings } = near.total <= even.total ? near : even;
  settleRows(rows, order, crossings, distance);
  return { rows, layers: order, crossings };
}

/** The graph without calls of nodes to themselves, and with edges against the flow turned round. */
export function withoutCycles({ nodeCount, edgeSource, edgeTarget }: Topology): Topology {
  const kept = Array.from(edgeSource.keys()).filter((e) => edgeSource[e] !== edgeTarget[e]);
  const source = Uint32Array.from(kept, (e) => edgeSource[e]);
  const target = Uint32Array.from(kept, (e) => edgeTarget[e]);
  const reverse = edgesToReverse({ nodeCount, edgeSource: source, edgeTarget: target });
  return {
    nodeCount,
    edgeSource: source.map((v, e) => (reverse[e] ? target[e] : v)),
    edgeTarget: target.map((v, e) => (reverse[e] ? source[e] : v)),
  };
}
