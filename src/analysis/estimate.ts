/** Rates and ratios from samples, each with the interval that says how far to trust it. */

export interface Estimate {
  readonly value: number;
  /** The interval that holds the true value in 95 of 100 samples (or as asked). */
  readonly low: number;
  readonly high: number;
}

/** Two-sided 95 %. */
export const Z_95 = 1.959963984540054;

/**
 * A ratio of a population from a sample of it: Wilson's score interval (1927), which stays in [0, 1] and is right for few
 * observations and rare errors alike. Without observations nothing is known: [0, 1].
 */
export function ratioEstimate(hits: number, total: number, z = Z_95): Estimate {
  if (!(hits >= 0 && hits <= total)) {
    throw new RangeError(`expected 0 ≤ hits ≤ total, actual: ${hits} of ${total}`);
  }
  if (total === 0) {
    return { value: NaN, low: 0, high: 1 };
  }
  const share = hits / total;
  const z2 = z * z;
  const middle = (share + z2 / (2 * total)) / (1 + z2 / total);
  const half = (z / (1 + z2 / total)) * Math.sqrt((share * (1 - share)) / total + z2 / (4 * total * total));
  return { value: share, low: hits === 0 ? 0 : Math.max(0, middle - half), high: hits === total ? 1 : Math.min(1, middle + half) };
}

/**
 * A total from a sample whose members were each kept with a known probability (Horvitz and Thompson, 1952): each counts
 * 1 / probability. The interval assumes independent decisions, as head sampling by trace id makes them.
 * @param probabilities in (0, 1], one a kept member
 */
export function totalEstimate(probabilities: Iterable<number>, z = Z_95): Estimate {
  let total = 0;
  let variance = 0;
  let count = 0;
  for (const probability of probabilities) {
    if (!(probability > 0 && probability <= 1)) {
      throw new RangeError(`expected a probability in (0, 1], actual: ${probability}`);
    }
    total += 1 / probability;
    variance += (1 - probability) / (probability * probability);
    count++;
  }
  const half = z * Math.sqrt(variance);
  return { value: total, low: Math.max(count, total - half), high: total + half };
}

/** Events a second from a count that was seen in full: Poisson, by its square root's nearly normal distribution. */
export function rateEstimate(count: number, windowS: number, z = Z_95): Estimate {
  if (!(windowS > 0)) {
    throw new RangeError(`expected a window of more than 0 s, actual: ${windowS}`);
  }
  const low = Math.max(0, Math.sqrt(count) - z / 2) ** 2;
  const high = (Math.sqrt(count + 1) + z / 2) ** 2;
  return { value: count / windowS, low: low / windowS, high: high / windowS };
}

/**
 * Sampling probability of a span from its W3C trace state, undefined if it says nothing: OpenTelemetry's `ot=th:` is the
 * rejection threshold, 56 bits in hex without trailing zeros (consistent probability sampling); `p:` its predecessor.
 */
export function samplingProbability(traceState: string): number | undefined {
  const list = /(?:^|,)\s*ot=([^,]*)/.exec(traceState)?.[1] ?? '';
  const threshold = /(?:^|;)th:([0-9a-f]{1,14})(?:;|\s*$)/.exec(list)?.[1];
  if (threshold !== undefined) {
    return 1 - parseInt(threshold.padEnd(14, '0'), 16) / 2 ** 56;
  }
  const power = /(?:^|;)p:(\d{1,2})(?:;|\s*$)/.exec(list)?.[1];
  return power !== undefined && Number(power) <= 62 ? 2 ** -Number(power) : undefined;
}
