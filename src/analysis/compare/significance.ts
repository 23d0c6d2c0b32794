/** How likely it is that two samples differ by chance alone. */

/** A difference of two samples with its two-sided p value. */
export interface Significance {
  /** Difference in standard errors, right minus left; 0 where it cannot be told, infinite where nothing varies. */
  readonly z: number;
  /** In [0, 1]; small: not chance. Not corrected for how many things were compared, see adjusted(). */
  readonly p: number;
}

/** Difference of two shares: pooled two-proportion z test. */
export function shareSignificance(leftHits: number, leftTotal: number, rightHits: number, rightTotal: number): Significance {
  const pooled = (leftHits + rightHits) / (leftTotal + rightTotal);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / leftTotal + 1 / rightTotal));
  return significance(rightHits / rightTotal - leftHits / leftTotal, error);
}

export interface Moments {
  readonly count: number;
  readonly sum: number;
  /** Sum of the squares. */
  readonly squares: number;
}

/** Difference of two means of unlike variance: Welch's test, with the normal distribution for its statistic. */
export function meanSignificance(left: Moments, right: Moments): Significance {
  const error = Math.sqrt(variance(left) / left.count + variance(right) / right.count);
  return significance(right.sum / right.count - left.sum / left.count, error);
}

/** The p value after `comparisons` comparisons (Bonferroni): the chance that any of them shows so much. */
export function adjusted(p: number, comparisons: number): number {
  return Math.min(1, p * comparisons);
}

/** Of the sample; NaN below two observations. */
function variance({ count, sum, squares }: Moments): number {
  // Cancellation may leave less than nothing.
  return count > 1 ? Math.max(0, (squares - (sum * sum) / count) / (count - 1)) : NaN;
}

function significance(difference: number, error: number): Significance {
  if (Number.isNaN(error) || difference === 0) {
    return { z: 0, p: 1 };
  }
  const z = difference / error;
  return { z, p: twoSided(Math.abs(z)) };
}

/** Chance of a standard normal beyond ±z (Numerical Recipes' erfc, relative error below 1.2e-7). */
function twoSided(z: number): number {
  const x = z / Math.SQRT2;
  const t = 1 / (1 + x / 2);
  const coefficients = [-1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223, 0.17087277];
  const polynomial = coefficients.reduceRight((sum, coefficient) => sum * t + coefficient, 0);
  return t * Math.exp(-x * x + polynomial);
}
