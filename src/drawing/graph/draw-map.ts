import type { Viewport } from '../spaces';
import { drawEdge } from './draw-edge';
import { drawEdgeLabels } from './draw-edge-labels';
import { drawNode } from './draw-node';
import { drawOverview, OVERVIEW_SCALE, type Neighbourhood } from './draw-overview';
import { nodeLabel, rateWriter } from './figure-labels';
import type { Ink } from './ink';
import type { MapGeometry } from './map-geometry';
import type { MapPalette } from './map-palette';
import type { MapModel } from './map-model';
import { edgeWeight, type MapStyle } from './map-style';

export interface MapPicture {
  readonly model: MapModel;
  readonly geometry: MapGeometry;
  /** Length of the window the counts come from; rates are counts over it. */
  readonly windowS: number;
  readonly style: MapStyle;
}

/** What the pointer and the selection bring out; indices into the model. */
export interface MapEmphasis {
  readonly hoveredNode?: number;
  readonly hoveredEdge?: number;
  readonly selectedNode?: number;
  readonly selectedEdge?: number;
  /** What a search found; undefined where nothing is searched for. */
  readonly found?: Neighbourhood;
}

const FADED_EDGE_ALPHA = 0.15;
const FADED_NODE_ALPHA = 0.25;

/**
 * Draws the whole map into a canvas whose transform is 1 CSS pixel a unit.
 *
 * Edges lie under nodes, labels between them; a map too small for text is drawn as an overview. While something is emphasised everything it has nothing to do with fades.
 */
export function drawMap(ctx: Ink, picture: MapPicture, viewport: Viewport, palette: MapPalette, emphasis: MapEmphasis): void {
  const { model, geometry, windowS, style } = picture;
  const near = neighbourhood(model, emphasis);
  if (viewport.scale < OVERVIEW_SCALE) {
    drawOverview(ctx, picture, viewport, palette, near);
    return;
  }
  const rate = rateWriter(model, windowS, style);
  const weights = model.edges.map((edge) => edgeWeight(edge, style.edgeWeighting));
  const heaviest = weights.reduce((most, weight) => Math.max(most, weight), 0) || 1;

  ctx.save();
  ctx.translate(viewport.offsetXPx, viewport.offsetYPx);
  ctx.scale(viewport.scale, viewport.scale);
  model.edges.forEach((edge, e) => {
    ctx.globalAlpha = !near || near.edges.has(e) ? 1 : FADED_EDGE_ALPHA;
    drawEdge(ctx, geometry, e, edge, weights[e] / heaviest, style, palette, e === emphasis.hoveredEdge || e === emphasis.selectedEdge);
  });
  ctx.restore();

  ctx.globalAlpha = 1;
  drawEdgeLabels(ctx, picture, viewport, palette, near?.edges, rate);

  ctx.save();
  ctx.translate(viewport.offsetXPx, viewport.offsetYPx);
  ctx.scale(viewport.scale, viewport.scale);
  const outgoing = outgoingCounts(model);
  model.nodes.forEach((node, v) => {
    ctx.globalAlpha = !near || near.nodes.has(v) ? 1 : FADED_NODE_ALPHA;
    const figures = nodeLabel(node, outgoing.get(node.id) ?? 0, style, rate);
    drawNode(ctx, geometry, v, node, figures, style, palette, v === emphasis.selectedNode || v === emphasis.hoveredNode);
  });
  ctx.restore();
}

/** Calls made by each node: all that can be said of one that nobody calls. */
function outgoingCounts({ edges }: MapModel): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { source, count } of edges) {
    counts.set(source, (counts.get(source) ?? 0) + count);
  }
  return counts;
}

/** The emphasised node or edge with what it touches, else what was found; undefined where nothing is emphasised. */
function neighbourhood(model: MapModel, emphasis: MapEmphasis): Neighbourhood | undefined {
  const node = emphasis.hoveredNode ?? emphasis.selectedNode;
  const edge = emphasis.hoveredEdge ?? emphasis.selectedEdge;
  if (node === undefined && edge === undefined) {
    return emphasis.found;
  }
  const near = { nodes: new Set<number>(node === undefined ? [] : [node]), edges: new Set<number>() };
  const index = new Map(model.nodes.map(({ id }, v) => [id, v]));
  model.edges.forEach(({ source, target }, e) => {
    const [s, t] = [index.get(source) ?? -1, index.get(target) ?? -1];
    if (e === edge || (node !== undefined && (s === node || t === node))) {
      near.edges.add(e);
      near.nodes.add(s).add(t);
    }
  });
  return near;
}
