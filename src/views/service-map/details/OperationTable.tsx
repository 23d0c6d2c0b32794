import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { useMemo } from 'react';
import { errorRatio } from '../../../drawing/graph/map-model';
import type { FigureTexts } from '../figure-texts';
import type { MapLinks, MapOperation } from '../map-content';
import { SortableTable, type Column } from '../table/SortableTable';

interface Props {
  readonly operations: readonly MapOperation[];
  readonly texts: FigureTexts;
  readonly traceHref: MapLinks['traceHref'];
}

/** Rate, errors and duration of a service's span names; a name opens its worst trace. */
export function OperationTable({ operations, texts, traceHref }: Props) {
  const styles = useStyles2(getStyles);
  const columns = useMemo(
    (): Array<Column<MapOperation>> => [
      {
        title: 'Operation',
        sortValue: ({ name }) => name,
        cell: ({ name, exemplars = [] }) =>
          traceHref && exemplars.length > 0 ? (
            <a className={styles.link} href={traceHref(exemplars[0].traceId)} title="Opens a failed or slow trace">
              {name}
            </a>
          ) : (
            name
          ),
      },
      { title: 'Rate', sortValue: ({ count }) => count, cell: texts.rate, isNumber: true },
      { title: 'Errors', sortValue: errorRatio, cell: texts.errors, isNumber: true },
      { title: 'p95', sortValue: ({ p95Ns }) => p95Ns, cell: ({ p95Ns }) => texts.duration(p95Ns), isNumber: true },
    ],
    [texts, traceHref, styles.link]
  );
  if (operations.length === 0) {
    return null;
  }
  return (
    <section className={styles.section}>
      <SortableTable caption="Operations" columns={columns} rows={operations} keyOf={({ name }) => name} />
    </section>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  section: css({ marginTop: theme.spacing(2), fontSize: theme.typography.bodySmall.fontSize }),
  link: css({ color: theme.colors.text.link, '&:hover': { textDecoration: 'underline' } }),
});
