import { css } from '@emotion/css';
import { useStyles2 } from '@grafana/ui';
import { useRef } from 'react';
import { useMapPainter, type MapPictureProps } from './use-map-painter';

/** The canvases of the map: what is in view, under it all of the map at a low resolution, over it the node that is dragged. */
export function MapPicture(props: MapPictureProps) {
  const styles = useStyles2(getStyles);
  const [viewRef, wholeRef, draggedRef] = [useRef<HTMLCanvasElement>(null), useRef<HTMLCanvasElement>(null), useRef<HTMLCanvasElement>(null)];
  useMapPainter({ view: viewRef, whole: wholeRef, dragged: draggedRef }, props);
  return (
    <>
      <canvas ref={viewRef} className={styles.canvas} style={{ zIndex: 1 }} />
      <canvas ref={wholeRef} className={styles.canvas} />
      <canvas ref={draggedRef} className={styles.canvas} style={{ zIndex: 2 }} />
    </>
  );
}

const getStyles = () => ({
  canvas: css({ position: 'absolute', left: 0, top: 0, transformOrigin: '0 0', pointerEvents: 'none', maxWidth: 'none', visibility: 'hidden', willChange: 'transform' }),
});
