import { NO_ROW, type TraceAlignment } from '../../../analysis/compare/trace-alignment';
import { formatDuration } from '../../../drawing/format-figures';
import type { GridColumn } from '../../data-grid/DataGrid';
import { GridLink } from '../../data-grid/GridLink';
import { TreeCell } from '../../data-grid/TreeCell';
import { Difference } from './Difference';
import { shownText } from '../../shown-text';
import { PairedBars } from './PairedBars';
import type { ComparedSide } from './TraceComparison';

interface Compared {
  readonly alignment: TraceAlignment;
  /** Lines shown, from top to bottom. */
  readonly lines: Uint32Array;
  readonly left: ComparedSide;
  readonly right: ComparedSide;
  /** What the width of the bars' column stands for. */
  readonly scaleNs: number;
  readonly isRanked: boolean;
  readonly isOpen: (line: number) => boolean | undefined;
  readonly onToggle: (line: number) => void;
}

export function comparisonColumns({ alignment, lines, left, right, scaleNs, isRanked, isOpen, onToggle }: Compared): GridColumn[] {
  const { leftRow, rightRow, depth } = alignment;
  const named = (line: number) => (leftRow[line] === NO_ROW ? { set: right.set, row: rightRow[line] } : { set: left.set, row: leftRow[line] });
  const duration = ({ set, spanHref }: ComparedSide, row: number) =>
    row === NO_ROW ? '–' : <GridLink href={spanHref(row)}>{formatDuration(set.columns.durationNs[row])}</GridLink>;
  return [
    {
      key: 'span', label: 'Span', widthPx: 220, grow: 2,
      cell: (at) => {
        const line = lines[at];
        const { set, row } = named(line);
        return <TreeCell depth={isRanked ? 0 : depth[line]} isOpen={isOpen(line)} onToggle={() => onToggle(line)} strong={set.service(row)} text={set.operation(row)} />;
      },
    },
    { key: 'bars', label: 'A above B', title: 'Both on one time scale, from the start of each trace', widthPx: 140, grow: 1, cell: (at) => <PairedBars alignment={alignment} line={lines[at]} scaleNs={scaleNs} /> },
    { key: 'a', label: 'A', widthPx: 80, isNumeric: true, cell: (at) => duration(left, leftRow[lines[at]]) },
    { key: 'b', label: 'B', widthPx: 80, isNumeric: true, cell: (at) => duration(right, rightRow[lines[at]]) },
    { key: 'difference', label: 'B − A', widthPx: 90, isNumeric: true, cell: (at) => <Difference ns={alignment.differenceNs(lines[at])} /> },
    { key: 'self', label: 'Self', title: 'Difference of the time that no child covers: where the difference arises', widthPx: 90, isNumeric: true, cell: (at) => <Difference ns={alignment.selfDifferenceNs(lines[at])} /> },
    { key: 'note', label: 'What differs', widthPx: 165, cell: (at) => noteOf(alignment, lines[at]) },
  ];
}

const SIDE_NOTES = { both: undefined, left: 'only in A', right: 'only in B' } as const;
const FAILURE_NOTES = { none: undefined, left: 'failed in A', right: 'failed in B', both: 'failed in both' } as const;

function noteOf(alignment: TraceAlignment, line: number): string {
  return [SIDE_NOTES[alignment.side(line)], FAILURE_NOTES[alignment.failure(line)], otherName(alignment, line)].filter(Boolean).join(', ');
}

/** Roots correspond whatever they are called. */
function otherName({ left, right, leftRow, rightRow }: TraceAlignment, line: number): string | undefined {
  const [a, b] = [leftRow[line], rightRow[line]];
  if (a === NO_ROW || b === NO_ROW || (left.service(a) === right.service(b) && left.operation(a) === right.operation(b))) {
    return undefined;
  }
  return shownText(`in B ${right.service(b)} ${right.operation(b)}`);
}
