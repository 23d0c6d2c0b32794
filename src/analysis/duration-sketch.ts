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
/** Durations on their way into buckets: as many as are taken at a time, and the recent ones behind them. */
const BLOCK = 256;
const MOST_FEW = 32;
const block = new Float64Array(BLOCK + MOST_FEW);
const blockWords = new Uint32Array(block.buffer);
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

export class DurationSketch {
  /** The durations that came last, before they are spread over the buckets: all while they are few. */
  private readonly recent: number[] = [];
  private recentCount = 0;
  // --- those that are in the buckets
  private spreadCount = 0;
  private spreadSumNs = 0;
  private spreadMinNs = Infinity;
  private spreadMaxNs = -Infinity;
  private firstBucket = 0;
  private buckets = new Uint32Array(0);

  /**
   * Adds a duration (negative or not a number: 0). Buckets are far apart in memory: going to those of 32 durations at once, not
   * to one now and then, is what makes many sketches at a time fast.
   */
  add(durationNs: number): void {
    if (this.recentCount === MOST_FEW) {
      this.spread();
    }
    this.recent[this.recentCount++] = known(durationNs);
  }

  /** Adds the durations [start, end) of a column. */
  addAll(durationNs: Float64Array, start: number, end: number): void {
    for (let from = start; from < end; from += BLOCK) {
      const count = Math.min(BLOCK, end - from);
      if (this.recentCount + count <= MOST_FEW) {
        for (let at = 0; at < count; at++) {
          this.recent[this.recentCount++] = known(durationNs[from + at]);
        }
      } else {
        for (let at = 0; at < count; at++) {
          block[at] = known(durationNs[from + at]);
        }
        this.spread(count);
      }
    }
  }

  get count(): number {
    return this.spreadCount + this.recentCount;
  }

  get sumNs(): number {
    let sum = this.spreadSumNs;
    for (let at = 0; at < this.recentCount; at++) {
      sum += this.recent[at];
    }
    return sum;
  }

  /** Infinity if empty. */
  get minNs(): number {
    let min = this.spreadMinNs;
    for (let at = 0; at < this.recentCount; at++) {
      min = Math.min(min, this.recent[at]);
    }
    return min;
  }

  /** -Infinity if empty. */
  get maxNs(): number {
    let max = this.spreadMaxNs;
    for (let at = 0; at < this.recentCount; at++) {
      max = Math.max(max, this.recent[at]);
    }
    return max;
  }

  /** Mean in ns, exact; 0 if empty. */
  get meanNs(): number {
    return this.count > 0 ? this.sumNs / this.count : 0;
  }

  /** Forgets everything but its memory, so that one sketch serves many groups in turn. */
  clear(): this {
    if (this.spreadCount > 0) {
      this.buckets.fill(0);
    }
    this.recentCount = 0;
    this.spreadCount = 0;
    this.spreadSumNs = 0;
    this.spreadMinNs = Infinity;
    this.spreadMaxNs = -Infinity;
    return this;
  }

  /** Adds all durations of the other sketch. */
  merge(other: DurationSketch): this {
    if (other.spreadCount > 0) {
      this.spread();
      this.addBuckets(other);
    }
    for (let at = 0; at < other.recentCount; at++) {
      this.add(other.recent[at]);
    }
    return this;
  }

  private addBuckets(other: DurationSketch): void {
    if (this.buckets.length === 0) {
      this.firstBucket = other.firstBucket;
      this.buckets = other.buckets.slice();
    } else {
      this.makeRoom(other.firstBucket, other.firstBucket + other.buckets.length - 1);
      const offset = other.firstBucket - this.firstBucket;
      for (let at = 0; at < other.buckets.length; at++) {
        this.buckets[at + offset] += other.buckets[at];
      }
    }
    this.spreadCount += other.spreadCount;
    this.spreadSumNs += other.spreadSumNs;
    this.spreadMinNs = Math.min(this.spreadMinNs, other.spreadMinNs);
    this.spreadMaxNs = Math.max(this.spreadMaxNs, other.spreadMaxNs);
  }

  /**
   * The smallest duration that at least the share q of all durations does not exceed (nearest rank), in ns; 0 if empty.
   * @param q in [0, 1]
   */
  quantile(q: number): number {
    const rank = Math.max(1, Math.ceil(q * this.count - RANK_ROUNDING * this.count));
    const few = this.few();
    if (few !== undefined) {
      return few[rank - 1] ?? 0;
    }
    // From the end: percentiles that are asked for are high ones.
    const { buckets, spreadMinNs, spreadMaxNs } = this;
    let at = buckets.length - 1;
    for (let below = this.count - buckets[at]; below >= rank; below -= buckets[at]) {
      at--;
    }
    return Math.min(spreadMaxNs, Math.max(spreadMinNs, middleOf(at + this.firstBucket)));
  }

  /** Share of the durations up to the limit, in [0, 1], to a bucket's precision; NaN if empty. */
  shareUpTo(limitNs: number): number {
    const few = this.few();
    let seen = 0;
    if (few !== undefined) {
      seen = few.filter((ns) => ns <= limitNs).length;
    } else {
      const last = bucketOf(Math.max(0, limitNs));
      for (let at = 0; at < this.buckets.length && at + this.firstBucket <= last; at++) {
        seen += this.buckets[at];
      }
    }
    return seen / this.count;
  }

  toData(): DurationSketchData {
    const few = this.few();
    const { count, sumNs, minNs, maxNs, firstBucket, buckets } = this;
    // What was made room for and not needed stays here.
    let from = 0;
    let to = few === undefined ? buckets.length : 0;
    while (from < to && buckets[from] === 0) {
      from++;
    }
    while (to > from && buckets[to - 1] === 0) {
      to--;
    }
    return { count, sumNs, minNs, maxNs, few, firstBucket: to === 0 ? 0 : firstBucket + from, buckets: buckets.slice(from, to) };
  }

  static ofData({ count, sumNs, minNs, maxNs, few, firstBucket, buckets }: DurationSketchData): DurationSketch {
    const sketch = new DurationSketch();
    if (few !== undefined) {
      few.forEach((ns) => sketch.add(ns));
      return sketch;
    }
    return Object.assign(sketch, {
      spreadCount: count, spreadSumNs: sumNs, spreadMinNs: minNs, spreadMaxNs: maxNs, firstBucket, buckets: buckets.slice(),
    });
  }

  /** All durations, sorted, while none is in a bucket; otherwise undefined, and none is outside them. */
  private few(): number[] | undefined {
    if (this.spreadCount > 0) {
      this.spread();
      return undefined;
    }
    return this.recent.slice(0, this.recentCount).sort((a, b) => a - b);
  }

  /** Puts the first durations of the block, and the recent ones, into buckets. */
  private spread(blockCount = 0): void {
    const { recent, recentCount } = this;
    for (let at = 0; at < recentCount; at++) {
      block[blockCount + at] = recent[at];
    }
    const count = blockCount + recentCount;
    if (count === 0) {
      return;
    }
    let minNs = this.spreadMinNs;
    let maxNs = this.spreadMaxNs;
    let sumNs = this.spreadSumNs;
    for (let at = 0; at < count; at++) {
      const ns = block[at];
      minNs = ns < minNs ? ns : minNs;
      maxNs = ns > maxNs ? ns : maxNs;
      sumNs += ns;
    }
    this.makeRoom(bucketOf(minNs), bucketOf(maxNs));
    const { buckets, firstBucket } = this;
    for (let at = 0; at < count; at++) {
      buckets[bucketOfWord(blockWords[2 * at + HIGH_WORD]) - firstBucket]++;
    }
    this.spreadCount += count;
    this.spreadSumNs = sumNs;
    this.spreadMinNs = minNs;
    this.spreadMaxNs = maxNs;
    this.recentCount = 0;
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

function known(durationNs: number): number {
  return durationNs > 0 ? Math.min(durationNs, MAX_NS) : 0;
}

function bucketOf(ns: number): number {
  float[0] = ns;
  return bucketOfWord(words[HIGH_WORD]);
}

/** Of the duration with this upper word. Monotonic; 0 and everything below 1 ns is bucket 0. */
function bucketOfWord(highWord: number): number {
  return Math.max(0, (highWord >>> SHIFT) - FIRST_BUCKET);
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
