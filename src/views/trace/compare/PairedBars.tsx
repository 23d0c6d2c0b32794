import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { NO_ROW, type TraceAlignment } from '../../../analysis/compare/trace-alignment';
import type { TraceSet } from '../../../trace';

interface Props {
  readonly alignment: TraceAlignment;
  readonly line: number;
  readonly scaleNs: number;
}

/** A span of A above its counterpart in B, each from the start of its own trace. */
export function PairedBars({ alignment: { left, right, leftRow, rightRow }, line, scaleNs }: Props) {
  const styles = useStyles2(getStyles);
  return (
    <div className={styles.frame} aria-hidden>
      {leftRow[line] !== NO_ROW && <div className={styles.a} style={placeOf(left, leftRow[line], scaleNs)} />}
      {rightRow[line] !== NO_ROW && <div className={styles.b} style={placeOf(right, rightRow[line], scaleNs)} />}
    </div>
  );
}

/** Anything shorter cannot be seen. */
const LEAST_WIDTH_PX = 2;

function placeOf({ columns: { startNs, durationNs } }: TraceSet, row: number, scaleNs: number) {
  const percent = (ns: number) => `${(Math.max(0, ns) / scaleNs) * 100}%`;
  return { left: `min(${percent(startNs[row])}, calc(100% - ${LEAST_WIDTH_PX}px))`, width: `max(${percent(durationNs[row])}, ${LEAST_WIDTH_PX}px)` };
}

const getStyles = (theme: GrafanaTheme2) => {
  const bar = { position: 'absolute', height: 7, borderRadius: 2 } as const;
  return {
    frame: css({ position: 'relative', height: 20, overflow: 'hidden' }),
    a: css({ ...bar, top: 2, background: theme.visualization.getColorByName('blue') }),
    b: css({ ...bar, top: 11, background: theme.visualization.getColorByName('orange') }),
  };
};
