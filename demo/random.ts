/**
 * Seeded random numbers: the same seed gives the same sequence. The generator is mulberry32 (32 bits of state), ample for
 * a load and simulated latencies, not for secrets.
 */
export class Random {
  private state: number;

  /** Streams with different labels are independent, so that one service's draws do not shift another's. */
  constructor(seed: number, label = '') {
    this.state = seed >>> 0;
    for (const character of label) {
      this.state = Math.imul(this.state ^ character.charCodeAt(0), 0x01000193) >>> 0; // FNV-1a
    }
  }

  /** Uniform in [0, 1). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** Uniform integer from `low` to `high`, both included. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.integer(0, items.length - 1)];
  }

  /** Log-normal around a median: most calls are near it, a few take several times as long, as real ones do. */
  latencyMs(medianMs: number): number {
    const normal = Math.sqrt(-2 * Math.log(1 - this.next())) * Math.cos(2 * Math.PI * this.next()); // Box–Muller
    return medianMs * Math.exp(0.5 * normal);
  }

  /** Exponential waiting time of a Poisson process. */
  waitMs(meanMs: number): number {
    return -Math.log(1 - this.next()) * meanMs;
  }
}
