import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2 } from '@grafana/ui';
import { memo, useEffect, useMemo, useRef, type PointerEvent } from 'react';
import { mapBounds } from '../../../drawing/graph/map-geometry';
import type { MapScene } from '../../../drawing/graph/map-scene';
import { nodeColour } from '../../../drawing/graph/map-style';
import { fitViewport, type Viewport } from '../../../drawing/spaces';
import type { Size } from '../../canvas/use-size';

interface Props {
  readonly scene: MapScene;
  readonly viewport: Viewport;
  readonly size: Size;
  /** Puts a point of graph space in the middle of the view. */
  readonly onCentre: (x: number, y: number) => void;
}

const WIDTH_PX = 168;
const HEIGHT_PX = 104;
const PADDING_PX = 6;

/** The whole map small, with a frame round what is on screen; dragging moves it. For the pointer only: keys pan the map itself. */
export function Minimap({ scene, viewport, size, onCentre }: Props) {
  const styles = useStyles2(getStyles);
  const { geometry } = scene.picture;
  const small = useMemo(() => fitViewport(mapBounds(geometry), WIDTH_PX, HEIGHT_PX, PADDING_PX), [geometry]);
  const centre = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    onCentre((event.clientX - box.left - small.offsetXPx) / small.scale, (event.clientY - box.top - small.offsetYPx) / small.scale);
  };
  const factor = small.scale / viewport.scale;
  return (
    <div
      className={styles.frame}
      aria-hidden
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        centre(event);
      }}
      onPointerMove={(event) => event.buttons === 1 && centre(event)}
    >
      <MinimapPicture scene={scene} small={small} />
      <div
        className={styles.view}
        style={{
          transform: `translate(${small.offsetXPx - viewport.offsetXPx * factor}px, ${small.offsetYPx - viewport.offsetYPx * factor}px)`,
          width: size.widthPx * factor,
          height: size.heightPx * factor,
        }}
      />
    </div>
  );
}

const MinimapPicture = memo(function MinimapPicture({ scene, small }: { readonly scene: MapScene; readonly small: Viewport }) {
  const ref = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const ctx = ref.current?.getContext('2d');
    if (!ctx) {
      return;
    }
    const { model, geometry, style } = scene.picture;
    const ratio = window.devicePixelRatio || 1;
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.clearRect(0, 0, WIDTH_PX, HEIGHT_PX);
    model.nodes.forEach((node, v) => {
      ctx.fillStyle = nodeColour(node, style) ?? scene.palette.textFaint;
      ctx.fillRect(geometry.nodeX[v] * small.scale + small.offsetXPx - 1.5, geometry.nodeY[v] * small.scale + small.offsetYPx - 1, 3, 2);
    });
  }, [scene, small]);
  const ratio = window.devicePixelRatio || 1;
  return <canvas ref={ref} width={WIDTH_PX * ratio} height={HEIGHT_PX * ratio} style={{ width: WIDTH_PX, height: HEIGHT_PX, display: 'block' }} />;
});

const getStyles = (theme: GrafanaTheme2) => ({
  frame: css({
    position: 'absolute',
    right: theme.spacing(1),
    bottom: theme.spacing(1),
    overflow: 'hidden',
    cursor: 'grab',
    touchAction: 'none',
    background: theme.colors.background.secondary,
    border: `1px solid ${theme.colors.border.weak}`,
    borderRadius: theme.shape.radius.default,
  }),
  view: css({ position: 'absolute', left: 0, top: 0, pointerEvents: 'none', border: `1px solid ${theme.colors.primary.border}`, background: theme.colors.action.hover }),
});
