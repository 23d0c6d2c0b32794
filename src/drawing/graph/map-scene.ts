import type { MapPicture } from './draw-map';
import { rateWriter } from './figure-labels';
import type { MapPalette } from './map-palette';
import { edgeColour, edgeWeight } from './map-style';

/** How one edge is stroked. */
export interface EdgeInk {
  readonly colour: string;
  /** Whether the colour tells something, rather than being that of any edge. */
  readonly isMarked: boolean;
  /** At scale 1. */
  readonly widthPx: number;
  readonly alpha: number;
  readonly dash: readonly number[];
}

/** What drawing needs to know of a picture and does not depend on the viewport. */
export interface MapScene extends MapInk {
  readonly picture: MapPicture;
}

/** What does not depend on where nodes are either: worked out once a refresh. */
export interface MapInk {
  readonly palette: MapPalette;
  readonly edges: readonly EdgeInk[];
  /** Edge indices from the weakest to the strongest: the strong are drawn over the weak. */
  readonly edgeOrder: Uint32Array;
  /** Those of `edgeOrder` that stand out of the crowd, which is drawn without them as well. */
  readonly prominentOrder: Uint32Array;
  readonly crowdAlpha: number;
  /** Source and target of each edge, node indices. */
  readonly ends: Uint32Array;
  /** Calls that arrive at or leave a node. */
  readonly nodeCalls: Float64Array;
  readonly outgoingCalls: Float64Array;
  /** Node indices, the most important first. */
  readonly nodeOrder: Uint32Array;
  readonly rate: (count: number) => string;
}

/**
 * Edges by how strong they are: all alike where a picture has few; where it has many, as many strong ones as one can follow,
 * the others as a faint crowd. That is of hairlines: thousands of curves wider than a pixel take a second to rasterise.
 */
const STRENGTHS = [
  { upToRank: 60, alpha: 0.9, widestPx: 6 },
  { upToRank: 220, alpha: 0.5, widestPx: 3 },
  { upToRank: 700, alpha: 0.22, widestPx: 1 },
] as const;
const CROWD_RANK = STRENGTHS[STRENGTHS.length - 1].upToRank;
/** More lines are fainter, so that they stay a background. */
const crowdAlpha = (edgeCount: number) => Math.min(0.1, Math.max(0.03, 350 / edgeCount));
/**
 * In a picture of many edges no more than this of a node's on either side are strong ones: a service that everybody calls
 * would bury the others under its lines.
 */
const STRONG_PER_NODE = 10;
/** A marked edge is not lost among thousands. */
const LEAST_MARKED_ALPHA = 0.3;

const GONE_DASH = [7, 6];
const GUESSED_DASH = [2, 5];
const SOLID: readonly number[] = [];

/** @param ends of the geometry that the model is drawn with */
export function mapInk({ model, style, windowS }: Omit<MapPicture, 'geometry'>, ends: Uint32Array, palette: MapPalette): MapInk {
  const { nodes, edges } = model;
  const weights = Float64Array.from(edges, (edge) => edgeWeight(edge, style.edgeWeighting));
  const heaviest = weights.reduce((most, weight) => Math.max(most, weight), 0) || 1;
  const edgeOrder = Uint32Array.from(edges.keys()).sort((a, b) => weights[a] - weights[b] || b - a);
  const nodeCalls = Float64Array.from(nodes, ({ count }) => count);
  const outgoingCalls = new Float64Array(nodes.length);
  edges.forEach(({ count }, e) => {
    nodeCalls[ends[2 * e]] += count;
    outgoingCalls[ends[2 * e]] += count;
  });

  const inks: EdgeInk[] = new Array(edges.length);
  const crowd = { alpha: crowdAlpha(edges.length), widestPx: 1 };
  const ranks = ranksOf(edgeOrder, ends, nodes.length);
  edgeOrder.forEach((e) => {
    const strength = STRENGTHS.find(({ upToRank }) => ranks[e] < upToRank) ?? crowd;
    const colour = edgeColour(edges[e], style, palette);
    inks[e] = {
      colour: colour ?? palette.edge,
      isMarked: colour !== undefined,
      // Square root: ten times the traffic looks about three times as wide, and rare calls stay visible. In quarters of a
      // pixel, so that many edges share a stroke.
      widthPx: Math.min(strength.widestPx, Math.round((1.25 + 4 * Math.sqrt(weights[e] / heaviest)) * 4) / 4),
      alpha: colour === undefined ? strength.alpha : Math.max(LEAST_MARKED_ALPHA, strength.alpha),
      dash: edges[e].change === 'gone' ? GONE_DASH : edges[e].provenance === 'internal' ? GUESSED_DASH : SOLID,
    };
  });

  return {
    palette,
    edges: inks,
    edgeOrder,
    prominentOrder: edgeOrder.filter((e) => ranks[e] < CROWD_RANK || inks[e].isMarked),
    crowdAlpha: crowd.alpha,
    ends,
    nodeCalls,
    outgoingCalls,
    nodeOrder: Uint32Array.from(nodes.keys()).sort((a, b) => nodeCalls[b] - nodeCalls[a] || a - b),
    rate: rateWriter(model, windowS, style),
  };
}

export const hasCrowd = ({ edgeOrder, prominentOrder }: MapInk): boolean => prominentOrder.length < edgeOrder.length;

/** From 0 for the strongest; in a picture of many edges those beyond a node's strongest rank below all others. */
function ranksOf(edgeOrder: Uint32Array, ends: Uint32Array, nodeCount: number): Uint32Array {
  const ranks = new Uint32Array(edgeOrder.length);
  const [leaving, arriving] = [new Uint32Array(nodeCount), new Uint32Array(nodeCount)];
  const most = edgeOrder.length > CROWD_RANK ? STRONG_PER_NODE : Infinity;
  let strong = 0;
  for (let i = edgeOrder.length - 1; i >= 0; i--) {
    const e = edgeOrder[i];
    const isOneOfMany = leaving[ends[2 * e]]++ >= most || arriving[ends[2 * e + 1]]++ >= most;
    ranks[e] = isOneOfMany ? CROWD_RANK : strong++;
  }
  return ranks;
}
