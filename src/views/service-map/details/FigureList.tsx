import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';
import { formatCount, formatPercent } from '../../../drawing/format-figures';
import { isCounted, isErrorCounted, type Interval, type MapEdge, type MapNode } from '../../../drawing/graph/map-model';
import { intervalText, PROVENANCE_TEXTS, type FigureTexts } from '../figure-texts';

interface Props {
  readonly figures: MapNode | MapEdge;
  /** The same, where it is a connection. */
  readonly edge: MapEdge | undefined;
  readonly texts: FigureTexts;
}

const PERCENTILES = ['p50', 'p95', 'p99'] as const;

/** Names and values; what is not known of this item is left out. */
export function FigureList({ figures, edge, texts }: Props) {
  const styles = useStyles2(getStyles);
  const { gapMeanNs, share, baselineP95Ns, provenance } = edge ?? {};
  const rows: ReadonlyArray<readonly [string, ReactNode, string?]> = [
    ...(isCounted(figures) ? ([['Calls seen', formatCount(figures.count)], ['Rate', texts.rate(figures), interval95(edge?.countInterval, (count) => texts.rate({ ...figures, count }))]] as const) : []),
    ...(isErrorCounted(figures) ? [['Errors', `${formatCount(figures.errorCount)} (${texts.errors(figures)})`, interval95(edge?.errorRatioInterval, formatPercent)] as const] : []),
    ...PERCENTILES.filter((percentile) => figures[`${percentile}Ns`] !== undefined).map((percentile) => [percentile, texts.duration(figures[`${percentile}Ns`]), interval95(edge?.[`${percentile}IntervalNs`], texts.duration)] as const),
    ...(figures.facts ?? []).map(({ name, text }) => [name, text] as const),
    ...(baselineP95Ns === undefined ? [] : [['p95 before', texts.duration(baselineP95Ns)] as const]),
    ...(figures.change ? [['Since before', figures.change] as const] : []),
    ...(gapMeanNs === undefined ? [] : [['Client − server, mean', texts.duration(gapMeanNs)] as const]),
    ...(share === undefined ? [] : [['Of end-to-end latency', formatPercent(share)] as const]),
    ...(provenance ? [['Rests on', PROVENANCE_TEXTS[provenance]] as const] : []),
  ];
  return (
    <dl className={styles.figures}>
      {rows.map(([name, value, interval], at) => (
        // Two facts of a source may have one name.
        <div key={`${at} ${name}`} className={styles.figure}>
          <dt className={styles.name}>{name}</dt>
          <dd className={styles.value}>
            {value}
            {interval && <div className={styles.interval}>{interval}</div>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Of what is an estimate. */
const interval95 = (interval: Interval | undefined, write: (value: number) => string): string | undefined => interval && `95 % interval ${intervalText(interval, write)}`;

const getStyles = (theme: GrafanaTheme2) => ({
  figures: css({ margin: theme.spacing(1, 0, 0) }),
  figure: css({ display: 'flex', justifyContent: 'space-between', gap: theme.spacing(2), padding: theme.spacing(0.5, 0), borderBottom: `1px solid ${theme.colors.border.weak}` }),
  name: css({ color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular }),
  value: css({ margin: 0, textAlign: 'right', fontVariantNumeric: 'tabular-nums' }),
  interval: css({ color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
});
