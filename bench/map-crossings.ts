/** Crossings of a picture whose edges are straight lines from centre to centre. */
import type { Topology } from '../src/drawing/graph/topology';
import type { GraphLayout } from '../src/drawing/graph/layered-layout';

/** Pairs of edges that properly cross; edges with a common end do not count. */
export function straightLineCrossings({ edgeSource, edgeTarget }: Topology, { x, y }: GraphLayout): number {
  const side = (a: number, b: number, c: number) => Math.sign((x[b] - x[a]) * (y[c] - y[a]) - (y[b] - y[a]) * (x[c] - x[a]));
  let crossings = 0;
  for (let e = 0; e < edgeSource.length; e++) {
    const [a, b] = [edgeSource[e], edgeTarget[e]];
    for (let f = e + 1; f < edgeSource.length; f++) {
      const [c, d] = [edgeSource[f], edgeTarget[f]];
      const joined = a === c || a === d || b === c || b === d;
      if (!joined && side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0) {
        crossings++;
      }
    }
  }
  return crossings;
}
