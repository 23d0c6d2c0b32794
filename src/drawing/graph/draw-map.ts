import type { Rect, Viewport } from '../spaces';
import { drawEdgeLabels } from './draw-edge-labels';
import { drawEdges } from './draw-edges';
import { drawNode } from './draw-node';
import { drawDots, drawPlates, PLATES_FROM_SCALE, type NodeEmphasis } from './draw-small-nodes';
import { nodeLabel } from './figure-labels';
import type { Ink } from './ink';
import { NODE_HEIGHT, NODE_WIDTH, type MapGeometry } from './map-geometry';
import type { MapModel } from './map-model';
import { edgesOfPart, type MapPart } from './map-part';
import type { MapScene } from './map-scene';
import type { MapStyle } from './map-style';
import { neighbourhoodOf, type MapEmphasis } from './neighbourhood';

export interface MapPicture {
  readonly model: MapModel;
  readonly geometry: MapGeometry;
  /** Length of the window the counts come from; rates are counts over it. */
  readonly windowS: number;
  readonly style: MapStyle;
}

/** From this scale on a card's figures can be read: they are about 9 pixels high. */
const CARDS_FROM_SCALE = 0.82;

/**
 * Draws the part of the map that a view shows into a canvas whose transform is 1 CSS pixel a unit.
 *
 * Edges lie under nodes, labels between them. Nodes are cards, smaller ones plates with a name, the smallest dots. While
 * something is emphasised everything it has nothing to do with fades.
 *
 * @param view what is drawn of the view space; it may begin left of and above 0
 * @param part all of the map where undefined
 */
export function drawMap(ctx: Ink, whole: MapScene, viewport: Viewport, view: Rect, emphasis: MapEmphasis, part?: MapPart): void {
  const scene = part ? { ...whole, edgeOrder: edgesOfPart(whole, part) } : whole;
  const { picture } = scene;
  const near = neighbourhoodOf(scene, emphasis);
  const visible = toGraph(view, viewport);
  drawEdges(ctx, scene, viewport, visible, near?.edges, setOf(emphasis.hoveredEdge, emphasis.selectedEdge));
  const nodes = visibleNodes(picture.geometry, visible).filter((v) => !part || (v === part.node) === (part.kind === 'only'));
  const nodeEmphasis = { near: near?.nodes, strong: setOf(emphasis.focusedNode, emphasis.selectedNode, emphasis.hoveredNode) };
  if (viewport.scale >= CARDS_FROM_SCALE) {
    drawEdgeLabels(ctx, scene, viewport, view, near?.edges);
    drawCards(ctx, scene, viewport, nodes, nodeEmphasis);
  } else if (viewport.scale >= PLATES_FROM_SCALE) {
    drawEdgeLabels(ctx, scene, viewport, view, near?.edges);
    drawPlates(ctx, scene, viewport, nodes, nodeEmphasis);
  } else {
    drawDots(ctx, scene, viewport, nodes, view, nodeEmphasis);
  }
  ctx.globalAlpha = 1;
}

function drawCards(ctx: Ink, { picture, palette, outgoingCalls, rate }: MapScene, viewport: Viewport, nodes: readonly number[], { near, strong }: NodeEmphasis): void {
  const { model, geometry, style } = picture;
  ctx.save();
  ctx.translate(viewport.offsetXPx, viewport.offsetYPx);
  ctx.scale(viewport.scale, viewport.scale);
  for (const v of nodes) {
    ctx.globalAlpha = !near || near.has(v) ? 1 : 0.25;
    drawNode(ctx, geometry, v, model.nodes[v], nodeLabel(model.nodes[v], outgoingCalls[v], style, rate), style, palette, strong.has(v));
  }
  ctx.restore();
}

const setOf = (...indices: ReadonlyArray<number | undefined>): Set<number> => new Set(indices.filter((index) => index !== undefined));

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
