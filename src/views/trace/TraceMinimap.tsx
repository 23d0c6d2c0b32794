import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { memo, useCallback, useMemo, useRef, useState, type PointerEvent } from 'react';
import { drawOverview, overviewOf } from '../../drawing/waterfall/overview';
import type { TimeMap } from '../../drawing/waterfall/time-map';
import type { TraceSet } from '../../trace';
import { useCanvas } from '../canvas/use-canvas';
import { useSize } from '../canvas/use-size';
import type { SpanColours } from './span-colours';
import { useTimeWindow, type TimeWindowStore } from './time-window';

interface Props {
  readonly set: TraceSet;
  readonly rows: Uint32Array;
  readonly colours: SpanColours;
  readonly timeMap: TimeMap;
  readonly time: TimeWindowStore;
}

/** A press that moves less is a click, which shows the whole trace again. */
const CLICK_SLOP_PX = 4;
/** An overview keeps colour numbers in 16 bits. */
const MAX_COLOURS = 0xffff;

/** The whole trace in miniature; dragging across it zooms in, a click zooms out. */
export const TraceMinimap = memo(function TraceMinimap({ set, rows, colours, timeMap, time }: Props) {
  const styles = useStyles2(getStyles);
  const frameRef = useRef<HTMLDivElement>(null);
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const size = useSize(frameRef);
  const window = useTimeWindow(time);
  const durationNs = timeMap.shownDurationNs;
  const [drag, setDrag] = useState<{ fromPx: number; toPx: number } | undefined>(undefined);

  const overview = useMemo(() => {
    return overviewOf(set.columns, rows, timeMap, Math.max(1, Math.round(size.widthPx)), Math.max(1, Math.round(size.heightPx)), (row) => colours.group[row] % MAX_COLOURS);
  }, [set, rows, colours, timeMap, size]);
  const paint = useCallback((ctx: CanvasRenderingContext2D) => drawOverview(ctx, overview, colours.colours, size.widthPx, size.heightPx), [overview, colours, size]);
  useCanvas(canvasRef, size, paint);

  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrag({ fromPx: event.nativeEvent.offsetX, toPx: event.nativeEvent.offsetX });
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const { left } = event.currentTarget.getBoundingClientRect();
    const toPx = Math.max(0, Math.min(size.widthPx, event.clientX - left));
    setDrag((last) => last && { ...last, toPx });
  };
  const onPointerUp = () => {
    if (drag) {
      const [fromPx, toPx] = [Math.min(drag.fromPx, drag.toPx), Math.max(drag.fromPx, drag.toPx)];
      const timeOf = (px: number) => (px / size.widthPx) * durationNs;
      toPx - fromPx < CLICK_SLOP_PX ? time.showAll() : time.show({ startNs: timeOf(fromPx), endNs: timeOf(toPx) });
    }
    setDrag(undefined);
  };

  const shownFrom = drag ? Math.min(drag.fromPx, drag.toPx) : (window.startNs / durationNs) * size.widthPx;
  const shownTo = drag ? Math.max(drag.fromPx, drag.toPx) : (window.endNs / durationNs) * size.widthPx;
  return (
    <div ref={frameRef} className={styles.frame} onPointerDown={onPointerDown} onPointerMove={onPointerMove} onPointerUp={onPointerUp} title="Drag to zoom in, click to show the whole trace">
      <canvas ref={canvasRef} className={styles.canvas} aria-hidden />
      <div className={styles.shade} style={{ left: 0, width: Math.max(0, shownFrom) }} />
      <div className={styles.shade} style={{ left: shownTo, right: 0 }} />
    </div>
  );
});

const getStyles = (theme: GrafanaTheme2) => ({
  frame: css({
    position: 'relative',
    height: 56,
    flexShrink: 0,
    cursor: 'col-resize',
    overflow: 'hidden',
    background: theme.colors.background.secondary,
    borderRadius: theme.shape.radius.default,
    touchAction: 'none',
  }),
  canvas: css({ position: 'absolute', inset: 0, width: '100%', height: '100%', pointerEvents: 'none' }),
  shade: css({ position: 'absolute', top: 0, bottom: 0, background: theme.colors.background.canvas, opacity: 0.7, pointerEvents: 'none' }),
});
