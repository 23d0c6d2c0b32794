import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useMemo, useState } from 'react';
import { alignTraces } from '../../../analysis/compare/trace-alignment';
import type { TraceSet } from '../../../trace';
import { DataGrid } from '../../data-grid/DataGrid';
import { LabelledSwitch } from '../../labelled-switch/LabelledSwitch';
import { comparisonColumns } from './comparison-columns';
import { ComparedTrace } from './ComparedTrace';
import { shownLines } from './comparison-lines';

export interface ComparedSide {
  readonly set: TraceSet;
  /** Index in the set. */
  readonly trace: number;
  /** Address of one of its spans. */
  readonly spanHref: (row: number) => string;
}

/** Two traces span by span, with what differs in time and in errors. */
export function TraceComparison({ left, right }: { readonly left: ComparedSide; readonly right: ComparedSide }) {
  const styles = useStyles2(getStyles);
  const [collapsed, setCollapsed] = useState<ReadonlySet<number>>(new Set());
  const [onlyDifferences, setOnlyDifferences] = useState(false);
  const [isRanked, setRanked] = useState(false);
  const alignment = useMemo(() => alignTraces(left.set, left.trace, right.set, right.trace), [left, right]);
  const lines = useMemo(() => shownLines(alignment, { collapsed, onlyDifferences, isRanked }), [alignment, collapsed, onlyDifferences, isRanked]);
  const toggle = (line: number) => setCollapsed((last) => toggled(last, line));
  const scaleNs = Math.max(left.set.traceDurationNs(left.trace), right.set.traceDurationNs(right.trace), 1);
  const isOpen = (line: number) => (isRanked || alignment.subtreeSize[line] === 1 ? undefined : !collapsed.has(line));
  return (
    <div className={styles.frame}>
      <div className={styles.traces}>
        <ComparedTrace name="A" side={left} />
        <ComparedTrace name="B" side={right} otherNs={left.set.traceDurationNs(left.trace)} />
      </div>
      <div className={styles.bar}>
        <LabelledSwitch label="Only differences" value={onlyDifferences} onChange={() => setOnlyDifferences(!onlyDifferences)} />
        <LabelledSwitch label="Largest first" value={isRanked} onChange={() => setRanked(!isRanked)} />
        <span className={styles.faint}>
          {lines.length.toLocaleString('en')} of {alignment.lineCount.toLocaleString('en')} lines
        </span>
      </div>
      <div className={styles.grid}>
        <DataGrid
          label="Spans of both traces"
          columns={comparisonColumns({ alignment, lines, left, right, scaleNs, isRanked, isOpen, onToggle: toggle })}
          rowCount={lines.length}
          tree={{ level: (at) => alignment.depth[lines[at]] + 1, isOpen: (at) => isOpen(lines[at]), onToggle: (at) => toggle(lines[at]) }}
        />
      </div>
    </div>
  );
}

function toggled(lines: ReadonlySet<number>, line: number): ReadonlySet<number> {
  const next = new Set(lines);
  if (!next.delete(line)) {
    next.add(line);
  }
  return next;
}

const getStyles = (theme: GrafanaTheme2) => ({
  frame: css({ display: 'flex', flexDirection: 'column', height: '100%', gap: theme.spacing(1) }),
  traces: css({ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: theme.spacing(1) }),
  bar: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
  grid: css({ flex: 1, minHeight: 0 }),
  faint: css({ color: theme.colors.text.secondary }),
});
