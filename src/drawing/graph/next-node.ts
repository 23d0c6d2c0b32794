import type { MapScene } from './map-scene';

export type Direction = 'left' | 'right' | 'up' | 'down';

/** How much more a step aside costs than one ahead. */
const ASIDE = 2.5;

/**
 * Where an arrow key leads from a node: along an edge where one leads that way, else to the nearest node that way.
 * Undefined at the rim of the map; without a start the most important node.
 */
export function nextNode(scene: MapScene, from: number | undefined, direction: Direction): number | undefined {
  if (from === undefined) {
    return scene.nodeOrder[0];
  }
  const neighbours = new Set<number>();
  for (let e = 0; e < scene.ends.length; e += 2) {
    const [source, target] = [scene.ends[e], scene.ends[e + 1]];
    if (source === from) {
      neighbours.add(target);
    } else if (target === from) {
      neighbours.add(source);
    }
  }
  return nearest(scene, from, direction, neighbours) ?? nearest(scene, from, direction, scene.nodeOrder);
}

function nearest({ picture: { geometry } }: MapScene, from: number, direction: Direction, candidates: Iterable<number>): number | undefined {
  const { nodeX, nodeY } = geometry;
  let best: number | undefined;
  let least = Infinity;
  for (const v of candidates) {
    const [dx, dy] = [nodeX[v] - nodeX[from], nodeY[v] - nodeY[from]];
    const [ahead, aside] = { right: [dx, dy], left: [-dx, dy], down: [dy, dx], up: [-dy, dx] }[direction];
    const cost = ahead + ASIDE * Math.abs(aside);
    // Columns are further apart than rows: what lies mostly aside is not ahead.
    const isAhead = ahead > 1 && Math.abs(aside) <= ahead * 6;
    if (v !== from && isAhead && (cost < least || (cost === least && v < (best ?? Infinity)))) {
      least = cost;
      best = v;
    }
  }
  return best;
}
