import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { IconButton, useStyles2 } from '@grafana/ui';
import { memo } from 'react';
import type { TickLabel } from '../../drawing/waterfall/draw-time-axis';
import type { TimeMap } from '../../drawing/waterfall/time-map';
import { fieldOf, type AttributeColumn } from './span-actions';
import { TimeAxis } from './TimeAxis';
import type { TimeWindowStore } from './time-window';
import { COLUMN_WIDTH } from './TraceTree';

interface Props {
  readonly columns: readonly AttributeColumn[];
  readonly onRemoveColumn: (column: AttributeColumn) => void;
  readonly timeMap: TimeMap;
  readonly time: TimeWindowStore;
  readonly label: TickLabel;
  readonly namesWidth: string;
  /** Of the rows below, without their scrollbar. */
  readonly widthPx: number;
}

/** The headings: names, attribute columns, times. */
export const TimelineHead = memo(function TimelineHead({ columns, onRemoveColumn, timeMap, time, label, namesWidth, widthPx }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.head} style={{ width: widthPx || '100%' }}>
      <div className={styles.names} style={{ flexBasis: namesWidth }}>
        <span className={styles.nameHead}>Service and span</span>
        {columns.map((column) => (
          <span key={fieldOf(column)} className={styles.columnHead} title={fieldOf(column)}>
            <span className={styles.columnName}>{column.key}</span>
            <IconButton name="times" size="sm" tooltip={`Remove column ${column.key}`} onClick={() => onRemoveColumn(column)} />
          </span>
        ))}
      </div>
      <TimeAxis timeMap={timeMap} time={time} label={label} />
    </div>
  );
});

const getStyles = (theme: GrafanaTheme2) => ({
  head: css({ display: 'flex', alignItems: 'center', flexShrink: 0, borderBottom: `1px solid ${theme.colors.border.weak}` }),
  names: css({ containerType: 'inline-size', display: 'flex', flexGrow: 0, flexShrink: 0, minWidth: 0, overflow: 'hidden', color: theme.colors.text.secondary, fontSize: theme.typography.bodySmall.fontSize, paddingLeft: theme.spacing(1) }),
  nameHead: css({ flex: '1 1 0', minWidth: 80, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }),
  columnHead: css({ display: 'flex', flex: `0 0 ${COLUMN_WIDTH}`, minWidth: 0, alignItems: 'center' }),
  columnName: css({ flex: 1, minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }),
});
