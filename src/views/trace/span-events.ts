/** The events of spans as marks, read from the received bytes when their rows come into view, and kept for a while. */
import { eventOffsets } from '../../analysis/event-offsets';
import type { EventMark } from '../../drawing/waterfall/waterfall-scene';
import type { TraceSet } from '../../trace';

/** More marks on one bar cannot be told apart. */
const MAX_MARKS = 500;
/** Rows whose marks are kept: some screens full. */
const KEPT_ROWS = 2_000;
const NONE: readonly EventMark[] = [];

export class SpanEvents {
  private readonly kept = new Map<number, readonly EventMark[]>();

  constructor(private readonly set: TraceSet) {}

  readonly of = (row: number): readonly EventMark[] => {
    let marks = this.kept.get(row);
    if (marks === undefined) {
      if (this.kept.size >= KEPT_ROWS) {
        this.kept.clear();
      }
      this.kept.set(row, (marks = this.read(row)));
    }
    return marks;
  };

  private read(row: number): readonly EventMark[] {
    const events = eventOffsets(this.set, row, MAX_MARKS);
    const startNs = this.set.columns.startNs[row];
    return events.length === 0 ? NONE : events.map(({ offsetNs, name }) => ({ timeNs: startNs + offsetNs, name, isException: name === 'exception' }));
  }
}
