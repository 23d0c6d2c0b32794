import { css } from '@emotion/css';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { useCallback, useMemo, useRef } from 'react';
import { drawTimeAxis } from '../../drawing/waterfall/draw-waterfall';
import type { TimeWindow } from '../../drawing/waterfall/time-scale';
import { useCanvas } from '../canvas/use-canvas';
import { useSize } from '../canvas/use-size';
import { waterfallPalette } from './trace-palette';

/** The times above the bars, from the trace's start. */
export function TimeAxis({ window }: { readonly window: TimeWindow }) {
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const frameRef = useRef<HTMLDivElement>(null);
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const size = useSize(frameRef);
  const palette = useMemo(() => waterfallPalette(theme), [theme]);
  const paint = useCallback(
    (ctx: CanvasRenderingContext2D) => drawTimeAxis(ctx, window, size.widthPx, size.heightPx, palette),
    [window, size, palette]
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
