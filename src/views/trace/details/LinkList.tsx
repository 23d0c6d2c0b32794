import { css } from '@emotion/css';
import { textUtil, type GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import type { SpanLink } from '../../../trace';
import type { SpanActions } from '../span-actions';
import { AttributeTable } from './AttributeTable';

interface Props {
  readonly links: readonly SpanLink[];
  readonly traceHref: ((traceId: string, spanId: string) => string) | undefined;
  readonly search: string;
  readonly actions: SpanActions;
  readonly droppedCount: number;
}

/** More links than anybody follows are counted, not listed. */
const MOST_LISTED = 100;

/** Spans that this one points to, in this trace or another. */
export function LinkList({ links, traceHref, search, actions, droppedCount }: Props) {
  const styles = useStyles2(getStyles);
  if (links.length === 0 && droppedCount === 0) {
    return null;
  }
  return (
    <section aria-label="Links">
      <h4 className={styles.title}>
        Links <span className={styles.faint}>{links.length}</span>
        {droppedCount > 0 && <span className={styles.faint}>, {droppedCount.toLocaleString('en')} dropped by the sender</span>}
      </h4>
      {links.slice(0, MOST_LISTED).map(({ traceId, spanId, attributes, droppedAttributesCount }, at) => (
        <div key={at} className={styles.item}>
          {traceHref ? (
            <a className={styles.link} href={textUtil.sanitizeUrl(traceHref(traceId, spanId))}>
              {traceId}
            </a>
          ) : (
            <code>{traceId}</code>
          )}{' '}
          <span className={styles.faint}>span {spanId}</span>
          <AttributeTable title="Of the link" scope="link" attributes={attributes} search={search} actions={actions} droppedCount={droppedAttributesCount} />
        </div>
      ))}
      {links.length > MOST_LISTED && <p className={styles.faint}>and {(links.length - MOST_LISTED).toLocaleString('en')} more</p>}
    </section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  title: css({ margin: theme.spacing(0.5, 0), fontSize: theme.typography.body.fontSize, fontWeight: theme.typography.fontWeightMedium }),
  faint: css({ color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular }),
  item: css({ borderTop: `1px solid ${theme.colors.border.weak}`, padding: theme.spacing(0.5, 0), fontSize: theme.typography.bodySmall.fontSize, overflowWrap: 'anywhere' }),
  link: css({ color: theme.colors.text.link, fontFamily: theme.typography.fontFamilyMonospace, '&:hover': { textDecoration: 'underline' } }),
});
