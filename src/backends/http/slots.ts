/** Runs work with at most so many pieces at a time, first come, first served. */
export class Slots {
  private readonly waiting: Array<() => void> = [];
  private free: number;

  constructor(count: number) {
    this.free = count;
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.free > 0) {
      this.free--;
    } else {
      // Whoever ends hands its slot over.
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) {
        next();
      } else {
        this.free++;
      }
    }
  }
}
