/** Which lines of two aligned traces are shown, and in what order. */
import type { TraceAlignment } from '../../../analysis/compare/trace-alignment';
import { Hiding, visibleRows, withAncestors } from '../../../drawing/waterfall/visible-rows';

export interface LineChoice {
  readonly collapsed: ReadonlySet<number>;
  /** Only lines that differ, with the calls that led to them. */
  readonly onlyDifferences: boolean;
  /** The largest differences in self time first, instead of the order of the calls. */
  readonly isRanked: boolean;
}

/** Shorter differences in self time are noise of clocks and schedulers, unless they are a large part of the span. */
const NOISE_NS = 50_000;
const NOISE_SHARE = 0.1;

/** On one side only, failed on one side only, or with a different self time. */
export function isDifferent(alignment: TraceAlignment, line: number): boolean {
  const failure = alignment.failure(line);
  if (alignment.side(line) !== 'both' || failure === 'left' || failure === 'right') {
    return true;
  }
  const selfNs = Math.max(alignment.left.columns.selfNs[alignment.leftRow[line]], alignment.right.columns.selfNs[alignment.rightRow[line]]);
  return Math.abs(alignment.selfDifferenceNs(line) ?? 0) > Math.max(NOISE_NS, NOISE_SHARE * selfNs);
}

export function shownLines(alignment: TraceAlignment, { collapsed, onlyDifferences, isRanked }: LineChoice): Uint32Array {
  const { lineCount, parent } = alignment;
  const marks = Uint8Array.from({ length: lineCount }, (_, line) => (!onlyDifferences || isDifferent(alignment, line) ? 1 : 0));
  if (isRanked) {
    const weights = Float64Array.from({ length: lineCount }, (_, line) => weightNs(alignment, line));
    return Uint32Array.from(marks.keys()).filter((line) => marks[line] === 1).sort((a, b) => weights[b] - weights[a] || a - b);
  }
  const hiding = new Uint8Array(lineCount);
  collapsed.forEach((line) => (hiding[line] = Hiding.descendants));
  return visibleRows(alignment, 0, lineCount, { hiding, only: onlyDifferences ? withAncestors(marks, parent) : undefined });
}

/** What a line contributes to the difference of the traces: the self time that the other side does not have. */
function weightNs(alignment: TraceAlignment, line: number): number {
  const { left, right, leftRow, rightRow } = alignment;
  switch (alignment.side(line)) {
    case 'both':
      return Math.abs(alignment.selfDifferenceNs(line) ?? 0);
    case 'left':
      return left.columns.selfNs[leftRow[line]];
    case 'right':
      return right.columns.selfNs[rightRow[line]];
  }
}
