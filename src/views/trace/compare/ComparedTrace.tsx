import { css } from '@emotion/css';
import { dateTimeFormat, textUtil, type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { formatDuration } from '../../../drawing/format-figures';
import { StatusCode } from '../../../trace';
import { Difference } from './Difference';
import type { ComparedSide } from './TraceComparison';
import { shownText } from '../../shown-text';

interface Props {
  readonly name: 'A' | 'B';
  readonly side: ComparedSide;
  /** Duration of the trace that this one is compared with. */
  readonly otherNs?: number;
}

/** One of two compared traces, and how it differs from the other as a whole. */
export function ComparedTrace({ name, side: { set, trace, spanHref }, otherNs }: Props) {
  const styles = useStyles2(getStyles);
  const [first, end] = [set.firstRow(trace), set.endRow(trace)];
  const errorCount = set.columns.status.subarray(first, end).reduce((sum, status) => sum + (status === StatusCode.error ? 1 : 0), 0);
  const durationNs = set.traceDurationNs(trace);
  return (
    <section className={styles.card} aria-label={`Trace ${name}`}>
      <h2 className={styles.title}>
        <span className={name === 'A' ? styles.a : styles.b}>{name}</span> {shownText(set.service(first))}: {shownText(set.operation(first))}
      </h2>
      <p className={styles.faint}>
        <a className={styles.link} href={textUtil.sanitizeUrl(spanHref(first))}>
          {set.traceId(trace)}
        </a>
        <span>{dateTimeFormat(Number(set.baseUnixNs(trace) / 1_000_000n), { format: 'YYYY-MM-DD HH:mm:ss.SSS' })}</span>
        <span>
          {formatDuration(durationNs)} {otherNs !== undefined && <Difference ns={durationNs - otherNs} />}
        </span>
        <span>{(end - first).toLocaleString('en')} {end - first === 1 ? 'span' : 'spans'}</span>
        {errorCount > 0 && <span className={styles.error}>{errorCount.toLocaleString('en')} {errorCount === 1 ? 'error' : 'errors'}</span>}
      </p>
    </section>
  );
}

const getStyles = (theme: GrafanaTheme2) => {
  const badge = { display: 'inline-block', width: 20, borderRadius: 3, textAlign: 'center', color: '#000', fontSize: theme.typography.bodySmall.fontSize } as const;
  return {
    card: css({ minWidth: 0, padding: theme.spacing(1), border: `1px solid ${theme.colors.border.weak}`, borderRadius: theme.shape.radius.default }),
    title: css({ ...theme.typography.h5, margin: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }),
    a: css({ ...badge, background: theme.visualization.getColorByName('light-blue') }),
    b: css({ ...badge, background: theme.visualization.getColorByName('light-orange') }),
    faint: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(0, 2), margin: 0, color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize }),
    link: css({ color: theme.colors.text.link, fontFamily: theme.typography.fontFamilyMonospace, overflowWrap: 'anywhere' }),
    error: css({ color: theme.colors.error.text }),
  };
};
