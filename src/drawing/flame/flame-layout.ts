/**
 * Lays out merged call paths as a flame graph. A frame is as wide as the self time of its subtree: children never overlap,
 * whether the calls ran one after the other or at the same time, and what is left of a frame is its own time.
 */
export interface FlameColumns {
  /** In depth-first order; below 0 of a root. */
  readonly parent: Int32Array;
  readonly depth: Uint32Array;
  readonly subtreeSize: Uint32Array;
  readonly selfNs: Float64Array;
}

export interface FlameLayout {
  readonly columns: FlameColumns;
  /** Left edge and width of each frame, in ns of self time. */
  readonly xNs: Float64Array;
  readonly widthNs: Float64Array;
  readonly totalNs: number;
  /** Number of levels. */
  readonly depthCount: number;
}

/** Places each path. Siblings keep their order. */
export function flameLayout(columns: FlameColumns): FlameLayout {
  const { parent, depth, selfNs } = columns;
  const widthNs = selfNs.slice();
  for (let node = parent.length - 1; node >= 0; node--) {
    if (parent[node] >= 0) {
      widthNs[parent[node]] += widthNs[node];
    }
  }
  const xNs = new Float64Array(parent.length);
  /** Where the next child of each frame begins. */
  const nextNs = new Float64Array(parent.length);
  let totalNs = 0;
  let depthCount = 0;
  for (let node = 0; node < parent.length; node++) {
    const up = parent[node];
    xNs[node] = nextNs[node] = up < 0 ? totalNs : nextNs[up];
    if (up < 0) {
      totalNs += widthNs[node];
    } else {
      nextNs[up] += widthNs[node];
    }
    depthCount = Math.max(depthCount, depth[node] + 1);
  }
  return { columns, xNs, widthNs, totalNs, depthCount };
}

/** Levels from the top down (icicle), or from the bottom up (flame). */
export type FlameDirection = 'down' | 'up';

export interface FlameView {
  /** The frame that takes the whole width; undefined shows all. */
  readonly zoomed: number | undefined;
  readonly direction: FlameDirection;
  readonly widthPx: number;
  readonly heightPx: number;
  /** From the top of the picture to the top of the canvas. */
  readonly scrollPx: number;
}

export const FRAME_HEIGHT_PX = 20;

export interface FrameBox {
  readonly leftPx: number;
  readonly widthPx: number;
  readonly topPx: number;
}

/** Where a frame lies; the ancestors of the zoomed frame take the whole width as it does. */
export function frameBox({ columns, xNs, widthNs, totalNs, depthCount }: FlameLayout, view: FlameView, node: number): FrameBox {
  const { zoomed } = view;
  const [fromNs, lengthNs] = zoomed === undefined ? [0, totalNs] : [xNs[zoomed], widthNs[zoomed]];
  const scale = view.widthPx / Math.max(1, lengthNs);
  const level = view.direction === 'down' ? columns.depth[node] : depthCount - 1 - columns.depth[node];
  const leftPx = Math.max(0, (xNs[node] - fromNs) * scale);
  const rightPx = Math.min(view.widthPx, (xNs[node] + widthNs[node] - fromNs) * scale);
  return { leftPx, widthPx: rightPx - leftPx, topPx: level * FRAME_HEIGHT_PX - view.scrollPx };
}

/** Frames narrower than this are not told apart. */
export const MIN_FRAME_PX = 0.5;

/**
 * Visits the frames in view. Of those too narrow to see one is visited for each half pixel of a level, marked so, and nothing
 * below it: the cost is that of the pixels, whatever the number of frames.
 */
export function eachFrame(layout: FlameLayout, view: FlameView, visit: (node: number, box: FrameBox, isNarrow: boolean) => void): void {
  const { columns, xNs, widthNs, totalNs } = layout;
  const { zoomed } = view;
  const [fromNs, lengthNs] = zoomed === undefined ? [0, totalNs] : [xNs[zoomed], widthNs[zoomed]];
  const narrowNs = (MIN_FRAME_PX * Math.max(1, lengthNs)) / view.widthPx;
  for (let node = 0; node < columns.parent.length && xNs[node] < fromNs + Math.max(1, lengthNs); ) {
    const box = frameBox(layout, view, node);
    const isNarrow = box.widthPx < MIN_FRAME_PX;
    if (box.widthPx > 0 && box.topPx > -FRAME_HEIGHT_PX && box.topPx < view.heightPx) {
      visit(node, box, isNarrow);
    }
    node = isNarrow ? nextAt(layout, node + columns.subtreeSize[node], Math.max(fromNs, xNs[node] + narrowNs)) : node + 1;
  }
}

/** The first frame from `first` on that reaches beyond a time. Frames are in order of their left edges. */
function nextAt({ columns: { parent }, xNs, widthNs }: FlameLayout, first: number, timeNs: number): number {
  let [low, high] = [first, parent.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (xNs[middle] < timeNs) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  // What begins earlier and reaches beyond holds the last one that begins earlier.
  let next = low;
  for (let node = low - 1; node >= first; node = parent[node]) {
    next = xNs[node] + widthNs[node] > timeNs ? node : next;
  }
  return next;
}

/** The frame at a point. */
export function frameAt(layout: FlameLayout, view: FlameView, xPx: number, yPx: number): number | undefined {
  let found: number | undefined;
  eachFrame(layout, view, (node, { leftPx, widthPx, topPx }, isNarrow) => {
    if (!isNarrow && xPx >= leftPx && xPx < leftPx + widthPx && yPx >= topPx && yPx < topPx + FRAME_HEIGHT_PX) {
      found = node;
    }
  });
  return found;
}
