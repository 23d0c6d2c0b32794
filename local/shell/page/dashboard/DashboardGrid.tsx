import { css, cx } from '@emotion/css';
import type { AbsoluteTimeRange, GrafanaTheme2 } from '@grafana/data';
import { Icon, useStyles2 } from '@grafana/ui';
import { useMemo, useState } from 'react';
import { useMeasure } from 'react-use';
import { templateSrv } from '../services/template-srv';
import { gridRect, ONE_COLUMN_BELOW_PX, placePanels, stackPanels } from './grid';
import type { PanelModel } from './model';
import { PanelFrame } from './PanelFrame';
import type { QueryContext } from './run-queries';

interface Props {
  readonly panels: readonly PanelModel[];
  readonly context: Omit<QueryContext, 'widthPx'> | undefined;
  readonly onChangeTimeRange: (range: AbsoluteTimeRange) => void;
}

export function DashboardGrid({ panels, context, onChangeTimeRange }: Props) {
  const [measureRef, { width: widthPx }] = useMeasure<HTMLDivElement>();
  const [folds, setFolds] = useState<Readonly<Record<number, boolean>>>({});
  const styles = useStyles2(getStyles);
  const placed = useMemo(() => {
    const inColumns = placePanels(panels, (row) => folds[row.id] ?? row.collapsed ?? false);
    return widthPx < ONE_COLUMN_BELOW_PX ? stackPanels(inColumns) : inColumns;
  }, [panels, folds, widthPx]);
  const bottomPx = Math.max(0, ...placed.map(({ gridPos }) => gridRect(gridPos, widthPx)).map((rect) => rect.topPx + rect.heightPx));

  return (
    <div ref={measureRef} className={styles.grid} style={{ height: bottomPx }}>
      {widthPx > 0 &&
        placed.map(({ panel, isFolded, gridPos }) => {
          const { leftPx, topPx, widthPx: panelWidthPx, heightPx } = gridRect(gridPos, widthPx);
          return (
            <div key={panel.id} className={styles.item} style={{ left: leftPx, top: topPx, width: panelWidthPx, height: heightPx }}>
              {panel.type === 'row' ? (
                <RowHeader row={panel} isFolded={isFolded ?? false} onToggle={() => setFolds({ ...folds, [panel.id]: !isFolded })} />
              ) : (
                <PanelFrame panel={panel} context={context} widthPx={panelWidthPx} heightPx={heightPx} onChangeTimeRange={onChangeTimeRange} />
              )}
            </div>
          );
        })}
    </div>
  );
}

interface RowHeaderProps {
  readonly row: PanelModel;
  readonly isFolded: boolean;
  readonly onToggle: () => void;
}

function RowHeader({ row, isFolded, onToggle }: RowHeaderProps) {
  const styles = useStyles2(getStyles);
  return (
    <button type="button" className={cx(styles.row, isFolded && styles.foldedRow)} aria-expanded={!isFolded} onClick={onToggle}>
      <Icon name={isFolded ? 'angle-right' : 'angle-down'} />
      <span>{templateSrv.replace(row.title ?? '', undefined, 'text')}</span>
    </button>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  grid: css({ position: 'relative', width: '100%' }),
  item: css({ position: 'absolute' }),
  row: css({
    display: 'flex', alignItems: 'center', gap: theme.spacing(1), width: '100%', height: '100%', padding: 0, background: 'transparent', border: 'none',
    fontSize: theme.typography.h5.fontSize, fontWeight: theme.typography.fontWeightMedium, color: theme.colors.text.primary,
  }),
  foldedRow: css({ borderBottom: `1px solid ${theme.colors.border.weak}` }),
});
