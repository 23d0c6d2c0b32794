import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { useCallback, useMemo, useRef, useState, type PointerEvent } from 'react';
import { eventMarksAt } from '../../drawing/waterfall/draw-event-marks';
import { drawWaterfall } from '../../drawing/waterfall/draw-waterfall';
import type { WaterfallScene } from '../../drawing/waterfall/waterfall-scene';
import type { TraceSet } from '../../trace';
import { useCanvas } from '../canvas/use-canvas';
import { useSize } from '../canvas/use-size';
import type { FoldedRuns } from './folded-runs';
import { SpanTooltip } from './SpanTooltip';
import { useTimeWindow, type TimeWindowStore } from './time-window';
import { waterfallPalette } from './trace-palette';
import { useTimeGestures } from './use-time-gestures';

interface Props {
  readonly set: TraceSet;
  readonly scene: WaterfallScene;
  readonly runs: FoldedRuns;
  readonly time: TimeWindowStore;
  readonly scrollPx: number;
  readonly onSelect: (row: number) => void;
  readonly onZoomTo: (row: number) => void;
}

/** The bars of the rows in view; they follow wheel and pointer, and tell what is under it. */
export function TimelineBars({ set, scene, runs, time, scrollPx, onSelect, onZoomTo }: Props) {
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const frameRef = useRef<HTMLDivElement>(null);
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const size = useSize(frameRef);
  const window = useTimeWindow(time);
  const gestures = useTimeGestures(frameRef, time, size.widthPx);
  const [pointer, setPointer] = useState<{ readonly xPx: number; readonly yPx: number } | undefined>(undefined);
  const palette = useMemo(() => waterfallPalette(theme), [theme]);
  const paint = useCallback(
    (ctx: CanvasRenderingContext2D) => drawWaterfall(ctx, scene, window, { ...size, scrollPx }, palette),
    [scene, window, size, scrollPx, palette]
  );
  useCanvas(canvasRef, size, paint);

  const rowAt = (yPx: number): number | undefined => scene.rows[Math.floor((scrollPx + yPx) / scene.rowHeightPx)];
  const pointOf = (event: PointerEvent<HTMLElement>) => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return { xPx: event.clientX - left, yPx: event.clientY - top };
  };
  const hovered = pointer && !gestures.range ? rowAt(pointer.yPx) : undefined;
  return (
    <div
      ref={frameRef}
      className={styles.frame}
      role="presentation"
      onPointerDown={gestures.onPointerDown}
      onPointerMove={(event) => {
        gestures.onPointerMove(event);
        setPointer(pointOf(event));
      }}
      onPointerLeave={() => setPointer(undefined)}
      onPointerUp={(event) => {
        const row = rowAt(pointOf(event).yPx);
        if (!gestures.onPointerUp() && row !== undefined) {
          onSelect(row);
        }
      }}
      onDoubleClick={(event) => {
        const row = rowAt(event.clientY - event.currentTarget.getBoundingClientRect().top);
        if (row !== undefined) {
          onZoomTo(row);
        }
      }}
    >
      <canvas ref={canvasRef} className={styles.canvas} aria-hidden />
      {gestures.range && <div className={styles.range} style={{ left: gestures.range.fromPx, width: gestures.range.toPx - gestures.range.fromPx }} />}
      {pointer && hovered !== undefined && (
        <SpanTooltip
          set={set}
          row={hovered}
          run={scene.runOf(hovered) && runs.at(hovered)}
          events={eventMarksAt(scene, hovered, pointer.xPx, window, size.widthPx)}
          traceDurationNs={scene.time.durationNs}
          xPx={pointer.xPx}
          yPx={pointer.yPx}
          viewWidthPx={size.widthPx}
          viewHeightPx={size.heightPx}
        />
      )}
    </div>
  );
}

const getStyles = (theme: GrafanaTheme2) => ({
  frame: css({ position: 'absolute', inset: 0, overflow: 'hidden', cursor: 'default' }),
  canvas: css({ position: 'absolute', inset: 0, width: '100%', height: '100%' }),
  range: css({
    position: 'absolute',
    top: 0,
    bottom: 0,
    pointerEvents: 'none',
    background: theme.colors.primary.transparent,
    borderLeft: `1px solid ${theme.colors.primary.border}`,
    borderRight: `1px solid ${theme.colors.primary.border}`,
  }),
});
