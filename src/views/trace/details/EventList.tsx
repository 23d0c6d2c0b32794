import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useState } from 'react';
import { formatDuration } from '../../../drawing/format-figures';
import { findValue, valueText, type SpanEvent } from '../../../trace';
import type { SpanActions } from '../span-actions';
import { AttributeTable, attributesWith } from './AttributeTable';
import { FoldedText } from './FoldedText';

interface Props {
  readonly events: readonly SpanEvent[];
  readonly spanStartUnixNs: bigint;
  readonly search: string;
  readonly actions: SpanActions;
  readonly droppedCount: number;
}

/** Events shown at a time. */
const PAGE = 50;

/** What happened during the span, in order of time; exceptions with their stack trace folded. */
export function EventList({ events, spanStartUnixNs, search, actions, droppedCount }: Props) {
  const styles = useStyles2(getStyles);
  const [shownCount, setShownCount] = useState(PAGE);
  const found = events
    .filter(({ name, attributes }) => search === '' || name.toLowerCase().includes(search.toLowerCase()) || attributesWith(attributes, search).length > 0)
    .toSorted((a, b) => (a.timeUnixNs < b.timeUnixNs ? -1 : a.timeUnixNs > b.timeUnixNs ? 1 : 0));
  if (found.length === 0 && (search !== '' || droppedCount === 0)) {
    return null;
  }
  return (
    <section aria-label="Events">
      <h4 className={styles.title}>
        Events <span className={styles.faint}>{search === '' ? events.length : `${found.length} of ${events.length}`}</span>
        {droppedCount > 0 && <span className={styles.faint}>, {droppedCount.toLocaleString('en')} dropped by the sender</span>}
      </h4>
      {found.slice(0, shownCount).map((event, at) => (
        <EventItem key={at} event={event} offsetNs={Number(event.timeUnixNs - spanStartUnixNs)} search={search} actions={actions} />
      ))}
      {found.length > shownCount && (
        <button type="button" className={styles.more} onClick={() => setShownCount(shownCount + PAGE)}>
          Show more of {found.length.toLocaleString('en')}
        </button>
      )}
    </section>
  );
}

interface ItemProps {
  readonly event: SpanEvent;
  /** From the span's start; negative where the event's clock is behind. */
  readonly offsetNs: number;
  readonly search: string;
  readonly actions: SpanActions;
}

function EventItem({ event: { name, attributes, droppedAttributesCount }, offsetNs, search, actions }: ItemProps) {
  const styles = useStyles2(getStyles);
  const text = (key: string) => {
    const value = findValue(attributes, key);
    return value && valueText(value);
  };
  const stackTrace = text('exception.stacktrace');
  const headline = [text('exception.type'), text('exception.message')].filter(Boolean).join(': ');
  return (
    <details className={styles.event} open={search !== '' || undefined}>
      <summary className={styles.summary}>
        <span className={styles.offset}>
          {offsetNs < 0 ? '−' : '+'}
          {formatDuration(Math.abs(offsetNs))}
        </span>{' '}
        <span className={headline ? styles.error : undefined}>
          <FoldedText text={headline || name || 'Event without a name'} foldLength={160} />
        </span>
      </summary>
      {stackTrace && <pre className={styles.stack}><FoldedText text={stackTrace} foldLength={2_000} /></pre>}
      <AttributeTable
        title={name || 'Event'}
        scope="event"
        attributes={attributes.filter(({ key }) => key !== 'exception.stacktrace')}
        search={search}
        actions={actions}
        droppedCount={droppedAttributesCount}
      />
    </details>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  title: css({ margin: theme.spacing(0.5, 0), fontSize: theme.typography.body.fontSize, fontWeight: theme.typography.fontWeightMedium }),
  faint: css({ color: theme.colors.text.secondary, fontWeight: theme.typography.fontWeightRegular }),
  event: css({ borderTop: `1px solid ${theme.colors.border.weak}`, padding: theme.spacing(0.5, 0), '&:last-of-type': { marginBottom: theme.spacing(2) } }),
  summary: css({ cursor: 'pointer', overflowWrap: 'anywhere', fontSize: theme.typography.bodySmall.fontSize }),
  offset: css({ color: theme.colors.text.secondary, fontVariantNumeric: 'tabular-nums' }),
  error: css({ color: theme.colors.error.text }),
  stack: css({ maxHeight: 320, margin: theme.spacing(0.5, 0), fontSize: theme.typography.bodySmall.fontSize, whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }),
  more: css({ all: 'unset', cursor: 'pointer', color: theme.colors.text.link, '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}` } }),
});
