import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useMemo } from 'react';
import type { AttributeDifference } from '../../analysis/compare/attribute-difference';
import type { CohortSummary, Comparison } from '../../analysis/compare/compare';
import type { PathDifference } from '../../analysis/compare/structure-difference';
import { formatDuration, formatPercent } from '../../drawing/format-figures';
import { DataGrid, type GridColumn } from '../data-grid/DataGrid';
import { GridLink } from '../data-grid/GridLink';
import { Difference } from '../trace/compare/Difference';

interface Props {
  readonly comparison: Comparison;
  /** What the left and the right group are, for headings. */
  readonly sides: readonly [string, string];
  readonly searchHref: (service: string, operation: string) => string;
}

/** A difference that chance makes as often is not one. */
const CHANCE = 0.05;

/** Two groups of traces: as a whole, by call path, and by attribute; what differs most first. */
export function CohortComparison({ comparison: { left, right, ranked, attributes }, sides, searchHref }: Props) {
  const styles = useStyles2(getStyles);
  const told = useMemo(() => attributes.differences.filter(({ adjustedP }) => adjustedP < CHANCE), [attributes]);
  return (
    <>
      <div className={styles.sides}>
        <Side name={sides[0]} summary={left} />
        <Side name={sides[1]} summary={right} />
      </div>
      <h2 className={styles.title}>Call paths</h2>
      <p className={styles.faint}>Time that no child covers, per trace: where the difference arises. “By chance” says how often groups alike would differ as much.</p>
      <div className={styles.grid}>
        <DataGrid label="Call paths that differ" columns={pathColumns(ranked, sides, searchHref)} rowCount={ranked.length} />
      </div>
      <h2 className={styles.title}>Attributes</h2>
      {told.length > 0 ? (
        <div className={styles.grid}>
          <DataGrid label="Attributes that differ" columns={attributeColumns(told, sides)} rowCount={told.length} />
        </div>
      ) : (
        <p className={styles.faint}>None of the {attributes.comparedCount.toLocaleString('en')} values compared differs by more than chance.</p>
      )}
      {attributes.crowdedKeys.length > 0 && <p className={styles.faint}>Not compared, because every trace has its own value: {attributes.crowdedKeys.slice(0, 20).join(', ')}</p>}
    </>
  );
}

function Side({ name, summary: { traceCount, p50Ns, p95Ns, errorShare } }: { readonly name: string; readonly summary: CohortSummary }) {
  const styles = useStyles2(getStyles);
  return (
    <section className={styles.side}>
      <strong>{name}</strong>
      <span>{traceCount.toLocaleString('en')} traces</span>
      <span>p50 {formatDuration(p50Ns)}</span>
      <span>p95 {formatDuration(p95Ns)}</span>
      <span>{formatPercent(errorShare.value)} failed</span>
    </section>
  );
}

function pathColumns(paths: readonly PathDifference[], [left, right]: Props['sides'], searchHref: Props['searchHref']): GridColumn[] {
  const figure = (key: string, label: string, text: (path: PathDifference) => string, title?: string): GridColumn => ({ key, label, title, widthPx: 96, isNumeric: true, cell: (at) => text(paths[at]) });
  return [
    { key: 'service', label: 'Service', widthPx: 150, grow: 1, cell: (at) => paths[at].service },
    { key: 'operation', label: 'Operation', widthPx: 190, grow: 2, cell: (at) => <GridLink href={searchHref(paths[at].service, paths[at].operation)}>{paths[at].operation}</GridLink> },
    { key: 'difference', label: 'Difference', widthPx: 110, isNumeric: true, cell: (at) => <Difference ns={paths[at].selfDifferenceNs} /> },
    figure('left', left, (path) => formatDuration(path.left.selfNsPerTrace), `Per trace, ${left}`),
    figure('right', right, (path) => formatDuration(path.right.selfNsPerTrace), `Per trace, ${right}`),
    { ...figure('presence', 'In traces', (path) => `${formatPercent(path.left.traceShare)} → ${formatPercent(path.right.traceShare)}`), widthPx: 126 },
    figure('errors', 'Errors a trace', (path) => (path.left.errorsPerTrace + path.right.errorsPerTrace > 0 ? `${path.left.errorsPerTrace.toFixed(2)} → ${path.right.errorsPerTrace.toFixed(2)}` : '')),
    figure('chance', 'By chance', (path) => formatPercent(Math.min(path.duration.p, path.presence.p))),
  ];
}

function attributeColumns(values: readonly AttributeDifference[], [left, right]: Props['sides']): GridColumn[] {
  const share = (key: string, label: string, ratio: (value: AttributeDifference) => number): GridColumn => ({ key, label, widthPx: 110, isNumeric: true, cell: (at) => formatPercent(ratio(values[at])) });
  return [
    { key: 'key', label: 'Attribute', widthPx: 200, grow: 1, cell: (at) => `${values[at].scope}.${values[at].key}` },
    { key: 'value', label: 'Value', widthPx: 200, grow: 2, cell: (at) => values[at].value.slice(0, 200) },
    share('left', left, ({ leftShare }) => leftShare),
    share('right', right, ({ rightShare }) => rightShare),
    share('chance', 'By chance', ({ adjustedP }) => adjustedP),
  ];
}

const getStyles = (theme: GrafanaTheme2) => ({
  sides: css({ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: theme.spacing(1) }),
  side: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0.5, 2), padding: theme.spacing(1), border: `1px solid ${theme.colors.border.weak}`, borderRadius: theme.shape.radius.default, fontVariantNumeric: 'tabular-nums' }),
  title: css({ ...theme.typography.h5, margin: theme.spacing(1, 0, 0) }),
  grid: css({ height: 320 }),
  faint: css({ margin: 0, color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
});
