/** Repeated calls below one span as one row: `12 × SELECT tracks`. */
import { repeatedCalls, type RepeatedCalls } from '../../analysis/n-plus-one';
import { Hiding } from '../../drawing/waterfall/visible-rows';
import type { TraceSet } from '../../trace';

export class FoldedRuns {
  private readonly byHead = new Map<number, RepeatedCalls>();
  private readonly headOf = new Map<number, number>();

  constructor(runs: readonly RepeatedCalls[]) {
    for (const run of runs) {
      this.byHead.set(run.rows[0], run);
      run.rows.forEach((row) => this.headOf.set(row, run.rows[0]));
    }
  }

  get count(): number {
    return this.byHead.size;
  }

  /** The run whose first span this is. */
  at(row: number): RepeatedCalls | undefined {
    return this.byHead.get(row);
  }

  /** First spans of the runs that hide the row while they are closed; `ancestors` of the row. */
  hiding(row: number, ancestors: readonly number[]): number[] {
    return [row, ...ancestors].map((each) => this.headOf.get(each)).filter((head) => head !== undefined);
  }

  /** Adds what the closed runs hide to the collapsed rows. */
  hidingWith(collapsed: Uint8Array, open: ReadonlySet<number>): Uint8Array {
    const hiding = collapsed.slice();
    for (const [head, { rows }] of this.byHead) {
      if (!open.has(head)) {
        rows.forEach((row) => (hiding[row] = Hiding.subtree));
        hiding[head] = Hiding.descendants;
      }
    }
    return hiding;
  }
}

export const NO_RUNS = new FoldedRuns([]);

export const foldedRuns = (set: TraceSet, trace: number): FoldedRuns => new FoldedRuns(repeatedCalls(set, trace));
