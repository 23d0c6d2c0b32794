import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Badge, useStyles2 } from '@grafana/ui';
import type { MapExemplar } from '../../../drawing/graph/map-model';
import type { FigureTexts } from '../figure-texts';
import type { MapLinks } from '../map-content';

interface Props {
  readonly exemplars: readonly MapExemplar[];
  readonly texts: FigureTexts;
  readonly traceHref: MapLinks['traceHref'];
}

/** Traces that show the figures, failed ones first, then the slowest; each opens. */
export function ExemplarTraces({ exemplars, texts, traceHref }: Props) {
  const styles = useStyles2(getStyles);
  if (exemplars.length === 0) {
    return null;
  }
  return (
    <section>
      <h3 className={styles.title}>Traces</h3>
      <ul className={styles.list}>
        {exemplars.map(({ traceId, durationNs, isFailed }) => (
          <li key={traceId} className={styles.item}>
            {traceHref ? (
              <a className={styles.trace} href={traceHref(traceId)}>
                {traceId}
              </a>
            ) : (
              <code>{traceId}</code>
            )}
            <span className={styles.facts}>
              {isFailed && <Badge text="failed" color="red" />}
              {durationNs !== undefined && texts.duration(durationNs)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  title: css({ ...theme.typography.h5, margin: theme.spacing(2, 0, 0.5) }),
  list: css({ listStyle: 'none' }),
  item: css({ display: 'flex', justifyContent: 'space-between', gap: theme.spacing(1), padding: theme.spacing(0.25, 0) }),
  facts: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(1), whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }),
  trace: css({
    minWidth: 0,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    color: theme.colors.text.link,
    fontFamily: theme.typography.fontFamilyMonospace,
    fontSize: theme.typography.bodySmall.fontSize,
    '&:hover': { textDecoration: 'underline' },
  }),
});
