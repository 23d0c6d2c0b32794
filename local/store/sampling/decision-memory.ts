/** Decisions about traces, for spans that come later. A bounded number of each kind: the oldest are forgotten first. */
export class DecisionMemory {
  private readonly kept = new Set<string>();
  private readonly dropped = new Set<string>();
  private readonly maxEach: number;

  constructor(maxEach: number) {
    this.maxEach = maxEach;
  }

  /** Undefined for a trace that was never decided or is forgotten. */
  find(traceKey: string): 'kept' | 'dropped' | undefined {
    return this.kept.has(traceKey) ? 'kept' : this.dropped.has(traceKey) ? 'dropped' : undefined;
  }

  remember(traceKey: string, decision: 'kept' | 'dropped'): void {
    const decisions = decision === 'kept' ? this.kept : this.dropped;
    decisions.add(traceKey);
    if (decisions.size > this.maxEach) {
      for (const oldest of decisions) {
        decisions.delete(oldest);
        break;
      }
    }
  }
}
