export interface BoxSize {
  readonly width: number;
  readonly height: number;
}

/** The top left corner of each box, in the order given. */
export type Corners = ReadonlyArray<{ readonly x: number; readonly y: number }>;

/** Widths that are tried, as shares of that of a rectangle without any gaps. */
const TRIED_WIDTHS = [0.8, 0.9, 1, 1.1, 1.2, 1.35, 1.5, 1.75, 2];

/**
 * Packs boxes without overlap into a rectangle of about this aspect (width ÷ height), as small as a few tries of its width
 * find. Higher boxes come first, each as far up and then left as it fits (the skyline heuristic).
 */
export function packBoxes(boxes: readonly BoxSize[], aspect: number): Corners {
  const order = Array.from(boxes.keys()).sort((a, b) => boxes[b].height - boxes[a].height || boxes[b].width - boxes[a].width || a - b);
  const widest = boxes.reduce((most, { width }) => Math.max(most, width), 0);
  const area = boxes.reduce((sum, { width, height }) => sum + width * height, 0);
  const widths = new Set(TRIED_WIDTHS.map((share) => Math.max(widest, share * Math.sqrt(area * aspect))));
  const packings = Array.from(widths, (width) => packInto(boxes, order, width));
  return packings.reduce((best, packing) => (screenHeight(packing, aspect) < screenHeight(best, aspect) ? packing : best)).corners;
}

interface Packing extends BoxSize {
  readonly corners: Corners;
}

/** The height of the smallest screen of this aspect that shows a packing. */
const screenHeight = ({ width, height }: BoxSize, aspect: number): number => Math.max(width / aspect, height);

/** What is taken from the top, as a line of steps from left to right. */
interface Step {
  readonly x: number;
  readonly width: number;
  readonly y: number;
}

function packInto(boxes: readonly BoxSize[], order: readonly number[], roomWidth: number): Packing {
  const corners: Array<{ x: number; y: number }> = new Array(boxes.length);
  let skyline: readonly Step[] = [{ x: 0, width: roomWidth, y: 0 }];
  let [width, height] = [0, 0];
  for (const b of order) {
    const box = boxes[b];
    const corner = highestPlace(skyline, box.width, roomWidth);
    corners[b] = corner;
    skyline = raised(skyline, { x: corner.x, width: box.width, y: corner.y + box.height });
    width = Math.max(width, corner.x + box.width);
    height = Math.max(height, corner.y + box.height);
  }
  return { corners, width, height };
}

/** Widths are sums of the same numbers added in other orders. */
const ROUNDING = 1e-6;

function highestPlace(skyline: readonly Step[], width: number, roomWidth: number): { x: number; y: number } {
  let best = { x: 0, y: Infinity };
  for (const { x } of skyline) {
    if (x + width > roomWidth + ROUNDING) {
      break;
    }
    const y = skyline.reduce((most, step) => (step.x < x + width - ROUNDING && step.x + step.width > x + ROUNDING ? Math.max(most, step.y) : most), 0);
    best = y < best.y ? { x, y } : best;
  }
  return best;
}

/** The skyline with a box under it. */
function raised(skyline: readonly Step[], box: Step): Step[] {
  const right = box.x + box.width;
  const left = skyline.filter(({ x }) => x < box.x - ROUNDING).map((step) => ({ ...step, width: Math.min(step.width, box.x - step.x) }));
  const rest = skyline.filter((step) => step.x + step.width > right + ROUNDING).map((step) => (step.x < right ? { ...step, x: right, width: step.x + step.width - right } : step));
  return [...left, box, ...rest];
}
