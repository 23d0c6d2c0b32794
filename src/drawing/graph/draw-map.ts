import type { Rect, Viewport } from '../spaces';
import { drawEdgeLabels } from './draw-edge-labels';
import { drawCrowd, drawEdges } from './draw-edges';
import { drawNode } from './draw-node';
import { drawDots, drawPlates, PLATES_FROM_SCALE } from './draw-small-nodes';
import { nodeLabel } from './figure-labels';
import { drawGroupBoxes, drawGroupNames, type GroupBox } from './group-boxes';
import type { Ink } from './ink';
import { NODE_HEIGHT, NODE_WIDTH, type MapGeometry } from './map-geometry';
import type { MapModel } from './map-model';
import { hasCrowd, type MapScene } from './map-scene';
import type { MapStyle } from './map-style';
import type { MapEmphasis, Neighbourhood } from './neighbourhood';

export interface MapPicture {
  readonly model: MapModel;
  readonly geometry: MapGeometry;
  /** Length of the window the counts come from; rates are counts over it. */
  readonly windowS: number;
  readonly style: MapStyle;
}

/** From this scale on a card's figures can be read: they are about 9 pixels high. */
const CARDS_FROM_SCALE = 0.82;
const NOTHING: ReadonlySet<number> = new Set();

/**
 * Draws what lies under everything else and does not change with the figures: the boxes of groups and, where there are more
 * edges than one can follow, all of them faintly. Into a canvas whose transform is 1 CSS pixel a unit, as all of these.
 *
 * @param view what is drawn of the view space; it may begin left of and above 0
 * @param without a node that is left out with its edges
 */
export function drawBackdrop(ctx: Ink, scene: MapScene, boxes: readonly GroupBox[], viewport: Viewport, view: Rect, without?: number): void {
  drawGroupBoxes(ctx, boxes, viewport, scene.palette);
  if (hasCrowd(scene)) {
    drawCrowd(ctx, scene, viewport, toGraph(view, viewport), edgesWithout(scene, scene.edgeOrder, without));
  }
}

/**
 * Draws the part of the map that a view shows, over its backdrop. Edges lie under nodes, labels and names of groups between
 * them. Nodes are cards, smaller ones plates with a name, the smallest dots.
 *
 * @param without a node that is left out with its edges
 */
export function drawMap(ctx: Ink, scene: MapScene, boxes: readonly GroupBox[], viewport: Viewport, view: Rect, without?: number): void {
  const visible = toGraph(view, viewport);
  drawEdges(ctx, scene, viewport, visible, edgesWithout(scene, scene.prominentOrder, without));
  const names = drawGroupNames(ctx, boxes, viewport, scene.palette);
  drawNodes(ctx, scene, viewport, view, visibleNodes(scene.picture.geometry, visible).filter((v) => v !== without), { taken: names });
}

/** Draws what is brought out, over a map that has faded. */
export function drawEmphasis(ctx: Ink, scene: MapScene, viewport: Viewport, view: Rect, near: Neighbourhood, emphasis: MapEmphasis): void {
  const visible = toGraph(view, viewport);
  drawEdges(ctx, scene, viewport, visible, scene.edgeOrder.filter((e) => near.edges.has(e)), setOf(emphasis.hoveredEdge, emphasis.selectedEdge));
  const nodes = visibleNodes(scene.picture.geometry, visible).filter((v) => near.nodes.has(v));
  drawNodes(ctx, scene, viewport, view, nodes, { labelled: near.edges, strong: setOf(emphasis.focusedNode, emphasis.selectedNode, emphasis.hoveredNode) });
}

interface NodesOptions {
  /** The edges whose labels are drawn under the nodes; all where undefined. */
  readonly labelled?: ReadonlySet<number>;
  /** The nodes with an outline. */
  readonly strong?: ReadonlySet<number>;
  /** What other texts cover already. */
  readonly taken?: readonly Rect[];
}

function drawNodes(ctx: Ink, scene: MapScene, viewport: Viewport, view: Rect, nodes: readonly number[], { labelled, strong = NOTHING, taken = [] }: NodesOptions): void {
  if (viewport.scale < PLATES_FROM_SCALE) {
    drawDots(ctx, scene, viewport, nodes, view, strong, taken);
    return;
  }
  drawEdgeLabels(ctx, scene, viewport, view, labelled, taken);
  (viewport.scale < CARDS_FROM_SCALE ? drawPlates : drawCards)(ctx, scene, viewport, nodes, strong);
}

function drawCards(ctx: Ink, { picture, palette, outgoingCalls, rate }: MapScene, viewport: Viewport, nodes: readonly number[], strong: ReadonlySet<number>): void {
  const { model, geometry, style } = picture;
  ctx.save();
  ctx.translate(viewport.offsetXPx, viewport.offsetYPx);
  ctx.scale(viewport.scale, viewport.scale);
  for (const v of nodes) {
    drawNode(ctx, geometry, v, model.nodes[v], nodeLabel(model.nodes[v], outgoingCalls[v], style, rate), style, palette, strong.has(v));
  }
  ctx.restore();
}

const setOf = (...indices: ReadonlyArray<number | undefined>): Set<number> => new Set(indices.filter((index) => index !== undefined));

const edgesWithout = ({ ends }: MapScene, order: Uint32Array, node: number | undefined): Uint32Array =>
  node === undefined ? order : order.filter((e) => ends[2 * e] !== node && ends[2 * e + 1] !== node);

function visibleNodes({ nodeX, nodeY }: MapGeometry, { x, y, width, height }: Rect): number[] {
  const nodes: number[] = [];
  for (let v = 0; v < nodeX.length; v++) {
    const isVisible = Math.abs(nodeX[v] - x - width / 2) <= (width + NODE_WIDTH) / 2 && Math.abs(nodeY[v] - y - height / 2) <= (height + NODE_HEIGHT) / 2;
    if (isVisible) {
      nodes.push(v);
    }
  }
  return nodes;
}

const toGraph = ({ x, y, width, height }: Rect, { scale, offsetXPx, offsetYPx }: Viewport): Rect => ({
  x: (x - offsetXPx) / scale,
  y: (y - offsetYPx) / scale,
  width: width / scale,
  height: height / scale,
});
