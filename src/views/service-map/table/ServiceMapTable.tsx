import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useMemo } from 'react';
import { errorRatio, isCounted, isErrorCounted, type MapEdge, type MapFigures, type MapModel, type MapNode } from '../../../drawing/graph/map-model';
import { formatPercent } from '../../../drawing/format-figures';
import { ColourDot } from '../ColourDot';
import { PROVENANCE_TEXTS, type FigureTexts } from '../figure-texts';
import type { MapItemId } from '../map-state';
import { SortableTable, type Column } from './SortableTable';

interface Props {
  readonly model: MapModel;
  readonly texts: FigureTexts;
  readonly selected: MapItemId | undefined;
  readonly onSelect: (item: MapItemId) => void;
}

/** The map's content for keyboards and screen readers, and for reading figures off. */
export function ServiceMapTable({ model, texts, selected, onSelect }: Props) {
  const styles = useStyles2(getStyles);
  const nodeColumns = useMemo(() => columnsOfNodes(model, texts, styles.link, onSelect), [model, texts, styles.link, onSelect]);
  const edgeColumns = useMemo(() => columnsOfEdges(model, texts, styles.link, onSelect), [model, texts, styles.link, onSelect]);
  return (
    // Scrolled with the keyboard too: a scroll area that nothing inside can be focused in would be out of reach.
    <div className={styles.frame} tabIndex={0} role="region" aria-label="Service map as tables">
      <SortableTable caption="Services" columns={nodeColumns} rows={model.nodes} keyOf={({ id }) => id} isSelected={({ id }) => selected?.kind === 'node' && selected.id === id} />
      <SortableTable caption="Connections" columns={edgeColumns} rows={model.edges} keyOf={({ id }) => id} isSelected={({ id }) => selected?.kind === 'edge' && selected.id === id} />
    </div>
  );
}

/** Rate, errors and durations, as every table of the map has them; what the source tells in its own words in their place where it counts no calls. */
function figureColumns<Row extends MapFigures>(rows: readonly Row[], texts: FigureTexts): Array<Column<Row>> {
  if (rows.length > 0 && !rows.some(isCounted)) {
    return factColumns(rows);
  }
  const duration = (title: string, of: (row: Row) => number | undefined): Array<Column<Row>> =>
    rows.some((row) => of(row) !== undefined) ? [{ title, sortValue: of, cell: (row) => texts.duration(of(row)), isNumber: true }] : [];
  return [
    { title: 'Calls', sortValue: knownCount, cell: texts.count, isNumber: true },
    { title: 'Rate', sortValue: knownCount, cell: texts.rate, isNumber: true },
    { title: 'Errors', sortValue: (row) => (isErrorCounted(row) ? errorRatio(row) : undefined), cell: texts.errors, isNumber: true },
    ...duration('p50', ({ p50Ns }) => p50Ns),
    ...duration('p95', ({ p95Ns }) => p95Ns),
    ...duration('p99', ({ p99Ns }) => p99Ns),
    ...factColumns(rows),
  ];
}

const knownCount = (row: MapFigures) => (isCounted(row) ? row.count : undefined);

function factColumns<Row extends MapFigures>(rows: readonly Row[]): Array<Column<Row>> {
  const isNumber = new Map<string, boolean>();
  rows.forEach(({ facts = [] }) => facts.forEach(({ name, value }) => isNumber.set(name, value !== undefined && isNumber.get(name) !== false)));
  const factOf = ({ facts = [] }: Row, title: string) => facts.find(({ name }) => name === title);
  return [...isNumber].map(([title, hasNumbers]) => ({
    title,
    sortValue: (row) => factOf(row, title)?.[hasNumbers ? 'value' : 'text'],
    cell: (row) => factOf(row, title)?.text ?? '',
    isNumber: hasNumbers,
  }));
}

function columnsOfNodes({ nodes }: MapModel, texts: FigureTexts, linkClass: string, onSelect: Props['onSelect']): Array<Column<MapNode>> {
  return [
    {
      title: 'Service',
      sortValue: ({ name }) => name,
      cell: ({ id, name, colour }) => (
        <button type="button" className={linkClass} onClick={() => onSelect({ kind: 'node', id })}>
          <ColourDot colour={colour} />
          {name}
        </button>
      ),
    },
    { title: 'Kind', sortValue: ({ kind }) => kind, cell: ({ kind }) => kind },
    ...(nodes.some(({ group }) => group !== undefined) ? [textColumn<MapNode>('Group', ({ group }) => group)] : []),
    ...figureColumns(nodes, texts),
    ...(nodes.some(({ change }) => change) ? [textColumn<MapNode>('Change', ({ change }) => change)] : []),
  ];
}

function columnsOfEdges({ nodes, edges }: MapModel, texts: FigureTexts, linkClass: string, onSelect: Props['onSelect']): Array<Column<MapEdge>> {
  const nameOf = new Map(nodes.map(({ id, name }) => [id, name]));
  return [
    {
      title: 'From',
      sortValue: ({ source }) => nameOf.get(source),
      cell: ({ id, source, colour }) => (
        <button type="button" className={linkClass} onClick={() => onSelect({ kind: 'edge', id })}>
          <ColourDot colour={colour} />
          {nameOf.get(source)}
        </button>
      ),
    },
    textColumn('To', ({ target }) => nameOf.get(target)),
    ...figureColumns(edges, texts),
    ...marginColumns(edges),
    ...(edges.some(({ share }) => share !== undefined)
      ? [{ title: 'Of latency', sortValue: ({ share }: MapEdge) => share, cell: ({ share }: MapEdge) => (share === undefined ? '–' : formatPercent(share)), isNumber: true }]
      : []),
    ...(edges.some(({ change }) => change) ? [textColumn<MapEdge>('Change', ({ change }) => change)] : []),
    ...(edges.some(({ provenance }) => provenance) ? [textColumn<MapEdge>('Rests on', ({ provenance }) => provenance && PROVENANCE_TEXTS[provenance])] : []),
  ];
}

/** How far to trust a rate that is an estimate: half of its 95 % interval, the ends of which are in the details. */
function marginColumns(edges: readonly MapEdge[]): Array<Column<MapEdge>> {
  if (!edges.some(({ countInterval }) => countInterval)) {
    return [];
  }
  const marginRatio = ({ countInterval, count }: MapEdge) => (countInterval && count > 0 ? (countInterval.high - countInterval.low) / 2 / count : undefined);
  return [{ title: 'Rate ±', sortValue: marginRatio, cell: (edge) => formatMargin(marginRatio(edge)), isNumber: true }];
}

const formatMargin = (ratio: number | undefined): string => (ratio === undefined ? '–' : `${Math.ceil(100 * ratio)} %`);

const textColumn = <Row,>(title: string, of: (row: Row) => string | undefined): Column<Row> => ({ title, sortValue: of, cell: (row) => of(row) ?? '' });

const getStyles = (theme: GrafanaTheme2) => ({
  frame: css({ height: '100%', overflow: 'auto' }),
  link: css({ all: 'unset', cursor: 'pointer', color: theme.colors.text.link, '&:hover': { textDecoration: 'underline' }, '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}` } }),
});
