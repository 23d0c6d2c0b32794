import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { IconButton, useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';
import { formatCount, formatDuration, formatPercent } from '../../drawing/format-figures';
import type { MapHit } from '../../drawing/graph/hit-test';
import { errorRatio, rateFormatter, type MapFigures, type MapModel } from '../../drawing/graph/map-model';

export interface ServiceMapDetailsProps {
  readonly model: MapModel;
  readonly windowS: number;
  readonly selected: MapHit;
  readonly onSelect: (hit: MapHit | undefined) => void;
  /** Where a trace opens; undefined where the host has no page for it. */
  readonly traceHref: ((traceId: string) => string) | undefined;
}

/** What is known of one service or connection, with ways on: to its neighbours and to exemplar traces. */
export function ServiceMapDetails({ model, windowS, selected, onSelect, traceHref }: ServiceMapDetailsProps) {
  const styles = useStyles2(getStyles);
  const nameOf = new Map(model.nodes.map(({ id, name }) => [id, name]));
  const figures = selected.kind === 'node' ? model.nodes[selected.index] : model.edges[selected.index];
  if (!figures) {
    return null;
  }
  const title = 'name' in figures ? figures.name : `${nameOf.get(figures.source)} → ${nameOf.get(figures.target)}`;
  const subtitle = 'name' in figures ? figures.kind : 'connection';

  return (
    <aside className={styles.panel} aria-label={`Details of ${title}`}>
      <header className={styles.header}>
        <div className={styles.heading}>
          <h4 className={styles.title}>{title}</h4>
          <span className={styles.faint}>{subtitle}</span>
        </div>
        <IconButton name="times" tooltip="Close (Esc)" onClick={() => onSelect(undefined)} />
      </header>
      <Figures figures={figures} rate={rateFormatter(model, windowS)} />
      {selected.kind === 'node' && <Neighbours model={model} node={selected.index} onSelect={onSelect} />}
      <Exemplars traceIds={figures.exemplarTraceIds ?? []} traceHref={traceHref} />
    </aside>
  );
}

function Figures({ figures, rate }: { readonly figures: MapFigures; readonly rate: (count: number) => string }) {
  const styles = useStyles2(getStyles);
  const duration = (durationNs: number | undefined) => (durationNs === undefined ? 'not known' : formatDuration(durationNs));
  const rows: ReadonlyArray<readonly [string, ReactNode]> = [
    ['Calls seen', formatCount(figures.count)],
    ['Rate', rate(figures.count)],
    ['Errors', `${formatCount(figures.errorCount)} (${formatPercent(errorRatio(figures))})`],
    ['p50', duration(figures.p50Ns)],
    ['p95', duration(figures.p95Ns)],
    ['p99', duration(figures.p99Ns)],
  ];
  return (
    <dl className={styles.figures}>
      {rows.map(([name, value]) => (
        <div key={name} className={styles.figure}>
          <dt className={styles.faint}>{name}</dt>
          <dd className={styles.value}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Neighbours({ model, node, onSelect }: { readonly model: MapModel; readonly node: number; readonly onSelect: (hit: MapHit) => void }) {
  const styles = useStyles2(getStyles);
  const { id } = model.nodes[node];
  const indexOf = new Map(model.nodes.map((other, index) => [other.id, index]));
  const sides = [
    { title: 'Called by', ids: model.edges.filter((edge) => edge.target === id).map((edge) => edge.source) },
    { title: 'Calls', ids: model.edges.filter((edge) => edge.source === id).map((edge) => edge.target) },
  ];
  return (
    <>
      {sides
        .filter(({ ids }) => ids.length > 0)
        .map(({ title, ids }) => (
          <section key={title}>
            <h5 className={styles.section}>{title}</h5>
            <ul className={styles.list}>
              {ids.map((other) => {
                const index = indexOf.get(other) ?? 0;
                return (
                  <li key={other}>
                    <button type="button" className={styles.link} onClick={() => onSelect({ kind: 'node', index })}>
                      {model.nodes[index].name}
                    </button>
                  </li>
                );
              })}
            </ul>
          </section>
        ))}
    </>
  );
}

function Exemplars({ traceIds, traceHref }: { readonly traceIds: readonly string[]; readonly traceHref: ServiceMapDetailsProps['traceHref'] }) {
  const styles = useStyles2(getStyles);
  if (traceIds.length === 0) {
    return null;
  }
  return (
    <section>
      <h5 className={styles.section}>Traces</h5>
      <ul className={styles.list}>
        {traceIds.map((traceId) => (
          <li key={traceId}>
            {traceHref ? (
              <a className={styles.trace} href={traceHref(traceId)}>
                {traceId}
              </a>
            ) : (
              <code>{traceId}</code>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  panel: css({
    flex: '0 0 300px',
    overflow: 'auto',
    padding: theme.spacing(2),
    borderLeft: `1px solid ${theme.colors.border.weak}`,
    background: theme.colors.background.primary,
  }),
  header: css({ display: 'flex', justifyContent: 'space-between', alignItems: 'flex-start', gap: theme.spacing(1), marginBottom: theme.spacing(2) }),
  heading: css({ minWidth: 0 }),
  title: css({ margin: 0, overflowWrap: 'anywhere' }),
  faint: css({ color: theme.colors.text.secondary }),
  figures: css({ margin: 0 }),
  figure: css({
    display: 'flex',
    justifyContent: 'space-between',
    padding: theme.spacing(0.5, 0),
    borderBottom: `1px solid ${theme.colors.border.weak}`,
    dt: { fontWeight: theme.typography.fontWeightRegular },
  }),
  value: css({ margin: 0, fontVariantNumeric: 'tabular-nums' }),
  section: css({ margin: theme.spacing(2, 0, 0.5) }),
  list: css({ listStyle: 'none' }),
  link: css({
    all: 'unset',
    cursor: 'pointer',
    color: theme.colors.text.link,
    '&:hover': { textDecoration: 'underline' },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}` },
  }),
  trace: css({ color: theme.colors.text.link, fontFamily: theme.typography.fontFamilyMonospace, fontSize: theme.typography.bodySmall.fontSize }),
});
