/**
 * What a sample of whole slices of a window says of the window: rates, shares and percentiles with their 95 % intervals.
 *
 * Slices are clusters, one a stratum of the window. With one cluster a stratum the variance within strata is not in the
 * sample; it is taken from the differences of neighbours, each being of a stratum next to the other (collapsed strata: Cochran,
 * Sampling Techniques, 1977, 5A.12; successive differences: Wolter, Introduction to Variance Estimation, 2007, 8.2). So slow
 * changes over the window, which the strata even out, are hardly taken for chance. What differs from a Poisson or binomial
 * sample of as many calls is told by one factor, the design effect (Kish, Survey Sampling, 1965), and never taken to be below 1.
 *
 * Only what was not read can differ from the sample. Where calls come in independent increments, the variance of the estimate
 * is 1 − f of that of a sample from an endless window, f being the share of it that was read (finite population correction;
 * Cochran, 2.6). A sample of all is exact. A burst in the unread part that no slice touched is in no interval.
 */
import { ratioEstimate, Z_95, type Estimate } from './estimate';

export class ClusterSample {
  /** Student's t squared, for an error that was found by the differences of neighbours. */
  private readonly t2: number;
  private readonly sizeTotal: number;

  /**
   * @param sizes what the slices were chosen by, earliest first: their lengths, or their spans where these are counted
   * @param fraction share of the window that was read, in (0, 1]
   */
  constructor(
    private readonly sizes: readonly number[],
    private readonly fraction: number
  ) {
    if (sizes.length < 2 || !(fraction > 0 && fraction <= 1)) {
      throw new RangeError(`expected two slices or more and a fraction in (0, 1], actual: ${sizes.length} and ${fraction}`);
    }
    this.t2 = studentT95(degreesOfFreedom(sizes.length)) ** 2;
    this.sizeTotal = sum(sizes);
  }

  /**
   * Calls of the window times `fraction`, to be compared with those of the sample. The score interval of a binomial sample of
   * `fraction` of an unknown total (Wilson, 1927, solved for the total): right for few calls too, and exact where all was
   * read. The lower end leaves out what the first cluster of calls says: without it, nobody would ask.
   *
   * @param counts calls in each slice
   * @param total calls in the sample: `counts` and those that are in no single slice
   */
  count(counts: readonly number[], total: number): Estimate {
    const effect = this.designEffect(counts, this.sizes, this.sizeTotal, sum(counts));
    const spread = this.spread(effect);
    const end = (calls: number, side: 1 | -1) => calls + spread / 2 + side * Math.sqrt(spread * calls + spread ** 2 / 4);
    return { value: total, low: Math.min(total, Math.max(total * this.fraction, end(Math.max(0, total - effect), -1))), high: end(total, 1) };
  }

  /**
   * The share of the window's calls that are hits.
   *
   * @param hits of the calls in each slice, as many or fewer
   */
  share(hits: readonly number[], counts: readonly number[]): Estimate {
    return ratioEstimate(sum(hits), sum(counts), Math.sqrt(this.shareSpread(hits, counts)));
  }

  /**
   * The quantile q of the window's durations: the order statistics of the sample that the interval of the share of durations
   * up to the sample's quantile reaches (Woodruff, 1952). An end that the sample is too small for is 0 or Infinity.
   *
   * @param quantile of all durations of the sample, as DurationSketch.quantile
   * @param hits of the calls in each slice, those up to this quantile
   */
  quantile(quantile: (q: number) => number, q: number, hits: readonly number[], counts: readonly number[]): Estimate {
    const count = sum(counts);
    const half = Math.sqrt(this.shareSpread(hits, counts) * count * q * (1 - q));
    const [lowRank, highRank] = [Math.floor(count * q - half), Math.floor(count * q + half) + 1];
    return {
      value: quantile(q),
      low: lowRank < 1 ? 0 : quantile(lowRank / count),
      high: highRank > count ? Infinity : quantile(highRank / count),
    };
  }

  private shareSpread(hits: readonly number[], counts: readonly number[]): number {
    const [hit, count] = [sum(hits), sum(counts)];
    return this.spread(this.designEffect(hits, counts, count, hit * (1 - hit / count)));
  }

  /** The squared quantile of the error's distribution, over the calls: z² for a Poisson sample of an endless window. */
  private spread(effect: number): number {
    return (1 - this.fraction) * Math.max(Z_95 ** 2, this.t2 * effect);
  }

  /** Squared error of the ratio Σ values / Σ bases by what its residuals of neighbouring slices differ, over that by chance alone. */
  private designEffect(values: readonly number[], bases: readonly number[], baseTotal: number, byChance: number): number {
    if (!(byChance > 0)) {
      return 1;
    }
    const ratio = sum(values) / baseTotal;
    const residuals = values.map((value, at) => value - ratio * bases[at]);
    const squares = sum(residuals.slice(1).map((residual, at) => (residual - residuals[at]) ** 2));
    const clusters = values.length;
    return Math.max(1, (clusters * squares) / (2 * (clusters - 1)) / byChance);
  }
}

/** Of a variance by successive differences of so many values: 2 E² / Var for normal ones. */
const degreesOfFreedom = (count: number): number => (2 * (count - 1) ** 2) / (3 * count - 4);

/** Student's t for a two-sided 95 %, by whole degrees of freedom from 1. */
const T_95 = [12.71, 4.3, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.2];
const studentT95 = (degrees: number): number => T_95[Math.min(T_95.length, Math.max(1, Math.round(degrees))) - 1];

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
