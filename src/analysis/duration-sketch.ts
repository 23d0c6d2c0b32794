/**
 * Quantiles of durations within 1 % relative error, mergeable: counts in logarithmic bins (the idea of DDSketch, Masson,
 * Rim and Lee, VLDB 2019). Durations are whole nanoseconds from 0 to 2^53, so about 1,850 bins are enough and never collapse.
 */
const RELATIVE_ERROR = 0.01;
const GAMMA = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
const BINS_A_UNIT = 1 / Math.log(GAMMA);

export class DurationSketch {
  count = 0;
  sumNs = 0;
  minNs = Infinity;
  maxNs = 0;
  /** Counts of bin i: durations in (GAMMA^(i-1), GAMMA^i] ns; bin 0 holds 0 and 1 ns. Grows to the largest bin seen. */
  private bins = new Uint32Array(0);

  add(durationNs: number): void {
    const bin = durationNs <= 1 ? 0 : Math.ceil(Math.log(durationNs) * BINS_A_UNIT);
    this.reserve(bin);
    this.bins[bin]++;
    this.count++;
    this.sumNs += durationNs;
    this.minNs = Math.min(this.minNs, durationNs);
    this.maxNs = Math.max(this.maxNs, durationNs);
  }

  merge(other: DurationSketch): void {
    this.reserve(other.bins.length - 1);
    other.bins.forEach((count, bin) => (this.bins[bin] += count));
    this.count += other.count;
    this.sumNs += other.sumNs;
    this.minNs = Math.min(this.minNs, other.minNs);
    this.maxNs = Math.max(this.maxNs, other.maxNs);
  }

  /** The duration (ns) of rank ⌈q · count⌉ within 1 %; undefined without any. */
  quantile(q: number): number | undefined {
    if (this.count === 0) {
      return undefined;
    }
    let left = Math.max(1, Math.ceil(q * this.count));
    let bin = 0;
    while ((left -= this.bins[bin]) > 0) {
      bin++;
    }
    // The value with the least relative error to both ends of the bin, kept within what was seen.
    const middle = bin === 0 ? 0 : (2 * GAMMA ** bin) / (GAMMA + 1);
    return Math.min(this.maxNs, Math.max(this.minNs, middle));
  }

  get meanNs(): number | undefined {
    return this.count === 0 ? undefined : this.sumNs / this.count;
  }

  private reserve(bin: number): void {
    if (bin >= this.bins.length) {
      const bins = new Uint32Array(bin + 32);
      bins.set(this.bins);
      this.bins = bins;
    }
  }
}
