import type { Rect, Viewport } from '../spaces';
import { ellipsis } from './ellipsis';
import type { Ink } from './ink';
import { nodeRect, type MapGeometry } from './map-geometry';
import type { MapModel, MapNode } from './map-model';
import type { MapPalette } from './map-palette';

/** Round the cards of a group, in graph space. */
export const GROUP_PADDING = 18;
/** Above the cards, for the name, which stays readable where the cards have shrunk to plates with badges on their corners. */
export const GROUP_HEADER = 46;
/** From one box to the next below it. */
export const GROUP_GAP = 40;
const FONT_PX = 12;
const NAME_INSET_PX = 8;
const NAME_HEIGHT_PX = 16;
/** Round a name, so that no line touches it. */
const NAME_AIR_PX = 4;

export interface GroupBox {
  readonly group: string;
  readonly rect: Rect;
  readonly memberCount: number;
}

/** Whether a node is drawn in the box of its group; one that stands for a collapsed group is not. */
export const isBoxed = ({ group, memberCount }: MapNode): boolean => group !== undefined && memberCount === undefined;

/** The boxes of the groups that are open, in graph space. */
export function groupBoxes({ nodes }: MapModel, geometry: MapGeometry): GroupBox[] {
  const members = new Map<string, Rect[]>();
  nodes.forEach((node, v) => {
    const { group } = node;
    if (group !== undefined && isBoxed(node)) {
      const rects = members.get(group);
      rects ? rects.push(nodeRect(geometry, v)) : members.set(group, [nodeRect(geometry, v)]);
    }
  });
  return [...members].map(([group, rects]) => ({ group, rect: boxRound(rects), memberCount: rects.length }));
}

function boxRound(rects: readonly Rect[]): Rect {
  const left = rects.reduce((least, { x }) => Math.min(least, x), Infinity) - GROUP_PADDING;
  const top = rects.reduce((least, { y }) => Math.min(least, y), Infinity) - GROUP_HEADER;
  const right = rects.reduce((most, { x, width }) => Math.max(most, x + width), -Infinity) + GROUP_PADDING;
  const bottom = rects.reduce((most, { y, height }) => Math.max(most, y + height), -Infinity) + GROUP_PADDING;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** The group whose header is at a point of graph space. */
export const groupAt = (boxes: readonly GroupBox[], x: number, y: number): string | undefined =>
  boxes.find(({ rect }) => x >= rect.x && x <= rect.x + rect.width && y >= rect.y && y <= rect.y + GROUP_HEADER)?.group;

/** Draws the boxes, which lie behind everything else. In view space. */
export function drawGroupBoxes(ctx: Ink, boxes: readonly GroupBox[], { scale, offsetXPx, offsetYPx }: Viewport, palette: MapPalette): void {
  for (const { rect } of boxes) {
    const [x, y] = [rect.x * scale + offsetXPx, rect.y * scale + offsetYPx];
    ctx.globalAlpha = 0.45;
    ctx.fillStyle = palette.card;
    ctx.strokeStyle = palette.cardBorder;
    ctx.lineWidth = 1;
    ctx.beginPath();
    ctx.roundRect(x, y, rect.width * scale, rect.height * scale, 8);
    ctx.fill();
    ctx.globalAlpha = 1;
    ctx.stroke();
  }
}

/**
 * Writes the names of groups over the edges, at a readable size: in the heads of the boxes, or above boxes that are too small
 * for that. In view space.
 *
 * @returns what they cover
 */
export function drawGroupNames(ctx: Ink, boxes: readonly GroupBox[], { scale, offsetXPx, offsetYPx }: Viewport, palette: MapPalette): Rect[] {
  ctx.textAlign = 'left';
  ctx.textBaseline = 'middle';
  ctx.font = `600 ${FONT_PX}px ${palette.fontFamily}`;
  const headPx = GROUP_HEADER * scale;
  return boxes.map(({ group, rect, memberCount }) => {
    const text = ellipsis(ctx, `▾ ${group} (${memberCount})`, rect.width * scale - 2 * NAME_INSET_PX);
    const x = rect.x * scale + offsetXPx + NAME_INSET_PX;
    const y = rect.y * scale + offsetYPx + (headPx < NAME_HEIGHT_PX ? -NAME_HEIGHT_PX / 2 : headPx / 2);
    const covered = { x: x - NAME_AIR_PX, y: y - NAME_HEIGHT_PX / 2, width: ctx.measureText(text).width + 2 * NAME_AIR_PX, height: NAME_HEIGHT_PX };
    ctx.fillStyle = headPx < NAME_HEIGHT_PX ? palette.background : palette.card;
    ctx.fillRect(covered.x, covered.y, covered.width, covered.height);
    ctx.fillStyle = palette.textFaint;
    ctx.fillText(text, x, y);
    return covered;
  });
}
