import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { IconButton, Input, useStyles2 } from '@grafana/ui';
import { useDeferredValue, useMemo, useState } from 'react';
import type { TraceSet } from '../../../trace';
import type { SpanActions } from '../span-actions';
import { AttributeTable } from './AttributeTable';
import { EventList } from './EventList';
import { FoldedText } from './FoldedText';
import { LinkList } from './LinkList';
import { SpanCopies } from './SpanCopies';
import { SpanFigures } from './SpanFigures';
import { SpanLinksOut, type SpanLinkSource } from './SpanLinksOut';
import { shownText } from '../../shown-text';

export interface SpanDetailsProps {
  readonly set: TraceSet;
  readonly row: number;
  /** Address of a span, for links to it; without it linked traces are named only. */
  readonly traceHref?: (traceId: string, spanId: string) => string;
  /** Logs, metrics, profiles and data links of a span. */
  readonly linksOf?: SpanLinkSource;
  readonly actions: SpanActions;
  readonly onClose: () => void;
}

/** A span with everything that was received of it. */
export function SpanDetails({ set, row, traceHref, linksOf, actions, onClose }: SpanDetailsProps) {
  const styles = useStyles2(getStyles);
  const [searchText, setSearchText] = useState('');
  const search = useDeferredValue(searchText.trim());
  const detail = useMemo(() => set.detail(row), [set, row]);
  const resource = useMemo(() => set.resource(row), [set, row]);
  const scope = useMemo(() => set.scope(row), [set, row]);
  const name = set.operation(row);
  return (
    <aside className={styles.panel} aria-label={`Details of ${name.slice(0, 100)}`}>
      <header className={styles.header}>
        <div className={styles.heading}>
          <h3 className={styles.title}>
            <FoldedText text={name || 'Span without a name'} />
          </h3>
          <span className={styles.faint}>{shownText(set.service(row))}</span>
        </div>
        <IconButton name="times" tooltip="Close (Esc)" onClick={onClose} />
      </header>
      <SpanFigures set={set} row={row} />
      {detail.statusMessage && (
        <p className={set.status(row) === 'error' ? styles.error : styles.message}>
          <FoldedText text={detail.statusMessage} />
        </p>
      )}
      {detail.damage && <p className={styles.error}>Only a part could be read: {detail.damage}</p>}
      <SpanCopies set={set} row={row} traceHref={traceHref} />
      {linksOf && <SpanLinksOut row={row} linksOf={linksOf} />}

      <Input
        className={styles.search}
        placeholder="Search attributes and events"
        aria-label="Search attributes and events"
        value={searchText}
        onChange={(event) => setSearchText(event.currentTarget.value)}
      />
      <AttributeTable title="Span" scope="span" attributes={detail.attributes} search={search} actions={actions} droppedCount={detail.droppedAttributesCount} />
      <EventList events={detail.events} spanStartUnixNs={set.startUnixNs(row)} search={search} actions={actions} droppedCount={detail.droppedEventsCount} />
      <LinkList links={detail.links} traceHref={traceHref} search={search} actions={actions} droppedCount={detail.droppedLinksCount} />
      <AttributeTable title="Process (resource)" scope="resource" attributes={resource.attributes} search={search} actions={actions} droppedCount={resource.droppedAttributesCount} />
      <AttributeTable title={`Instrumentation ${scope.name} ${scope.version}`} scope="scope" attributes={scope.attributes} search={search} actions={actions} droppedCount={scope.droppedAttributesCount} />
      {scope.attributes.length === 0 && scope.name && search === '' && (
        <p className={styles.faint}>
          Instrumentation: {scope.name} {scope.version}
        </p>
      )}
      {detail.traceState && search === '' && (
        <p className={styles.faint}>
          Trace state: <FoldedText text={detail.traceState} />
        </p>
      )}
    </aside>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  panel: css({
    flex: 1,
    minWidth: 0,
    overflow: 'auto',
    padding: theme.spacing(2),
    borderLeft: `1px solid ${theme.colors.border.weak}`,
    background: theme.colors.background.primary,
  }),
  header: css({ display: 'flex', justifyContent: 'space-between', alignItems: 'flex-start', gap: theme.spacing(1), marginBottom: theme.spacing(1) }),
  heading: css({ minWidth: 0 }),
  title: css({ ...theme.typography.h4, margin: 0, overflowWrap: 'anywhere' }),
  faint: css({ color: theme.colors.text.secondary, overflowWrap: 'anywhere' }),
  message: css({ overflowWrap: 'anywhere' }),
  error: css({ color: theme.colors.error.text, overflowWrap: 'anywhere' }),
  search: css({ margin: theme.spacing(1, 0) }),
});
