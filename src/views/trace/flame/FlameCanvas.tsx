import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { drawFlame, type FlamePalette, type FlameScene } from '../../../drawing/flame/draw-flame';
import { FRAME_HEIGHT_PX, frameAt, type FlameView } from '../../../drawing/flame/flame-layout';
import { useCanvas } from '../../canvas/use-canvas';
import { useSize } from '../../canvas/use-size';
import { useScroll } from '../use-scroll';

interface Props {
  readonly scene: FlameScene;
  readonly direction: FlameView['direction'];
  readonly zoomed: number | undefined;
  /** What the focused frame is, for those who hear the page. */
  readonly description: string;
  readonly onFocus: (node: number | undefined) => void;
  readonly onZoom: (node: number) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** The frames on a canvas that scrolls level by level, however deep. */
export function FlameCanvas({ scene, direction, zoomed, description, onFocus, onZoom, onKeyDown }: Props) {
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const scrollRef = useRef<HTMLDivElement>(null);
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const size = useSize(scrollRef);
  const { layout, focused } = scene;
  const { offsetPx, elementPx, scrollIntoView } = useScroll(scrollRef, layout.depthCount, FRAME_HEIGHT_PX, size.heightPx);
  const [hovered, setHovered] = useState<number | undefined>(undefined);
  const view = useMemo((): FlameView => ({ ...size, zoomed, direction, scrollPx: offsetPx }), [size, zoomed, direction, offsetPx]);
  const palette = useMemo(() => flamePalette(theme), [theme]);
  const paint = useCallback((ctx: CanvasRenderingContext2D) => drawFlame(ctx, { ...scene, focused: hovered ?? focused }, view, palette), [scene, focused, hovered, view, palette]);
  useCanvas(canvasRef, size, paint);
  const levelOf = useCallback((node: number) => (direction === 'down' ? layout.columns.depth[node] : layout.depthCount - 1 - layout.columns.depth[node]), [layout, direction]);
  useEffect(() => {
    if (focused !== undefined && size.heightPx > 0) {
      scrollIntoView(levelOf(focused));
    }
  }, [focused, levelOf, scrollIntoView, size.heightPx]);

  return (
    <div
      ref={scrollRef}
      className={styles.scroll}
      tabIndex={0}
      role="application"
      aria-roledescription="flame graph"
      aria-label={description}
      onKeyDown={onKeyDown}
    >
      <div style={{ height: Math.max(elementPx, 1) }}>
        <canvas
          ref={canvasRef}
          className={styles.canvas}
          style={{ height: size.heightPx }}
          aria-hidden
          onPointerMove={({ nativeEvent: { offsetX, offsetY } }) => {
            const node = frameAt(layout, view, offsetX, offsetY);
            if (node !== hovered) {
              setHovered(node);
              onFocus(node);
            }
          }}
          onPointerLeave={() => setHovered(undefined)}
          onClick={({ nativeEvent: { offsetX, offsetY } }) => {
            const node = frameAt(layout, view, offsetX, offsetY);
            if (node !== undefined) {
              onZoom(node);
            }
          }}
        />
      </div>
    </div>
  );
}

/** Bars have mid-tone colours in both themes; what is written on them is dark in the dark one and light in the light one. */
function flamePalette(theme: GrafanaTheme2): FlamePalette {
  return {
    background: theme.colors.background.primary,
    text: theme.isDark ? '#000000' : '#ffffff',
    narrow: theme.colors.border.strong,
    focus: theme.colors.text.maxContrast,
    error: theme.colors.error.main,
    fontFamily: theme.typography.fontFamily,
  };
}

const getStyles = (theme: GrafanaTheme2) => ({
  scroll: css({
    flex: 1,
    minHeight: 0,
    overflowX: 'hidden',
    overflowY: 'auto',
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.main}`, outlineOffset: -2 },
  }),
  // Sticky: the browser may scroll before we paint, and this way shows the old frames meanwhile, never a gap.
  canvas: css({ position: 'sticky', top: 0, width: '100%', display: 'block', cursor: 'pointer' }),
});
