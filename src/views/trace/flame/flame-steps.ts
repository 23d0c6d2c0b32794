/** Moving about a flame graph by key. */
import type { FlameColumns } from '../../../drawing/flame/flame-layout';

export type FlameStep = 'caller' | 'callee' | 'next' | 'previous';

/** The frame a step leads to; the same one where there is none. Callees are in order of their size, the largest first. */
export function stepFrom({ parent, subtreeSize }: FlameColumns, node: number, step: FlameStep): number {
  const up = parent[node];
  switch (step) {
    case 'caller':
      return up < 0 ? node : up;
    case 'callee':
      return subtreeSize[node] > 1 ? node + 1 : node;
    case 'next': {
      const next = node + subtreeSize[node];
      return next < parent.length && parent[next] === up ? next : node;
    }
    case 'previous': {
      let before = node;
      for (let sibling = up < 0 ? 0 : up + 1; sibling < node; sibling += subtreeSize[sibling]) {
        before = sibling;
      }
      return before;
    }
  }
}

/** From the root to the frame. */
export function pathTo({ parent }: FlameColumns, node: number): number[] {
  const path: number[] = [];
  for (let at = node; at >= 0; at = parent[at]) {
    path.push(at);
  }
  return path.reverse();
}
