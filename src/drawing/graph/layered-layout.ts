import { assignLayers } from './assign-layers';
import { assignRows, evenRows, type RowDistance } from './assign-rows';
import { edgesToReverse } from './break-cycles';
import { limitLayers } from './limit-layers';
import { orderRows } from './order-rows';
import { settleRows } from './settle-rows';
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

/**
 * Left-to-right layered layout (Sugiyama's scheme): callers left of what they call.
 *
 * Deterministic: the same topology gives the same places. Nodes without any edge are set in rows below the rest.
 */
export function layeredLayout(topology: Topology, options: LayeredOptions = SERVICE_MAP_SPACING): GraphLayout {
  const { joined, isolated } = splitByEdges(topology);
  const x = new Float64Array(topology.nodeCount);
  const y = new Float64Array(topology.nodeCount);
  placeJoined(topology, joined, x, y, options);
  placeIsolated(isolated, joined, x, y, options);
  stretchToScreen(x, y);
  return { x, y };
}

/** What the room for a map is like, in panels and on pages, and how far a picture is stretched to be like it: more would be gaps. */
const SCREEN_ASPECT = { least: 2.1, most: 3 };
const MOST_STRETCH = { x: 2.5, y: 2.2 };

/** Uses the room that a screen has beside a high picture, or above and below a wide one; no crossing comes or goes. */
function stretchToScreen(x: Float64Array, y: Float64Array): void {
  const aspect = extent(x) / extent(y);
  if (!Number.isFinite(aspect) || aspect === 0) {
    return;
  }
  const stretchX = Math.min(MOST_STRETCH.x, Math.max(1, SCREEN_ASPECT.least / aspect));
  const stretchY = Math.min(MOST_STRETCH.y, Math.max(1, aspect / SCREEN_ASPECT.most));
  x.forEach((value, v) => (x[v] = value * stretchX));
  y.forEach((value, v) => (y[v] = value * stretchY));
}

const extent = (values: Float64Array): number => values.reduce((most, value) => Math.max(most, value), -Infinity) - values.reduce((least, value) => Math.min(least, value), Infinity);

/** A call of a service to itself does not join it to anything. */
function splitByEdges({ nodeCount, edgeSource, edgeTarget }: Topology): { joined: number[]; isolated: number[] } {
  const hasEdge = new Uint8Array(nodeCount);
  edgeSource.forEach((v, e) => {
    if (v !== edgeTarget[e]) {
      hasEdge[v] = hasEdge[edgeTarget[e]] = 1;
    }
  });
  const nodes = Array.from({ length: nodeCount }, (_, v) => v);
  return { joined: nodes.filter((v) => hasEdge[v]), isolated: nodes.filter((v) => !hasEdge[v]) };
}

function placeJoined(topology: Topology, joined: readonly number[], x: Float64Array, y: Float64Array, options: LayeredOptions): void {
  const acyclic = withoutCycles(topology, joined);
  const tried = TRIED.slice(0, joined.length <= TRIED_NODES ? TRIED.length : 1);
  const pictures = tried.map(({ shortens, nodesPerLayer }) => {
    const limit = Math.max(8, Math.ceil(nodesPerLayer * Math.sqrt(joined.length)));
    const layer = limitLayers(acyclic, assignLayers(acyclic, shortens), limit);
    return { layer, ...chooseRows(acyclic, layer, () => options.nodeHeight + options.rowGap, tried.length > 1 ? STARTS_OF_TRIED : undefined) };
  });
  const { layer, rows } = pictures.reduce((best, picture) => (picture.crossings.total() < best.crossings.total() ? picture : best));
  joined.forEach((v, i) => {
    x[v] = layer[i] * options.layerDistance;
    y[v] = rows[i];
  });
}

export interface Rows {
  /** Centre of each node. */
  readonly rows: Float64Array;
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
  return { rows, crossings };
}

/** The joined nodes, numbered anew, with edges against the flow turned round. */
export function withoutCycles({ nodeCount, edgeSource, edgeTarget }: Topology, joined: readonly number[]): Topology {
  const number = new Uint32Array(nodeCount);
  joined.forEach((v, i) => (number[v] = i));
  const kept = Array.from(edgeSource.keys()).filter((e) => edgeSource[e] !== edgeTarget[e]);
  const source = Uint32Array.from(kept, (e) => number[edgeSource[e]]);
  const target = Uint32Array.from(kept, (e) => number[edgeTarget[e]]);
  const reverse = edgesToReverse({ nodeCount: joined.length, edgeSource: source, edgeTarget: target });
  return {
    nodeCount: joined.length,
    edgeSource: source.map((v, e) => (reverse[e] ? target[e] : v)),
    edgeTarget: target.map((v, e) => (reverse[e] ? source[e] : v)),
  };
}

function placeIsolated(isolated: readonly number[], joined: readonly number[], x: Float64Array, y: Float64Array, options: LayeredOptions): void {
  const rowHeight = options.nodeHeight + options.rowGap;
  const right = joined.reduce((most, v) => Math.max(most, x[v]), 0);
  const top = joined.reduce((most, v) => Math.max(most, y[v] + rowHeight + options.rowGap), 0);
  const columns = joined.length > 0 ? Math.round(right / options.layerDistance) + 1 : Math.ceil(Math.sqrt(isolated.length));
  isolated.forEach((v, i) => {
    x[v] = (i % columns) * options.layerDistance;
    y[v] = top + Math.floor(i / columns) * rowHeight;
  });
}
