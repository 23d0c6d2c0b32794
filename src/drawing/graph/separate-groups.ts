import { overlap, type Rect } from '../spaces';
import { GROUP_HEADER, GROUP_PADDING, isBoxed } from './group-boxes';
import { SERVICE_MAP_SPACING } from './layered-layout';
import { NODE_HEIGHT, NODE_WIDTH } from './map-geometry';
import type { MapModel } from './map-model';
import type { Place, Places } from './stable-layout';

/** What moves as one: an open group with its box, or a node of none. */
interface Block {
  readonly ids: string[];
  rect: Rect;
}

/**
 * The places with the boxes of groups apart, and strangers out of them: a box that grew moves what it would lie over below
 * it. Nothing else moves.
 */
export function separateGroups(model: MapModel, places: Places): Places {
  if (!model.nodes.some(isBoxed)) {
    return places;
  }
  const moved = new Map(places);
  const settled: Rect[] = [];
  for (const { ids, rect } of blocksOf(model, places).sort((a, b) => a.rect.y - b.rect.y || a.rect.x - b.rect.x)) {
    let free = rect;
    for (let under = lowestUnder(free, settled); under !== undefined; under = lowestUnder(free, settled)) {
      free = { ...free, y: under + SERVICE_MAP_SPACING.rowGap };
    }
    settled.push(free);
    const dy = free.y - rect.y;
    if (dy > 0) {
      ids.forEach((id) => moved.set(id, shifted(places.get(id), dy)));
    }
  }
  return moved;
}

function blocksOf({ nodes }: MapModel, places: Places): Block[] {
  const blocks: Block[] = [];
  const ofGroup = new Map<string, Block>();
  for (const node of nodes) {
    const boxed = isBoxed(node);
    const rect = rectOf(places.get(node.id), boxed);
    const known = boxed && node.group !== undefined ? ofGroup.get(node.group) : undefined;
    if (known) {
      known.ids.push(node.id);
      known.rect = union(known.rect, rect);
    } else {
      const block = { ids: [node.id], rect };
      blocks.push(block);
      if (boxed && node.group !== undefined) {
        ofGroup.set(node.group, block);
      }
    }
  }
  return blocks;
}

/** Of a card, with what the box of its group has round it. */
function rectOf({ x, y }: Place = { x: 0, y: 0 }, boxed: boolean): Rect {
  const [padding, header] = boxed ? [GROUP_PADDING, GROUP_HEADER] : [0, 0];
  return { x: x - NODE_WIDTH / 2 - padding, y: y - NODE_HEIGHT / 2 - header, width: NODE_WIDTH + 2 * padding, height: NODE_HEIGHT + header + padding };
}

/** The bottom of what lies under a rectangle, of the one that reaches down furthest. */
function lowestUnder(rect: Rect, settled: readonly Rect[]): number | undefined {
  const bottoms = settled.filter((other) => overlap(rect, other)).map(({ y, height }) => y + height);
  return bottoms.length > 0 ? Math.max(...bottoms) : undefined;
}

const shifted = ({ x, y }: Place = { x: 0, y: 0 }, dy: number): Place => ({ x, y: y + dy });

function union(a: Rect, b: Rect): Rect {
  const [x, y] = [Math.min(a.x, b.x), Math.min(a.y, b.y)];
  return { x, y, width: Math.max(a.x + a.width, b.x + b.width) - x, height: Math.max(a.y + a.height, b.y + b.height) - y };
}
