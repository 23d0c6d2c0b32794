/**
 * A Prometheus classic histogram: cumulative counts by upper bound, mergeable by addition. Quantiles are interpolated in their
 * bucket as `histogram_quantile` does, so they are as coarse as the buckets.
 */
export class LatencyBuckets {
  /** Upper bound in seconds (`le`) → calls up to it. */
  private readonly upTo = new Map<number, number>();
  private sumS = 0;

  /** @param le as the label says it: "0.5", "+Inf" */
  add(le: string, count: number): void {
    const boundS = le === '+Inf' ? Infinity : Number(le);
    if (le !== '' && !Number.isNaN(boundS)) {
      this.upTo.set(boundS, (this.upTo.get(boundS) ?? 0) + count);
    }
  }

  addSum(seconds: number): void {
    this.sumS += seconds;
  }

  merge(other: LatencyBuckets): this {
    // Histograms of one metric have one set of bounds.
    other.upTo.forEach((count, boundS) => this.upTo.set(boundS, (this.upTo.get(boundS) ?? 0) + count));
    this.sumS += other.sumS;
    return this;
  }

  get count(): number {
    return this.upTo.get(Infinity) ?? 0;
  }

  /** In ns; undefined where nothing was counted, or no sum is kept. */
  get meanNs(): number | undefined {
    return this.count > 0 && this.sumS > 0 ? (this.sumS / this.count) * 1e9 : undefined;
  }

  /** In ns; the highest finite bound where the quantile lies beyond it; undefined where nothing was counted. */
  quantileNs(q: number): number | undefined {
    const bounds = [...this.upTo.keys()].sort((a, b) => a - b);
    if (!(this.count > 0) || bounds.length < 2) {
      return undefined;
    }
    const rank = q * this.count;
    let [lowerS, below] = [0, 0];
    for (const boundS of bounds) {
      // Scrapes of a histogram are not atomic, so that counts may seem to fall.
      const count = Math.max(below, this.upTo.get(boundS) ?? 0);
      if (boundS === Infinity) {
        return lowerS * 1e9;
      }
      if (count >= rank && count > below) {
        return (lowerS + ((boundS - lowerS) * (rank - below)) / (count - below)) * 1e9;
      }
      [lowerS, below] = [boundS, count];
    }
    return undefined;
  }
}
