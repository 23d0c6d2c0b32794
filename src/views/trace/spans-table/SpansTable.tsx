import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Combobox, useStyles2 } from '@grafana/ui';
import { useCallback, useMemo, useState } from 'react';
import { formatDuration } from '../../../drawing/format-figures';
import { valueText, type TraceSet } from '../../../trace';
import { DataGrid, type GridColumn, type GridSort } from '../../data-grid/DataGrid';
import { LoadingState } from '../../state/StatePanel';
import { useComputed } from '../../task/use-computed';
import { fieldOf, type AttributeColumn } from '../span-actions';
import { attributeKeys } from '../statistics/attribute-keys';
import type { TraceTabProps } from '../trace-tabs';
import { orderRows, type SpanColumnKey, type SpanOrder } from './order-rows';
import { shownText } from '../../shown-text';

/** The trace's spans as rows of a table, sortable by any column, attributes among them. */
export function SpansTable({ set, trace, filterMarks, selected, columns: attributes, onSelect, onAddColumn, onRemoveColumn }: TraceTabProps) {
  const styles = useStyles2(getStyles);
  const [sort, setSort] = useState<GridSort>({ key: 'start', isDescending: false });
  const all = useMemo(() => Uint32Array.from({ length: set.endRow(trace) - set.firstRow(trace) }, (_, at) => set.firstRow(trace) + at), [set, trace]);
  const found = filterMarks?.rows ?? all;
  const compute = useCallback(() => ({ set, rows: orderRows(set, found, orderOf(sort.key, attributes), sort.isDescending) }), [set, found, sort, attributes]);
  const { value, isRunning } = useComputed(compute, set.spanCount);
  // Those of another set have other numbers.
  const rows = value?.set === set ? value.rows : undefined;
  const keys = useMemo(() => attributeKeys(set, trace), [set, trace]);
  const columns = useMemo(
    () => rows && [...ownColumns(set, rows), ...attributes.map((attribute) => attributeColumn(set, rows, attribute, onRemoveColumn))],
    [set, rows, attributes, onRemoveColumn]
  );
  return (
    <div className={styles.frame}>
      <div className={styles.bar}>
        <Combobox
          placeholder="Add a column"
          width={36}
          options={keys.map((attribute) => ({ value: fieldOf(attribute) }))}
          value={null}
          onChange={({ value }) => {
            const attribute = keys.find((each) => fieldOf(each) === value);
            if (attribute) {
              onAddColumn(attribute);
            }
          }}
        />
        <span className={styles.faint} role="status">
          {isRunning && SORTING} {found.length.toLocaleString('en')} {filterMarks ? `of ${all.length.toLocaleString('en')} ` : ''}spans
        </span>
      </div>
      <div className={styles.grid}>
        {rows && columns ? (
          <DataGrid
            label="Spans"
            columns={columns}
            rowCount={rows.length}
            sort={sort}
            onSort={setSort}
            isSelected={(at) => rows[at] === selected}
            onOpen={(at) => onSelect(rows[at])}
          />
        ) : (
          <LoadingState what={SORTING} />
        )}
      </div>
    </div>
  );
}

const SORTING = 'Sorting…';

function orderOf(key: string, attributes: readonly AttributeColumn[]): SpanOrder {
  const attribute = attributes.find((each) => fieldOf(each) === key);
  if (attribute) {
    return { kind: 'attribute', attribute };
  }
  // A removed attribute column leaves its key behind.
  return { kind: 'column', key: key.includes('.') ? 'start' : (key as SpanColumnKey) };
}

function ownColumns(set: TraceSet, rows: Uint32Array): GridColumn[] {
  const { startNs, durationNs, selfNs, subtreeSize } = set.columns;
  const column = (key: SpanColumnKey, label: string, widthPx: number, text: (row: number) => string): GridColumn => ({ key, label, widthPx, cell: (at) => text(rows[at]) });
  const figure = (key: SpanColumnKey, label: string, text: (row: number) => string): GridColumn => ({ ...column(key, label, 90, text), isNumeric: true });
  return [
    figure('start', 'Start', (row) => `+${formatDuration(startNs[row])}`),
    { ...column('service', 'Service', 100, (row) => shownText(set.service(row))), grow: 1 },
    { ...column('name', 'Span', 140, (row) => shownText(set.operation(row))), grow: 2 },
    figure('duration', 'Duration', (row) => formatDuration(durationNs[row])),
    { ...figure('self', 'Self time', (row) => formatDuration(selfNs[row])), isLesser: true },
    { ...column('status', 'Status', 80, (row) => set.status(row)), isLesser: true },
    { ...column('kind', 'Kind', 90, (row) => set.kind(row)), isLesser: true },
    { ...figure('descendants', 'Below', (row) => (subtreeSize[row] - 1).toLocaleString('en')), isLesser: true },
  ];
}

/** Longer values are read in the details. */
const CELL_LENGTH = 200;

function attributeColumn(set: TraceSet, rows: Uint32Array, attribute: AttributeColumn, onRemove: (column: AttributeColumn) => void): GridColumn {
  const { scope, key } = attribute;
  return {
    key: fieldOf(attribute),
    label: shownText(key),
    title: shownText(fieldOf(attribute)),
    widthPx: 140,
    grow: 1,
    onRemove: () => onRemove(attribute),
    cell: (at) => {
      const value = scope === 'span' ? set.attribute(rows[at], key) : set.resourceAttribute(rows[at], key);
      return value && valueText(value).slice(0, CELL_LENGTH);
    },
  };
}

const getStyles = (theme: GrafanaTheme2) => ({
  frame: css({ display: 'flex', flexDirection: 'column', height: '100%', gap: theme.spacing(1) }),
  bar: css({ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: theme.spacing(1) }),
  grid: css({ flex: 1, minHeight: 0 }),
  faint: css({ color: theme.colors.text.secondary }),
});
