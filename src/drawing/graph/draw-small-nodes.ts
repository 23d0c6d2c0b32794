/** Nodes of a map that is too small for cards: plates with names, or dots with the names of the most important. In view space. */
import type { Rect, Viewport } from '../spaces';
import { drawFigures } from './draw-figures';
import { drawKindIcon, ICON_HEIGHT } from './draw-kind-icon';
import { ellipsis } from './ellipsis';
import { nodeLabel } from './figure-labels';
import type { Ink } from './ink';
import { LabelRoom } from './label-room';
import { NODE_HEIGHT, NODE_WIDTH } from './map-geometry';
import type { MapArc, MapNode } from './map-model';
import type { MapPalette } from './map-palette';
import type { MapScene } from './map-scene';
import { changeColour, nodeColour } from './map-style';

/** From this scale on a plate has room for most names; nodes are dots below. */
export const PLATES_FROM_SCALE = 0.42;

const PLATE_FONT_PX = 11;
const PLATE_BAR_PX = 3;
/** A plate as high as this has room for figures below the name. */
const FIGURES_FROM_PX = 24;
const FIGURES_FONT_PX = 9.5;
/** Plates wider than this have room for the icon beside a name, or beside figures; on others it is a badge on the corner. */
const ICON_FROM_PX = { besideName: 90, besideFigures: 140 };
const BADGE_RADIUS_PX = 7;

const DOT_RADIUS_PX = { least: 2.5, most: 7 };
const LABEL_FONT_PX = 11;
const LABEL_HEIGHT_PX = 16;
const LABEL_ROOM_PX = 150;
const LEAST_LABEL_PX = 12;
const NAME_AIR_PX = 4;
/** How far names reach beyond the outermost dots: no further than a fitted map is from the rim of the screen. */
const BEYOND_DOTS_PX = 20;
/** Of more nodes than this only the most important are named, one for so much of the picture, so that names do not hide it. */
const ALL_NAMED_UP_TO = 300;
const PX2_PER_LABEL = 16_000;

/**
 * A node as a small card with its name, and its figures where they have room; a bar in the colour of its errors at its left.
 *
 * @param strong those with an outline
 */
export function drawPlates(ctx: Ink, { picture, palette, outgoingCalls, rate }: MapScene, viewport: Viewport, nodes: readonly number[], strong: ReadonlySet<number>): void {
  const { model, geometry, style } = picture;
  const [width, height] = [NODE_WIDTH * viewport.scale, NODE_HEIGHT * viewport.scale];
  for (const v of nodes) {
    const node = model.nodes[v];
    const x = geometry.nodeX[v] * viewport.scale + viewport.offsetXPx - width / 2;
    const y = geometry.nodeY[v] * viewport.scale + viewport.offsetYPx - height / 2;
    ctx.fillStyle = palette.card;
    ctx.strokeStyle = strong.has(v) ? palette.accent : node.change ? changeColour(node.change, palette) : palette.cardBorder;
    ctx.lineWidth = strong.has(v) ? 2 : 1;
    ctx.setLineDash(node.change === 'gone' ? [4, 3] : []);
    ctx.beginPath();
    ctx.roundRect(x, y, width, height, 3);
    ctx.fill();
    ctx.stroke();
    ctx.setLineDash([]);
    drawBar(ctx, node.arcs ?? wholeBar(nodeColour(node, style)), x, y, height);
    ctx.font = `500 ${PLATE_FONT_PX}px ${palette.fontFamily}`;
    const roomPx = width - PLATE_BAR_PX - 8;
    const hasFigures = height >= FIGURES_FROM_PX;
    const iconRoomPx = height * 0.5 + 4;
    // The text says more than the icon: where there is no room for both the icon goes.
    const hasIcon = width >= (hasFigures ? ICON_FROM_PX.besideFigures : ICON_FROM_PX.besideName) && ctx.measureText(node.name).width <= roomPx - iconRoomPx;
    const textXPx = PLATE_BAR_PX + 5 + (hasIcon ? iconRoomPx : 0);
    if (hasIcon) {
      drawKindIcon(ctx, node.kind, x + PLATE_BAR_PX + 4 + height * 0.25, y + height / 2, palette.textFaint, (height * 0.5) / ICON_HEIGHT);
    } else {
      drawBadge(ctx, node, x + 2, y, palette);
    }
    ctx.textAlign = 'left';
    ctx.textBaseline = 'middle';
    ctx.fillStyle = palette.text;
    ctx.fillText(ellipsis(ctx, node.name, width - textXPx - 3), x + textXPx, y + height * (hasFigures ? 0.3 : 0.5));
    if (hasFigures) {
      const place = { x: x + textXPx, y: y + height * 0.73, room: width - textXPx - 3, fontSize: FIGURES_FONT_PX };
      drawFigures(ctx, node, nodeLabel(node, outgoingCalls[v], style, rate), place, style, palette);
    }
  }
}

/** What the ring of a larger card tells, from the bottom up. */
function drawBar(ctx: Ink, parts: ReadonlyArray<Pick<MapArc, 'share' | 'colour'>>, x: number, y: number, height: number): void {
  let bottom = y + height;
  for (const { share, colour } of parts) {
    ctx.fillStyle = colour;
    ctx.fillRect(x, bottom - share * height, PLATE_BAR_PX, share * height);
    bottom -= share * height;
  }
}

const wholeBar = (colour: string | undefined) => (colour ? [{ share: 1, colour }] : []);

function drawBadge(ctx: Ink, { kind }: MapNode, x: number, y: number, palette: MapPalette): void {
  ctx.fillStyle = palette.card;
  ctx.strokeStyle = palette.cardBorder;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.arc(x, y, BADGE_RADIUS_PX, 0, 2 * Math.PI);
  ctx.fill();
  ctx.stroke();
  drawKindIcon(ctx, kind, x, y, palette.text, (BADGE_RADIUS_PX * 1.2) / ICON_HEIGHT);
}

/**
 * Nodes as dots, larger for more calls, in the colour of their errors; names of the most important wherever there is room.
 *
 * @param strong those with an outline, which are named first
 * @param taken what other texts cover
 */
export function drawDots(ctx: Ink, scene: MapScene, viewport: Viewport, nodes: readonly number[], view: Rect, strong: ReadonlySet<number>, taken: readonly Rect[]): void {
  const { picture, palette, nodeCalls } = scene;
  const { model, style } = picture;
  const mostCalls = nodeCalls.reduce((most, calls) => Math.max(most, calls), 1);
  const most = Math.max(DOT_RADIUS_PX.least + 0.5, Math.min(DOT_RADIUS_PX.most, (NODE_HEIGHT * viewport.scale) / 1.5));
  const radius = (v: number) => DOT_RADIUS_PX.least + (most - DOT_RADIUS_PX.least) * Math.sqrt(nodeCalls[v] / mostCalls);
  // A rim in the background's colour keeps dots apart from lines.
  for (const v of nodes) {
    const node = model.nodes[v];
    const [x, y] = placeOf(scene, viewport, v);
    ctx.fillStyle = nodeColour(node, style) ?? (node.change ? changeColour(node.change, palette) : palette.textFaint);
    ctx.strokeStyle = strong.has(v) ? palette.accent : palette.background;
    ctx.lineWidth = strong.has(v) ? 3 : 1;
    ctx.beginPath();
    if (node.kind === 'service') {
      ctx.arc(x, y, radius(v), 0, 2 * Math.PI);
    } else {
      ctx.rect(x - radius(v), y - radius(v), 2 * radius(v), 2 * radius(v));
    }
    ctx.fill();
    ctx.stroke();
  }
  writeNames(ctx, scene, viewport, nodes, view, strong, taken, radius);
}

function writeNames(ctx: Ink, scene: MapScene, viewport: Viewport, nodes: readonly number[], view: Rect, strong: ReadonlySet<number>, taken: readonly Rect[], radius: (v: number) => number): void {
  const { picture, palette, nodeOrder } = scene;
  const nodeCount = nodeOrder.length;
  const isDrawn = new Uint8Array(nodeCount);
  nodes.forEach((v) => (isDrawn[v] = 1));
  const candidates = [...new Set([...strong, ...nodeOrder])].filter((v) => isDrawn[v]);
  let left = nodeCount <= ALL_NAMED_UP_TO ? nodeCount : Math.max(8, Math.floor((view.width * view.height) / PX2_PER_LABEL));
  ctx.font = `500 ${LABEL_FONT_PX}px ${palette.fontFamily}`;
  ctx.textAlign = 'center';
  ctx.textBaseline = 'middle';
  const room = new LabelRoom(LABEL_HEIGHT_PX);
  taken.forEach((rect) => room.take(rect));
  const dots = new LabelRoom(LABEL_HEIGHT_PX);
  const rim = rimOfNames(scene, viewport, view);
  // In a crowd names lie over dots: hardly any would find a place otherwise.
  const keepsOffDots = nodeCount <= ALL_NAMED_UP_TO;
  if (keepsOffDots) {
    nodes.forEach((v) => dots.take(dotRect(placeOf(scene, viewport, v), radius(v))));
  }
  for (const v of candidates) {
    if (left === 0) {
      return;
    }
    const [x, y] = placeOf(scene, viewport, v);
    const below = y + radius(v) + 1;
    // Measuring takes much longer than this, and of many names most find no room.
    const mayBeBelow = room.isFree({ x: x - LEAST_LABEL_PX / 2, y: below, width: LEAST_LABEL_PX, height: LABEL_HEIGHT_PX });
    if (!mayBeBelow && !keepsOffDots) {
      continue;
    }
    const text = ellipsis(ctx, picture.model.nodes[v].name, LABEL_ROOM_PX);
    const width = ctx.measureText(text).width + 6;
    const besideX = x + radius(v) + 1;
    const beside = { x: besideX + width <= rim.rightPx ? besideX : x - radius(v) - 1 - width, y: y - LABEL_HEIGHT_PX / 2, width, height: LABEL_HEIGHT_PX };
    const beneath = { x: Math.min(Math.max(x - width / 2, rim.leftPx), rim.rightPx - width), y: below, width, height: LABEL_HEIGHT_PX };
    // Air beside a name, so that two do not read as one.
    const hasAir = (place: Rect) => room.isFree({ ...place, x: place.x - NAME_AIR_PX, width: width + 2 * NAME_AIR_PX });
    const places = keepsOffDots ? [...[beneath, beside].filter((place) => dots.isFree(place)), beneath] : [beneath];
    const rect = places.find(hasAir);
    if (rect) {
      room.take(rect);
      left--;
      writeName(ctx, text, rect, palette);
    }
  }
}

/** Names stay over the map, so that those at its sides are not cut where the map is painted beyond the screen. */
function rimOfNames({ picture: { geometry } }: MapScene, { scale, offsetXPx }: Viewport, view: Rect): { readonly leftPx: number; readonly rightPx: number } {
  const least = geometry.nodeX.reduce((left, x) => Math.min(left, x), Infinity) * scale + offsetXPx;
  const most = geometry.nodeX.reduce((right, x) => Math.max(right, x), -Infinity) * scale + offsetXPx;
  const beyondPx = Math.max(BEYOND_DOTS_PX, (LABEL_ROOM_PX + 6 - (most - least)) / 2);
  return { leftPx: Math.max(view.x, least - beyondPx), rightPx: Math.min(view.x + view.width, most + beyondPx) };
}

function dotRect([x, y]: readonly [xPx: number, yPx: number], radiusPx: number): Rect {
  return { x: x - radiusPx, y: y - radiusPx, width: 2 * radiusPx, height: 2 * radiusPx };
}

function writeName(ctx: Ink, text: string, rect: Rect, palette: MapPalette): void {
  ctx.globalAlpha = 0.75;
  ctx.fillStyle = palette.background;
  ctx.fillRect(rect.x, rect.y + 1, rect.width, rect.height - 2);
  ctx.globalAlpha = 1;
  ctx.fillStyle = palette.text;
  ctx.fillText(text, rect.x + rect.width / 2, rect.y + LABEL_HEIGHT_PX / 2);
}

function placeOf({ picture: { geometry } }: MapScene, viewport: Viewport, v: number): readonly [xPx: number, yPx: number] {
  return [geometry.nodeX[v] * viewport.scale + viewport.offsetXPx, geometry.nodeY[v] * viewport.scale + viewport.offsetYPx];
}
