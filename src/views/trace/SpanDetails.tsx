import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { ClipboardButton, IconButton, useStyles2 } from '@grafana/ui';
import type { ReactNode } from 'react';
import { formatDuration } from '../../drawing/format-figures';
import type { ResourceDetail, ScopeDetail, SpanDetail, SpanEvent, SpanLink } from '../../trace';
import type { SpanActions } from './span-actions';
import { AttributeTable, FoldedText } from './AttributeTable';

/** A span with everything that was received of it. */
export interface SpanDetailsProps {
  readonly traceId: string;
  readonly spanId: string;
  readonly name: string;
  readonly service: string;
  readonly kind: string;
  readonly status: string;
  /** From the trace's start. */
  readonly startNs: number;
  readonly durationNs: number;
  /** The part of the duration that no child covers. */
  readonly selfNs: number;
  readonly traceStartUnixNs: bigint;
  readonly detail: SpanDetail;
  readonly resource: ResourceDetail;
  readonly scope: ScopeDetail;
  readonly traceHref: ((traceId: string, spanId: string) => string) | undefined;
  readonly actions: SpanActions;
  /** What else can be done with the span. */
  readonly menu?: ReactNode;
  readonly onClose: () => void;
}

export function SpanDetails(props: SpanDetailsProps) {
  const styles = useStyles2(getStyles);
  const { name, service, kind, status, startNs, durationNs, selfNs, detail, resource, scope } = props;
  const isError = status === 'error';
  return (
    <aside className={styles.panel} aria-label={`Details of ${name}`}>
      <header className={styles.header}>
        <div className={styles.heading}>
          <h4 className={styles.title}>{name}</h4>
          <span className={styles.faint}>{service}</span>
        </div>
        <IconButton name="times" tooltip="Close (Esc)" onClick={props.onClose} />
      </header>

      <dl className={styles.figures}>
        <Figure name="Duration" value={formatDuration(durationNs)} />
        <Figure name="Self time" value={formatDuration(selfNs)} />
        <Figure name="Starts" value={`+${formatDuration(startNs)}`} />
        <Figure name="At" value={dateTimeFormat(Number((props.traceStartUnixNs + BigInt(Math.round(startNs))) / 1_000_000n), { format: 'YYYY-MM-DD HH:mm:ss.SSS' })} />
        <Figure name="Kind" value={kind} />
        <Figure name="Status" value={status} isError={isError} />
      </dl>
      {props.menu}
      {detail.statusMessage && (
        <p className={isError ? styles.error : undefined}>
          <FoldedText text={detail.statusMessage} />
        </p>
      )}
      <p className={styles.id}>
        <code>{props.spanId}</code>
        <ClipboardButton size="sm" fill="text" variant="secondary" icon="copy" getText={() => props.spanId} aria-label="Copy span id" />
      </p>

      <AttributeTable title="Attributes" attributes={detail.attributes} />
      <Events events={detail.events} traceStartUnixNs={props.traceStartUnixNs} />
      <Links links={detail.links} traceHref={props.traceHref} />
      <AttributeTable title="Resource" attributes={resource.attributes} />
      {scope.name && (
        <p className={styles.faint}>
          Instrumentation: {scope.name} {scope.version}
        </p>
      )}
    </aside>
  );
}

function Figure({ name, value, isError = false }: { readonly name: string; readonly value: string; readonly isError?: boolean }) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.figure}>
      <dt className={styles.faint}>{name}</dt>
      <dd className={isError ? styles.error : undefined}>{value}</dd>
    </div>
  );
}

function Events({ events, traceStartUnixNs }: { readonly events: readonly SpanEvent[]; readonly traceStartUnixNs: bigint }) {
  return (
    <>
      {events.map((event, i) => (
        <AttributeTable key={i} title={`${event.name} at +${formatDuration(Number(event.timeUnixNs - traceStartUnixNs))}`} attributes={event.attributes} />
      ))}
    </>
  );
}

function Links({ links, traceHref }: { readonly links: readonly SpanLink[]; readonly traceHref: SpanDetailsProps['traceHref'] }) {
  const styles = useStyles2(getStyles);
  return (
    <>
      {links.map(({ traceId, spanId }, i) => (
        <p key={i}>
          Linked to{' '}
          {traceHref ? (
            <a className={styles.link} href={traceHref(traceId, spanId)}>
              {traceId}
            </a>
          ) : (
            <code>{traceId}</code>
          )}
        </p>
      ))}
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  panel: css({
    flex: '0 0 420px',
    maxWidth: '50%',
    overflow: 'auto',
    padding: theme.spacing(2),
    borderLeft: `1px solid ${theme.colors.border.weak}`,
    background: theme.colors.background.primary,
  }),
  header: css({ display: 'flex', justifyContent: 'space-between', alignItems: 'flex-start', gap: theme.spacing(1), marginBottom: theme.spacing(1) }),
  heading: css({ minWidth: 0 }),
  title: css({ margin: 0, overflowWrap: 'anywhere' }),
  faint: css({ color: theme.colors.text.secondary }),
  error: css({ color: theme.colors.error.text, overflowWrap: 'anywhere' }),
  figures: css({ margin: theme.spacing(0, 0, 1) }),
  figure: css({
    display: 'flex',
    justifyContent: 'space-between',
    padding: theme.spacing(0.25, 0),
    dt: { fontWeight: theme.typography.fontWeightRegular },
    dd: { margin: 0, fontVariantNumeric: 'tabular-nums' },
  }),
  id: css({ display: 'flex', alignItems: 'center', gap: theme.spacing(0.5), color: theme.colors.text.secondary }),
  link: css({ color: theme.colors.text.link, fontFamily: theme.typography.fontFamilyMonospace, fontSize: theme.typography.bodySmall.fontSize, overflowWrap: 'anywhere' }),
});
