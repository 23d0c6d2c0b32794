import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useMemo } from 'react';
import { errorRatio, isCounted, type MapEdge, type MapModel } from '../../../drawing/graph/map-model';
import type { FigureTexts } from '../figure-texts';
import type { MapItemId } from '../map-state';
import { SortableTable, type Column } from '../table/SortableTable';

interface Props {
  readonly model: MapModel;
  readonly nodeId: string;
  readonly texts: FigureTexts;
  readonly onSelect: (item: MapItemId) => void;
}

/** Who calls a service, and whom it calls; a name leads to that service, a rate to the connection. */
export function NeighbourTables({ model: { nodes, edges }, nodeId, texts, onSelect }: Props) {
  const styles = useStyles2(getStyles);
  const nameOf = useMemo(() => new Map(nodes.map(({ id, name }) => [id, name])), [nodes]);
  const link = (text: string, item: MapItemId, label?: string) => (
    <button type="button" className={styles.link} aria-label={label} onClick={() => onSelect(item)}>
      {text}
    </button>
  );
  const connection = (edge: MapEdge, text: string) => link(text, { kind: 'edge', id: edge.id }, `Connection ${nameOf.get(edge.source)} → ${nameOf.get(edge.target)}, ${text}`);
  const columns = (rows: readonly MapEdge[], other: (edge: MapEdge) => string): Array<Column<MapEdge>> => [
    { title: 'Service', sortValue: (edge) => nameOf.get(other(edge)), cell: (edge) => link(nameOf.get(other(edge)) ?? '', { kind: 'node', id: other(edge) }) },
    ...(rows.some(isCounted)
      ? [
          { title: 'Rate', sortValue: ({ count }: MapEdge) => count, cell: (edge: MapEdge) => connection(edge, texts.rate(edge)), isNumber: true },
          { title: 'Errors', sortValue: errorRatio, cell: texts.errors, isNumber: true },
          { title: 'p95', sortValue: ({ p95Ns }: MapEdge) => p95Ns, cell: ({ p95Ns }: MapEdge) => texts.duration(p95Ns), isNumber: true },
        ]
      : [{ title: 'Connection', sortValue: ({ label }: MapEdge) => label, cell: (edge: MapEdge) => connection(edge, edge.label || 'open') }]),
  ];
  const sides = [
    { title: 'Called by', rows: edges.filter(({ target }) => target === nodeId), other: ({ source }: MapEdge) => source },
    { title: 'Calls', rows: edges.filter(({ source }) => source === nodeId), other: ({ target }: MapEdge) => target },
  ];
  return (
    <>
      {sides
        .filter(({ rows }) => rows.length > 0)
        .map(({ title, rows, other }) => (
          <section key={title} className={styles.section}>
            <SortableTable caption={title} columns={columns(rows, other)} rows={rows} keyOf={({ id }) => id} />
          </section>
        ))}
    </>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  section: css({ fontSize: theme.typography.bodySmall.fontSize }),
  link: css({
    all: 'unset',
    cursor: 'pointer',
    color: theme.colors.text.link,
    '&:hover': { textDecoration: 'underline' },
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}` },
  }),
});
