import type { SampleBudget } from '../backend';

/** A page that waits longer than a few seconds for its first picture is left; 64 MB is decoded in about a second. */
export const DEFAULT_BUDGET: SampleBudget = { maxBytes: 64e6, maxMs: 10_000 };

/** Counts what a sample has cost so far. */
export class BudgetMeter {
  private bytes = 0;
  private readonly endMs: number;

  constructor(
    readonly budget: SampleBudget,
    private readonly nowMs: () => number = Date.now
  ) {
    this.endMs = nowMs() + budget.maxMs;
  }

  spend(bytes: number): void {
    this.bytes += bytes;
  }

  /** Which part is used up; undefined while there is some of each left. */
  exhausted(): 'bytes' | 'time' | undefined {
    return this.bytes >= this.budget.maxBytes ? 'bytes' : this.nowMs() >= this.endMs ? 'time' : undefined;
  }

  /** For the reader; undefined where the budget was enough. */
  note(): string | undefined {
    switch (this.exhausted()) {
      case 'bytes':
        return `reading stopped at ${Math.round(this.budget.maxBytes / 1e6)} MB`;
      case 'time':
        return `reading stopped after ${this.budget.maxMs / 1000} s`;
      case undefined:
        return undefined;
    }
  }
}
