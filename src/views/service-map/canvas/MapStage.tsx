import { css } from '@emotion/css';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { useCallback, useImperativeHandle, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import type { MapEmphasis } from '../../../drawing/graph/draw-map';
import { hitTest, type MapHit } from '../../../drawing/graph/hit-test';
import type { MapGeometry } from '../../../drawing/graph/map-geometry';
import { defaultMapStyle } from '../../../drawing/graph/map-style';
import type { Place } from '../../../drawing/graph/stable-layout';
import { useCanvas } from '../../canvas/use-canvas';
import type { Size } from '../../canvas/use-size';
import { mapPalette } from '../map-palette';
import { MapZoomButtons } from '../MapZoomButtons';
import type { ServiceMapCanvasProps } from '../ServiceMapCanvas';
import { useMapPainter } from '../use-map-painter';
import { useViewport } from '../use-viewport';
import { mapToPng, mapToSvg } from './map-export';
import { useMapGestures } from './use-map-gestures';
import type { PinControl } from './use-pins';

interface Props extends ServiceMapCanvasProps {
  readonly geometry: MapGeometry;
  readonly size: Size;
  readonly pins: PinControl;
}

const EDGE_TOLERANCE_PX = 6;
const KEY_PAN_PX = 60;

/** A map that is laid out: wheel zooms, dragging pans or moves a node, a click selects. */
export function MapStage({ model, windowS, selected, found, onSelect, onToggleGroup, mapStyle, handleRef, geometry, size, pins: { drag, drop, release } }: Props) {
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const { viewport, fit, hold, zoomBy, panBy } = useViewport(canvasRef, geometry, size);
  const [hover, setHover] = useState<{ readonly hit: MapHit | undefined; readonly on: MapGeometry } | undefined>(undefined);
  // What was hovered before a refresh may have another index now.
  const hovered = hover?.on === geometry ? hover.hit : undefined;

  const palette = useMemo(() => mapPalette(theme), [theme]);
  const style = useMemo(() => ({ ...defaultMapStyle(palette), ...mapStyle }), [palette, mapStyle]);
  const picture = useMemo(() => ({ model, geometry, windowS, style }), [model, geometry, windowS, style]);
  const emphasis = useMemo(() => ({ ...emphasisOf(selected, hovered), found }), [selected, hovered, found]);
  const paint = useMapPainter(picture, viewport, palette, emphasis);
  useCanvas(canvasRef, size, paint);

  useImperativeHandle(handleRef, () => {
    const shot = { picture, viewport, size, palette };
    return { toPng: (scale) => mapToPng(shot, scale), toSvg: () => mapToSvg(shot) };
  }, [picture, viewport, size, palette]);

  const hitAt = useCallback(
    (xPx: number, yPx: number) => hitTest(geometry, (xPx - viewport.offsetXPx) / viewport.scale, (yPx - viewport.offsetYPx) / viewport.scale, EDGE_TOLERANCE_PX / viewport.scale),
    [geometry, viewport]
  );
  const dragFrom = useRef<Place | undefined>(undefined);
  const gestures = useMapGestures({
    hitAt,
    onHover: (hit) => setHover((last) => (last?.on === geometry && last.hit?.kind === hit?.kind && last.hit?.index === hit?.index ? last : { hit, on: geometry })),
    onClick: onSelect,
    onPan: panBy,
    onDragNode: (node, dxPx, dyPx) => {
      hold();
      dragFrom.current ??= { x: geometry.nodeX[node], y: geometry.nodeY[node] };
      drag(model.nodes[node].id, { x: dragFrom.current.x + dxPx / viewport.scale, y: dragFrom.current.y + dyPx / viewport.scale });
    },
    onDropNode: () => {
      dragFrom.current = undefined;
      drop();
    },
  });
  const onDoubleClick = ({ nativeEvent }: MouseEvent) => {
    const hit = hitAt(nativeEvent.offsetX, nativeEvent.offsetY);
    const node = hit?.kind === 'node' ? model.nodes[hit.index] : undefined;
    if (node?.group !== undefined && node.memberCount !== undefined) {
      onToggleGroup?.(node.group);
    } else if (node) {
      release(node.id);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const action = KEYS[event.key];
    if (action && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      action({ fit, zoomBy, panBy, clear: () => onSelect(undefined) });
    }
  };

  return (
    <>
      <canvas
        ref={canvasRef}
        className={styles.canvas}
        style={{ cursor: hovered ? 'pointer' : 'grab' }}
        tabIndex={0}
        role="img"
        aria-label={`Service map: ${model.nodes.length} services, ${model.edges.length} connections. The same content is in the table view.`}
        {...gestures}
        onDoubleClick={onDoubleClick}
        onKeyDown={onKeyDown}
      />
      <MapZoomButtons onFit={fit} onZoom={zoomBy} />
    </>
  );
}

interface MapActions {
  readonly fit: () => void;
  readonly zoomBy: (factor: number) => void;
  readonly panBy: (dxPx: number, dyPx: number) => void;
  readonly clear: () => void;
}

const KEYS: Readonly<Record<string, ((actions: MapActions) => void) | undefined>> = {
  '+': ({ zoomBy }) => zoomBy(1.25),
  '=': ({ zoomBy }) => zoomBy(1.25),
  '-': ({ zoomBy }) => zoomBy(0.8),
  '0': ({ fit }) => fit(),
  Escape: ({ clear }) => clear(),
  ArrowLeft: ({ panBy }) => panBy(KEY_PAN_PX, 0),
  ArrowRight: ({ panBy }) => panBy(-KEY_PAN_PX, 0),
  ArrowUp: ({ panBy }) => panBy(0, KEY_PAN_PX),
  ArrowDown: ({ panBy }) => panBy(0, -KEY_PAN_PX),
};

function emphasisOf(selected: MapHit | undefined, hovered: MapHit | undefined): MapEmphasis {
  const index = (hit: MapHit | undefined, kind: MapHit['kind']) => (hit?.kind === kind ? hit.index : undefined);
  return {
    hoveredNode: index(hovered, 'node'),
    hoveredEdge: index(hovered, 'edge'),
    selectedNode: index(selected, 'node'),
    selectedEdge: index(selected, 'edge'),
  };
}

const getStyles = () => ({
  canvas: css({ position: 'absolute', inset: 0, width: '100%', height: '100%', touchAction: 'none' }),
});
