import type { GraphLayout, LayeredOptions } from './layered-layout';
import { NODE_WIDTH } from './map-geometry';

/** Between two cards beside each other. */
const GAP_X = 40;
const PASSES = 60;

/** Pushes overlapping cards apart, each pair along the shorter way, until none overlaps. Neighbours are found by a grid. */
export function separateCards({ x, y }: GraphLayout, { nodeHeight, rowGap }: LayeredOptions): GraphLayout {
  const [cellWidth, cellHeight] = [NODE_WIDTH + GAP_X, nodeHeight + rowGap];
  for (let pass = 0; pass < PASSES; pass++) {
    const cells = cellsOf(x, y, cellWidth, cellHeight);
    let moved = false;
    for (const [key, nodes] of cells) {
      const [column, row] = cellAt(key);
      // Half of the neighbours: the other half look this way.
      for (const [dc, dr] of [[0, 0], [1, 0], [-1, 1], [0, 1], [1, 1]]) {
        const others = dc === 0 && dr === 0 ? nodes : cells.get(cellKey(column + dc, row + dr));
        others?.forEach((w) => nodes.forEach((v) => (moved = ((dc !== 0 || dr !== 0 || v < w) && separate(v, w, x, y, cellWidth, cellHeight)) || moved)));
      }
    }
    if (!moved) {
      break;
    }
  }
  return { x, y };
}

function separate(v: number, w: number, x: Float64Array, y: Float64Array, width: number, height: number): boolean {
  const [dx, dy] = [x[w] - x[v], y[w] - y[v]];
  const [overlapX, overlapY] = [width - Math.abs(dx), height - Math.abs(dy)];
  if (overlapX <= 1e-6 || overlapY <= 1e-6) {
    return false;
  }
  if (overlapY * (width / height) <= overlapX || dx === 0) {
    const shift = (overlapY / 2) * (dy > 0 || (dy === 0 && v < w) ? 1 : -1);
    y[v] -= shift;
    y[w] += shift;
  } else {
    const shift = (overlapX / 2) * Math.sign(dx);
    x[v] -= shift;
    x[w] += shift;
  }
  return true;
}

/** Columns and rows of a map are few thousands: one number holds both. */
const ROWS = 1 << 20;
const cellKey = (column: number, row: number): number => column * ROWS + row + ROWS / 2;
const cellAt = (key: number): readonly [number, number] => {
  const column = Math.floor(key / ROWS);
  return [column, key - column * ROWS - ROWS / 2];
};

function cellsOf(x: Float64Array, y: Float64Array, width: number, height: number): Map<number, number[]> {
  const cells = new Map<number, number[]>();
  for (let v = 0; v < x.length; v++) {
    const key = cellKey(Math.floor(x[v] / width), Math.floor(y[v] / height));
    const cell = cells.get(key);
    cell ? cell.push(v) : cells.set(key, [v]);
  }
  return cells;
}
