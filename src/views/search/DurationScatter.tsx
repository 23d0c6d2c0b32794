import { css } from '@emotion/css';
import { dateTimeFormat, type GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { useCallback, useMemo, useRef, useState } from 'react';
import type { TraceSummary } from '../../backends/backend';
import { formatDuration } from '../../drawing/format-figures';
import { useCanvas } from '../canvas/use-canvas';
import { useSize } from '../canvas/use-size';
import { BOTTOM_PX, dotAt, LEFT_PX, scatterLayout } from './scatter-layout';

interface Props {
  readonly traces: readonly TraceSummary[];
  readonly onOpen: (traceId: string) => void;
}

const DOT_RADIUS_PX = 4;

/** The traces found, duration over time. The list below says the same in words. */
export function DurationScatter({ traces, onOpen }: Props) {
  const styles = useStyles2(getStyles);
  const { colors, typography } = useTheme2();
  const frameRef = useRef<HTMLDivElement>(null);
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const size = useSize(frameRef);
  const layout = useMemo(() => scatterLayout(traces, size), [traces, size]);
  const [pointed, setPointed] = useState<number | undefined>(undefined);
  const paint = useCallback(
    (ctx: CanvasRenderingContext2D) => {
      ctx.font = `11px ${typography.fontFamily}`;
      ctx.textBaseline = 'middle';
      for (const { durationNs, yPx } of layout.ticks) {
        ctx.fillStyle = colors.border.weak;
        ctx.fillRect(LEFT_PX, yPx, size.widthPx - LEFT_PX, 1);
        ctx.fillStyle = colors.text.secondary;
        ctx.textAlign = 'right';
        ctx.fillText(formatDuration(durationNs), LEFT_PX - 8, yPx);
      }
      if (layout.dots.length > 0) {
        const yPx = size.heightPx - BOTTOM_PX / 2;
        ctx.textAlign = 'left';
        ctx.fillText(dateTimeFormat(layout.fromMs, { format: 'HH:mm:ss' }), LEFT_PX, yPx);
        ctx.textAlign = 'right';
        ctx.fillText(dateTimeFormat(layout.toMs, { format: 'HH:mm:ss' }), size.widthPx - 8, yPx);
      }
      // Failed ones last, so that none is hidden, and as squares, so that colour is not all that tells them.
      for (const failed of [false, true]) {
        ctx.fillStyle = failed ? colors.error.main : colors.primary.main;
        ctx.globalAlpha = failed ? 0.9 : 0.6;
        for (const { xPx, yPx, hasError } of layout.dots) {
          if (hasError === failed) {
            ctx.beginPath();
            failed ? ctx.rect(xPx - DOT_RADIUS_PX, yPx - DOT_RADIUS_PX, 2 * DOT_RADIUS_PX, 2 * DOT_RADIUS_PX) : ctx.arc(xPx, yPx, DOT_RADIUS_PX, 0, 2 * Math.PI);
            ctx.fill();
          }
        }
      }
      ctx.globalAlpha = 1;
    },
    [layout, size, colors, typography]
  );
  useCanvas(canvasRef, size, paint);

  const found = pointed === undefined ? undefined : traces[pointed];
  const place = pointed === undefined ? undefined : layout.dots[pointed];
  return (
    <div
      ref={frameRef}
      className={styles.frame}
      style={{ cursor: found ? 'pointer' : 'default' }}
      onPointerMove={({ nativeEvent }) => setPointed(dotAt(layout, nativeEvent.offsetX, nativeEvent.offsetY))}
      onPointerLeave={() => setPointed(undefined)}
      onClick={() => found && onOpen(found.traceId)}
    >
      <canvas ref={canvasRef} className={styles.canvas} role="img" aria-label={`Duration over time of ${traces.length} traces`} />
      {found && place && (
        <div className={styles.tip} style={place.xPx > size.widthPx / 2 ? { right: size.widthPx - place.xPx + 10, top: place.yPx } : { left: place.xPx + 10, top: place.yPx }}>
          {found.rootService ?? 'root not received'}: {found.rootOperation} <strong>{formatDuration(found.durationNs)}</strong>
        </div>
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  frame: css({ position: 'relative', height: 180 }),
  canvas: css({ position: 'absolute', inset: 0, width: '100%', height: '100%' }),
  tip: css({
    position: 'absolute',
    maxWidth: 360,
    padding: theme.spacing(0.5, 1),
    borderRadius: theme.shape.radius.default,
    background: theme.colors.background.secondary,
    boxShadow: theme.shadows.z2,
    fontSize: theme.typography.bodySmall.fontSize,
    overflowWrap: 'anywhere',
    pointerEvents: 'none',
  }),
});
