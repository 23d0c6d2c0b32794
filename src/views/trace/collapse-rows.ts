/** Which rows to collapse: all of a depth, of a service, of a subtree. A mark 1 hides the descendants of its row. */
import type { TraceSet } from '../../trace';

/** The rows of one trace that are below `depth` calls of their root; 1 leaves the roots and their calls. */
export function collapsedToDepth(set: TraceSet, trace: number, depth: number): Uint8Array {
  const { subtreeSize, depth: depths } = set.columns;
  const marks = new Uint8Array(set.spanCount);
  for (let row = set.firstRow(trace); row < set.endRow(trace); row++) {
    marks[row] = subtreeSize[row] > 1 && depths[row] >= depth ? 1 : 0;
  }
  return marks;
}

/** All but the roots and their calls; where no more than these are shown, all but the roots. */
export function collapsedAll(collapsed: Uint8Array, set: TraceSet, trace: number): Uint8Array {
  return collapsedToDepth(set, trace, shownDepth(collapsed, set, trace) > 1 ? 1 : 0);
}

/** Every row of the service as well as what is collapsed already; opens them again where all of them were. */
export function withServiceToggled(collapsed: Uint8Array, set: TraceSet, trace: number, service: number): Uint8Array {
  const { subtreeSize, service: services } = set.columns;
  const marks = collapsed.slice();
  let changed = false;
  for (let row = set.firstRow(trace); row < set.endRow(trace); row++) {
    if (services[row] === service && subtreeSize[row] > 1 && marks[row] === 0) {
      marks[row] = 1;
      changed = true;
    }
  }
  return changed ? marks : marks.map((mark, row) => (services[row] === service ? 0 : mark));
}

/** Everything below a row open, or everything below it and itself collapsed. */
export function withSubtree(collapsed: Uint8Array, set: TraceSet, row: number, isCollapsed: boolean): Uint8Array {
  const { subtreeSize } = set.columns;
  const marks = collapsed.slice();
  for (let each = row; each < row + subtreeSize[row]; each++) {
    marks[each] = isCollapsed && subtreeSize[each] > 1 ? 1 : 0;
  }
  return marks;
}

/** The depth that is shown at most: of the deepest row without a collapsed one above it. */
export function shownDepth(collapsed: Uint8Array, set: TraceSet, trace: number): number {
  const { subtreeSize, depth } = set.columns;
  let deepest = 0;
  for (let row = set.firstRow(trace); row < set.endRow(trace); row += collapsed[row] === 1 ? subtreeSize[row] : 1) {
    deepest = Math.max(deepest, depth[row]);
  }
  return deepest;
}
