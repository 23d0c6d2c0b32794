/** Puts call paths into depth-first order, siblings by their total time, the longest first. */
import type { PathNodes } from './path-nodes';

export interface PathOrder {
  /** Position of each node. */
  readonly position: Uint32Array;
  /** Nodes of the subtree, itself included, by node. */
  readonly subtreeSize: Uint32Array;
}

/** Parents come before children in the numbering, so a pass backwards sums up and one forwards places: nothing recurses. */
export function pathOrder(nodes: PathNodes): PathOrder {
  const { size, totalNs } = nodes;
  const position = new Uint32Array(size);
  const subtreeSize = subtreeSizes(nodes);
  const { first, children } = childLists(nodes);
  // The roots are the children of node -1, whose list is in front of all others.
  for (let node = -1; node < size; node++) {
    if (node >= 0 && subtreeSize[node] === 1) {
      continue;
    }
    const to = first[node + 2];
    sortByTotal(children, first[node + 1], to, totalNs);
    let next = node < 0 ? 0 : position[node] + 1;
    for (let at = first[node + 1]; at < to; at++) {
      position[children[at]] = next;
      next += subtreeSize[children[at]];
    }
  }
  return { position, subtreeSize };
}

function subtreeSizes({ size, parent }: PathNodes): Uint32Array {
  const sizes = new Uint32Array(size).fill(1);
  for (let node = size - 1; node >= 0; node--) {
    if (parent[node] >= 0) {
      sizes[parent[node]] += sizes[node];
    }
  }
  return sizes;
}

/** Children end to end: those of `node` are children[first[node + 1], first[node + 2]), in order of their numbers. */
function childLists({ size, parent }: PathNodes): { readonly first: Uint32Array; readonly children: Uint32Array } {
  const first = new Uint32Array(size + 2);
  for (let node = 0; node < size; node++) {
    first[parent[node] + 1]++;
  }
  for (let list = 1; list < first.length; list++) {
    first[list] += first[list - 1];
  }
  // Filled from the ends, after which each end has become the list's beginning.
  const children = new Uint32Array(size);
  for (let node = size - 1; node >= 0; node--) {
    children[--first[parent[node] + 1]] = node;
  }
  return { first, children };
}

/** Few siblings, the usual case, are sorted in place; from here on the platform's sort wins. */
const INSERTION_SORT_UP_TO = 24;

/** Sorts list[from, to), the longest first, equals by number. */
function sortByTotal(list: Uint32Array, from: number, to: number, totalNs: Float64Array): void {
  if (to - from > INSERTION_SORT_UP_TO) {
    list.subarray(from, to).sort((a, b) => totalNs[b] - totalNs[a] || a - b);
    return;
  }
  for (let at = from + 1; at < to; at++) {
    const node = list[at];
    let hole = at;
    for (; hole > from && totalNs[list[hole - 1]] < totalNs[node]; hole--) {
      list[hole] = list[hole - 1];
    }
    list[hole] = node;
  }
}
