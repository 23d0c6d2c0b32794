import { css, cx } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Button, IconButton, LinkButton, useStyles2 } from '@grafana/ui';
import { useMemo, useRef, type KeyboardEvent } from 'react';
import type { MapModel } from '../../../drawing/graph/map-model';
import { ColourDot } from '../ColourDot';
import type { FigureTexts } from '../figure-texts';
import type { MapLinks, MapOperation } from '../map-content';
import type { ChangeMapState, MapItemId } from '../map-state';
import { ExemplarTraces } from './ExemplarTraces';
import { FigureList } from './FigureList';
import { NeighbourTables } from './NeighbourTables';
import { OperationTable } from './OperationTable';
import { useDetailsFocus } from './use-details-focus';

interface Props {
  readonly model: MapModel;
  readonly operations: readonly MapOperation[];
  readonly texts: FigureTexts;
  readonly selected: MapItemId;
  readonly onChange: ChangeMapState;
  readonly links: MapLinks;
  /** Whether it covers the map: there is no room beside it. */
  readonly isWhole: boolean;
}

/** What is known of one service or connection, with ways on: to its operations, its neighbours and exemplar traces. */
export function ServiceMapDetails({ model, operations, texts, selected, onChange, links, isWhole }: Props) {
  const styles = useStyles2(getStyles);
  const ref = useRef<HTMLElement>(null);
  const giveFocusBack = useDetailsFocus(ref, `${selected.kind}:${selected.id}`);
  const node = selected.kind === 'node' ? model.nodes.find(({ id }) => id === selected.id) : undefined;
  const edge = selected.kind === 'edge' ? model.edges.find(({ id }) => id === selected.id) : undefined;
  const nameOf = useMemo(() => new Map(model.nodes.map(({ id, name }) => [id, name])), [model]);
  const figures = node ?? edge;
  if (!figures) {
    return null;
  }
  const title = node ? node.name : `${nameOf.get(edge?.source ?? '')} → ${nameOf.get(edge?.target ?? '')}`;
  const configured = links.configured?.(selected) ?? [];
  const close = () => {
    onChange({ selected: undefined });
    giveFocusBack();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      // Grafana leaves a panel that fills the screen by the same key: one step back at a time.
      event.stopPropagation();
      close();
    }
  };
  const follow = (item: MapItemId) => {
    onChange({ selected: item });
    // What was clicked goes away with the details it is in.
    ref.current?.focus();
  };
  return (
    <aside ref={ref} tabIndex={-1} className={cx(styles.panel, isWhole && styles.whole)} aria-label={`Details of ${title}`} onKeyDown={onKeyDown}>
      <header className={styles.header}>
        <div className={styles.heading}>
          <h2 className={styles.title}>
            <ColourDot colour={figures.colour} />
            {title}
          </h2>
          <span className={styles.faint}>{node ? [node.kind, node.group].filter(Boolean).join(' · ') : 'connection'}</span>
        </div>
        <IconButton name="times" tooltip="Close" onClick={close} />
      </header>
      {node && (
        <Button size="sm" variant="secondary" icon="filter" onClick={() => onChange({ focus: { nodeId: node.id, upHops: 1, downHops: 1 } })}>
          Show only around it
        </Button>
      )}
      <FigureList figures={figures} edge={edge} texts={texts} />
      {configured.length > 0 && (
        <nav className={styles.links} aria-label={`Links of ${title}`}>
          {configured.map(({ href, title: text, target, onClick }) => (
            <LinkButton key={`${text} ${href}`} size="sm" variant="secondary" href={href} target={target} onClick={onClick}>
              {text}
            </LinkButton>
          ))}
        </nav>
      )}
      {node && <OperationTable operations={operations.filter(({ service }) => node.kind === 'service' && service === (node.service ?? node.name))} texts={texts} traceHref={links.traceHref} />}
      {node && <NeighbourTables model={model} nodeId={node.id} texts={texts} onSelect={follow} />}
      <ExemplarTraces exemplars={figures.exemplars ?? []} texts={texts} traceHref={links.traceHref} />
    </aside>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  panel: css({
    flex: '0 0 340px',
    maxWidth: '50%',
    overflow: 'auto',
    padding: theme.spacing(2),
    borderLeft: `1px solid ${theme.colors.border.weak}`,
    background: theme.colors.background.primary,
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.border}`, outlineOffset: -2 },
  }),
  whole: css({ position: 'absolute', inset: 0, zIndex: 4, maxWidth: 'none', padding: theme.spacing(1), borderLeft: 'none' }),
  header: css({ display: 'flex', justifyContent: 'space-between', alignItems: 'flex-start', gap: theme.spacing(1), marginBottom: theme.spacing(1) }),
  heading: css({ minWidth: 0 }),
  title: css({ ...theme.typography.h4, margin: 0, overflowWrap: 'anywhere' }),
  faint: css({ color: theme.colors.text.secondary }),
  links: css({ display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1), marginTop: theme.spacing(2) }),
});
