import { css } from '@emotion/css';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { useCallback, useMemo, useRef } from 'react';
import { drawTimeAxis, type TickLabel } from '../../drawing/waterfall/draw-time-axis';
import type { TimeMap } from '../../drawing/waterfall/time-map';
import { useCanvas } from '../canvas/use-canvas';
import { useSize } from '../canvas/use-size';
import { waterfallPalette } from './trace-palette';
import { useTimeWindow, type TimeWindowStore } from './time-window';

interface Props {
  readonly timeMap: TimeMap;
  readonly time: TimeWindowStore;
  readonly label: TickLabel;
}

/** The times above the bars. */
export function TimeAxis({ timeMap, time, label }: Props) {
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const frameRef = useRef<HTMLDivElement>(null);
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const size = useSize(frameRef);
  const window = useTimeWindow(time);
  const palette = useMemo(() => waterfallPalette(theme), [theme]);
  const paint = useCallback(
    (ctx: CanvasRenderingContext2D) => drawTimeAxis(ctx, timeMap, window, size, label, palette),
    [timeMap, window, size, label, palette]
  );
  useCanvas(canvasRef, size, paint);
  return (
    <div ref={frameRef} className={styles.frame}>
      <canvas ref={canvasRef} className={styles.canvas} aria-hidden />
    </div>
  );
}

const getStyles = () => ({
  frame: css({ position: 'relative', flex: 1, minWidth: 0, height: 28, overflow: 'hidden' }),
  canvas: css({ position: 'absolute', inset: 0, width: '100%', height: '100%' }),
});
