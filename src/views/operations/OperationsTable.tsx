import { useMemo, useState } from 'react';
import type { OperationStatistics } from '../../analysis/operations';
import { formatDuration, formatPercent, formatRate, rateUnitFor } from '../../drawing/format-figures';
import { DataGrid, type GridColumn, type GridSort } from '../data-grid/DataGrid';
import { GridLink } from '../data-grid/GridLink';
import { sortedBy } from '../data-grid/sorted-by';
import type { OperationLinks } from './operation-links';

interface Props {
  readonly operations: readonly OperationStatistics[];
  /** Time that the counts come from. */
  readonly windowS: number;
  readonly links: OperationLinks;
}

const VALUES: Readonly<Record<string, (operation: OperationStatistics) => number | string>> = {
  service: ({ service }) => service,
  operation: ({ operation }) => operation,
  rate: ({ calls }) => calls.count,
  errors: ({ calls }) => calls.errorCount / calls.count,
  p50: ({ calls }) => calls.p50Ns ?? -1,
  p95: ({ calls }) => calls.p95Ns ?? -1,
  p99: ({ calls }) => calls.p99Ns ?? -1,
};

/** Rate, errors and durations of each operation, with a link to its traces and to its slowest or failed call. */
export function OperationsTable({ operations, windowS, links }: Props) {
  const [sort, setSort] = useState<GridSort>({ key: 'rate', isDescending: true });
  const shown = useMemo(() => sortedBy(operations, VALUES[sort.key] ?? VALUES.rate, sort.isDescending), [operations, sort]);
  const columns = useMemo(() => columnsOf(shown, windowS, links), [shown, windowS, links]);
  return <DataGrid label="Operations" columns={columns} rowCount={shown.length} sort={sort} onSort={setSort} />;
}

function columnsOf(operations: readonly OperationStatistics[], windowS: number, links: OperationLinks): GridColumn[] {
  const unit = rateUnitFor(Math.max(0, ...operations.map(({ calls }) => calls.count)) / windowS);
  const duration = (key: 'p50' | 'p95' | 'p99'): GridColumn => ({
    key, label: key, widthPx: 90, isNumeric: true,
    cell: (at) => {
      const durationNs = operations[at].calls[`${key}Ns`];
      return durationNs === undefined ? '–' : formatDuration(durationNs);
    },
  });
  return [
    { key: 'service', label: 'Service', widthPx: 150, grow: 1, cell: (at) => operations[at].service },
    {
      key: 'operation', label: 'Operation', widthPx: 220, grow: 2,
      cell: (at) => (
        <GridLink href={links.search(operations[at].service, operations[at].operation)}>{operations[at].operation}</GridLink>
      ),
    },
    { key: 'rate', label: 'Rate', widthPx: 90, isNumeric: true, cell: (at) => formatRate(operations[at].calls.count / windowS, unit) },
    { key: 'errors', label: 'Errors', widthPx: 90, isNumeric: true, cell: (at) => (operations[at].calls.errorCount > 0 ? formatPercent(operations[at].calls.errorCount / operations[at].calls.count) : '') },
    duration('p50'),
    duration('p95'),
    duration('p99'),
    {
      key: 'example', label: 'Example', title: 'A failed call, or the slowest', widthPx: 110, isUnsortable: true,
      cell: (at) => {
        const exemplar = operations[at].calls.exemplars.at(0);
        return (
          exemplar && (
            <GridLink href={links.trace(exemplar.traceId, exemplar.spanId)}>
              {exemplar.error ? 'failed, ' : ''}
              {formatDuration(exemplar.durationNs)}
            </GridLink>
          )
        );
      },
    },
  ];
}
