import { css } from '@emotion/css';
import { useStyles2 } from '@grafana/ui';
import { useRef } from 'react';
import { useMapPainter, type MapPictureProps } from './use-map-painter';

/**
 * The canvases of the map: what is in view, under it all of the map at a low resolution; both fade behind what is brought out
 * by the pointer, the keyboard, the selection or a search.
 */
export function MapPicture(props: MapPictureProps) {
  const styles = useStyles2(getStyles);
  const [viewRef, wholeRef, emphasisRef] = [useRef<HTMLCanvasElement>(null), useRef<HTMLCanvasElement>(null), useRef<HTMLCanvasElement>(null)];
  const mapRef = useRef<HTMLDivElement>(null);
  useMapPainter({ view: viewRef, whole: wholeRef, emphasis: emphasisRef }, mapRef, props);
  return (
    <>
      <div ref={mapRef} className={styles.map}>
        <canvas ref={wholeRef} className={styles.canvas} />
        <canvas ref={viewRef} className={styles.canvas} />
      </div>
      <canvas ref={emphasisRef} className={styles.canvas} />
    </>
  );
}

const getStyles = () => ({
  // As a whole, so that one canvas does not shine through the other.
  map: css({ position: 'absolute', inset: 0, isolation: 'isolate', pointerEvents: 'none' }),
  canvas: css({ position: 'absolute', left: 0, top: 0, transformOrigin: '0 0', pointerEvents: 'none', maxWidth: 'none', visibility: 'hidden', willChange: 'transform' }),
});
