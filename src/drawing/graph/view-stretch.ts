import type { Place } from './stable-layout';

/** How much further apart than in graph space nodes are shown, across and down; cards keep their size. */
export interface Stretch {
  readonly x: number;
  readonly y: number;
}

export const NO_STRETCH: Stretch = { x: 1, y: 1 };

/** More would be gaps. */
const MOST_STRETCH = { x: 2.5, y: 2.2 };

/**
 * The stretch by which a layout uses the room that a view has beside a high picture, or above and below a wide one. Never
 * less than 1, so that nothing overlaps that did not; and no crossing of straight lines comes or goes.
 *
 * @param aspect width ÷ height of the view
 */
export function stretchToView(places: Iterable<Place>, aspect: number): Stretch {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of places) {
    [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
  }
  const ratio = (right - left) / (bottom - top) / aspect;
  // Of a single row or column there is no other extent to use.
  if (!Number.isFinite(ratio) || ratio === 0) {
    return NO_STRETCH;
  }
  return { x: Math.min(MOST_STRETCH.x, Math.max(1, 1 / ratio)), y: Math.min(MOST_STRETCH.y, Math.max(1, ratio)) };
}

/** From graph space to where a node is shown. */
export const stretched = ({ x, y }: Place, stretch: Stretch): Place => ({ x: x * stretch.x, y: y * stretch.y });

/** The way back, for a node that is dragged. */
export const unstretched = ({ x, y }: Place, stretch: Stretch): Place => ({ x: x / stretch.x, y: y / stretch.y });
