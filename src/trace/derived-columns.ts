/** Columns that follow from others: one pass each, because parents precede children and siblings come in start order. */

/** Rows of each subtree, itself included; parents precede children, so one pass backwards is enough. */
export function subtreeSizes(parent: Int32Array): Uint32Array {
  const sizes = new Uint32Array(parent.length).fill(1);
  for (let row = parent.length - 1; row > 0; row--) {
    if (parent[row] >= 0) {
      sizes[parent[row]] += sizes[row];
    }
  }
  return sizes;
}

/** Duration minus what the children cover. Siblings come in start order, so a cursor a parent finds the union of intervals. */
export function selfTimes(parent: Int32Array, startNs: Float64Array, durationNs: Float64Array): Float64Array {
  const self = durationNs.slice();
  const coveredUntil = startNs.slice();
  for (let row = 0; row < parent.length; row++) {
    const up = parent[row];
    if (up >= 0) {
      let from = startNs[row];
      let to = from + durationNs[row];
      const covered = coveredUntil[up];
      const upEnd = startNs[up] + durationNs[up];
      from = from < covered ? covered : from;
      to = to > upEnd ? upEnd : to;
      if (to > from) {
        self[up] -= to - from;
        coveredUntil[up] = to;
      }
    }
  }
  return self;
}
