/** Seeded random numbers for property tests (sfc32): a failing case is repeated by its seed. */
export class Random {
  private a: number;
  private b = 0x243f6a88;
  private c = 0xb7e15162;
  private d = 1;

  constructor(seed: number) {
    this.a = seed | 0;
    for (let round = 0; round < 12; round++) {
      this.word();
    }
  }

  /** 32 random bits, unsigned. */
  word(): number {
    const sum = (((this.a + this.b) | 0) + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** A whole number in [0, limit). */
  below(limit: number): number {
    return Math.floor((this.word() / 4294967296) * limit);
  }

  chance(probability: number): boolean {
    return this.word() / 4294967296 < probability;
  }

  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)];
  }
}
