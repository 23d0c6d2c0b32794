/**
 * How many pairs of segments between two neighbouring layers cross, by counting inversions in a Fenwick tree:
 * O(s log n) (Barth, Mutzel and Jünger, 2004).
 *
 * @param sourcePosition position of each segment's left end in its layer
 * @param targetPosition position of each segment's right end in its layer
 */
export function countCrossings(sourcePosition: ArrayLike<number>, targetPosition: ArrayLike<number>): number {
  const segments = Array.from({ length: sourcePosition.length }, (_, s) => s).sort(
    (a, b) => sourcePosition[a] - sourcePosition[b] || targetPosition[a] - targetPosition[b]
  );
  let width = 1;
  for (const s of segments) {
    width = Math.max(width, targetPosition[s] + 1);
  }
  const tree = new Uint32Array(width + 1);
  let crossings = 0;
  for (let seen = 0; seen < segments.length; seen++) {
    const position = targetPosition[segments[seen]] + 1;
    let notAbove = 0;
    for (let i = position; i > 0; i -= i & -i) {
      notAbove += tree[i];
    }
    crossings += seen - notAbove;
    for (let i = position; i <= width; i += i & -i) {
      tree[i]++;
    }
  }
  return crossings;
}
