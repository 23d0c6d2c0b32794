/** A quantile from a histogram whose buckets end at powers of two, as Tempo estimates it: within a bucket, exponentially. */

export interface Log2Bucket {
  /** The largest value that the bucket holds; the smallest is half of it, exclusive. */
  readonly upper: number;
  readonly count: number;
}

/**
 * @param quantile from 0 to 1
 * @returns the estimate, off by at most a factor of two; 0 for an empty histogram
 */
export function log2Quantile(quantile: number, buckets: readonly Log2Bucket[]): number {
  const sorted = [...buckets].sort((a, b) => a.upper - b.upper);
  const total = sorted.reduce((sum, { count }) => sum + count, 0);
  const wanted = Math.max(1, Math.ceil(quantile * total));
  let below = 0;
  for (const [i, { upper, count }] of sorted.entries()) {
    if (below + count === wanted) {
      return upper;
    }
    if (below + count > wanted) {
      const top = Math.log2(upper);
      const bottom = i > 0 ? Math.log2(sorted[i - 1].upper) : top - 1;
      return 2 ** (bottom + ((top - bottom) * (wanted - below)) / count);
    }
    below += count;
  }
  return 0;
}
