/**
 * The time scale with idle gaps made short. Trace time is ns from the trace's start; shown time runs alike but passes every
 * gap in the same little while. Windows on screen are in shown time; without gaps both are one.
 */
export interface Gap {
  readonly fromNs: number;
  readonly toNs: number;
}

/** The part of what is shown that one gap keeps. */
const GAP_SHARE = 0.02;

export class TimeMap {
  readonly shownDurationNs: number;
  /** Shown start of each gap. */
  private readonly shownFromNs: readonly number[];
  private readonly gapShownNs: number;

  /** @param gaps within the trace, ascending, apart from one another */
  constructor(
    readonly durationNs: number,
    readonly gaps: readonly Gap[]
  ) {
    const idleNs = gaps.reduce((sum, { fromNs, toNs }) => sum + toNs - fromNs, 0);
    const busyNs = Math.max(1, durationNs - idleNs);
    this.gapShownNs = gaps.length === 0 ? 0 : (busyNs * GAP_SHARE) / Math.max(0.5, 1 - GAP_SHARE * gaps.length);
    let removedNs = 0;
    this.shownFromNs = gaps.map(({ fromNs, toNs }) => {
      const shown = fromNs - removedNs;
      removedNs += toNs - fromNs - this.gapShownNs;
      return shown;
    });
    this.shownDurationNs = durationNs - removedNs;
  }

  shownOf(timeNs: number): number {
    let shown = timeNs;
    for (let at = 0; at < this.gaps.length; at++) {
      const { fromNs, toNs } = this.gaps[at];
      if (timeNs <= fromNs) {
        break;
      }
      const inGap = Math.min(timeNs, toNs) - fromNs;
      shown += (inGap / (toNs - fromNs)) * this.gapShownNs - inGap;
    }
    return shown;
  }

  timeOf(shownNs: number): number {
    for (let at = this.gaps.length - 1; at >= 0; at--) {
      const { fromNs, toNs } = this.gaps[at];
      const past = shownNs - this.shownFromNs[at];
      if (past >= this.gapShownNs) {
        return toNs + past - this.gapShownNs;
      }
      if (past > 0) {
        return fromNs + (past / this.gapShownNs) * (toNs - fromNs);
      }
    }
    return shownNs;
  }
}
