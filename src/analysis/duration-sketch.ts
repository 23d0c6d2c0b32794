/**
 * A mergeable histogram of durations whose quantiles are within 0.4 % of an exact computation.
 *
 * The bucket of a duration is the exponent and the first 7 bits of the mantissa of its Float64 representation: 128 buckets
 * an octave, so no logarithm is computed and buckets of all sketches agree. Only the range of buckets in use is stored, and
 * a few durations are kept as they are: most groups of a large trace have no more.
 */

const MANTISSA_BITS = 7;
const SHIFT = 20 - MANTISSA_BITS;
/** 2^53: durations are exact integers below, so no more buckets than this are ever needed. */
const MAX_NS = Number.MAX_SAFE_INTEGER;

const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);
const HIGH_WORD = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0;

/** The columns of a sketch, for workers and storage; the same whatever order its durations came in. */
export interface DurationSketchData {
  readonly count: number;
  readonly sumNs: number;
  readonly minNs: number;
  readonly maxNs: number;
  /** All durations while they are few, otherwise undefined. */
  readonly few: readonly number[] | undefined;
  readonly firstBucket: number;
  readonly buckets: Uint32Array;
}

const MOST_FEW = 32;

export class DurationSketch {
  count = 0;
  sumNs = 0;
  minNs = Infinity;
  maxNs = -Infinity;
  private few: number[] | undefined = [];
  private firstBucket = 0;
  private buckets = new Uint32Array(0);

  /** Adds a duration (negative or not a number: 0). */
  add(durationNs: number): void {
    const ns = durationNs > 0 ? Math.min(durationNs, MAX_NS) : 0;
    this.count++;
    this.sumNs += ns;
    if (ns < this.minNs) {
      this.minNs = ns;
    }
    if (ns > this.maxNs) {
      this.maxNs = ns;
    }
    if (this.few !== undefined) {
      if (this.few.length < MOST_FEW) {
        this.few.push(ns);
        return;
      }
      this.spread();
    }
    this.addToBucket(ns);
  }

  private addToBucket(ns: number): void {
    const bucket = bucketOf(ns);
    const at = bucket - this.firstBucket;
    if (at >= 0 && at < this.buckets.length) {
      this.buckets[at]++;
    } else {
      this.makeRoom(bucket, bucket);
      this.buckets[bucket - this.firstBucket]++;
    }
  }

  /** Forgets everything but its memory, so that one sketch serves many groups in turn. */
  clear(): this {
    this.count = 0;
    this.sumNs = 0;
    this.minNs = Infinity;
    this.maxNs = -Infinity;
    this.few = [];
    this.buckets.fill(0);
    return this;
  }

  /** Adds all durations of the other sketch. */
  merge(other: DurationSketch): this {
    if (other.few !== undefined) {
      other.few.forEach((ns) => this.add(ns));
      return this;
    }
    this.spread();
    if (this.buckets.length === 0) {
      this.firstBucket = other.firstBucket;
      this.buckets = other.buckets.slice();
    } else {
      this.addBuckets(other);
    }
    this.count += other.count;
    this.sumNs += other.sumNs;
    this.minNs = Math.min(this.minNs, other.minNs);
    this.maxNs = Math.max(this.maxNs, other.maxNs);
    return this;
  }

  private addBuckets(other: DurationSketch): void {
    this.makeRoom(other.firstBucket, other.firstBucket + other.buckets.length - 1);
    const offset = other.firstBucket - this.firstBucket;
    for (let at = 0; at < other.buckets.length; at++) {
      this.buckets[at + offset] += other.buckets[at];
    }
  }

  /**
   * The smallest duration that at least the share q of all durations does not exceed (nearest rank), in ns; 0 if empty.
   * @param q in [0, 1]
   */
  quantile(q: number): number {
    const rank = Math.max(1, Math.ceil(q * this.count - RANK_ROUNDING * this.count));
    if (this.few !== undefined) {
      return this.few.toSorted((a, b) => a - b)[rank - 1] ?? 0;
    }
    let seen = 0;
    for (let at = 0; at < this.buckets.length; at++) {
      seen += this.buckets[at];
      if (seen >= rank) {
        return Math.min(this.maxNs, Math.max(this.minNs, middleOf(at + this.firstBucket)));
      }
    }
    return this.maxNs;
  }

  /** Share of the durations up to the limit, in [0, 1], to a bucket's precision; NaN if empty. */
  shareUpTo(limitNs: number): number {
    let seen = 0;
    if (this.few !== undefined) {
      seen = this.few.filter((ns) => ns <= limitNs).length;
    } else {
      const last = bucketOf(Math.max(0, limitNs));
      for (let at = 0; at < this.buckets.length && at + this.firstBucket <= last; at++) {
        seen += this.buckets[at];
      }
    }
    return seen / this.count;
  }

  /** Mean in ns, exact; 0 if empty. */
  get meanNs(): number {
    return this.count > 0 ? this.sumNs / this.count : 0;
  }

  toData(): DurationSketchData {
    const { count, sumNs, minNs, maxNs, few, firstBucket, buckets } = this;
    // What was made room for and not needed stays here.
    const from = Math.max(0, buckets.findIndex((count) => count > 0));
    const to = buckets.findLastIndex((count) => count > 0) + 1;
    return { count, sumNs, minNs, maxNs, few: few?.toSorted((a, b) => a - b), firstBucket: to === 0 ? 0 : firstBucket + from, buckets: buckets.slice(from, to) };
  }

  static ofData(data: DurationSketchData): DurationSketch {
    return Object.assign(new DurationSketch(), data, { few: data.few?.slice(), buckets: data.buckets.slice() });
  }

  /** Puts the few into buckets. */
  private spread(): void {
    const few = this.few ?? [];
    this.few = undefined;
    if (few.length > 0) {
      this.makeRoom(bucketOf(Math.min(...few)), bucketOf(Math.max(...few)));
      few.forEach((ns) => this.addToBucket(ns));
    }
  }

  private makeRoom(from: number, to: number): void {
    const { buckets, firstBucket } = this;
    if (buckets.length === 0) {
      this.firstBucket = from;
      this.buckets = new Uint32Array(to - from + 1);
      return;
    }
    const last = firstBucket + buckets.length - 1;
    if (from >= firstBucket && to <= last) {
      return;
    }
    // It grows by its own size, so that each bucket is copied few times however the durations come.
    const slack = Math.max(MIN_SLACK, buckets.length >> 1);
    const first = from < firstBucket ? Math.max(0, from - slack) : firstBucket;
    const grown = new Uint32Array(Math.max(last, to > last ? to + slack : 0) - first + 1);
    grown.set(buckets, firstBucket - first);
    this.firstBucket = first;
    this.buckets = grown;
  }
}

const MIN_SLACK = 32;
/** 0.95 × 20 is 19.000000000000004 in floats: the rank must not be rounded up for that. */
const RANK_ROUNDING = 1e-12;

/** Monotonic in ns ≥ 0; 0 and everything below 1 ns is bucket 0. */
function bucketOf(ns: number): number {
  if (ns < 1) {
    return 0;
  }
  float[0] = ns;
  return (words[HIGH_WORD] >>> SHIFT) - FIRST_BUCKET;
}

/** Exponent bits of 0.5: the octave below 1 ns is folded into bucket 0. */
const FIRST_BUCKET = (1023 << MANTISSA_BITS) - 1;

/** A bucket's middle; buckets narrower than 1 ns hold one integer, their lower end. */
function middleOf(bucket: number): number {
  if (bucket === 0) {
    return 0;
  }
  words[HIGH_WORD] = (bucket + FIRST_BUCKET) << SHIFT;
  words[1 - HIGH_WORD] = 0;
  const lower = float[0];
  words[HIGH_WORD] = (bucket + 1 + FIRST_BUCKET) << SHIFT;
  const upper = float[0];
  return upper - lower <= 1 ? Math.ceil(lower) : (lower + upper) / 2;
}
