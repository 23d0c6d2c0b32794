import { css } from '@emotion/css';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import type { MapEmphasis } from '../../drawing/graph/draw-map';
import type { Neighbourhood } from '../../drawing/graph/draw-overview';
import { hitTest, type MapHit } from '../../drawing/graph/hit-test';
import type { MapModel } from '../../drawing/graph/map-model';
import { useCanvas } from '../canvas/use-canvas';
import { useSize } from '../canvas/use-size';
import { mapPalette } from './map-palette';
import { MapZoomButtons } from './MapZoomButtons';
import { useMapLayout } from './use-map-layout';
import { useMapPainter } from './use-map-painter';
import { useViewport } from './use-viewport';

export interface ServiceMapCanvasProps {
  readonly model: MapModel;
  /** Length of the window the model's counts come from. */
  readonly windowS: number;
  readonly selected: MapHit | undefined;
  /** What a search brings out. */
  readonly found: Neighbourhood | undefined;
  readonly onSelect: (hit: MapHit | undefined) => void;
}

/** A press that moves less than this is a click, not a drag. */
const CLICK_SLOP_PX = 4;
const EDGE_TOLERANCE_PX = 6;
const KEY_PAN_PX = 60;

/** The map as a picture: wheel zooms, dragging pans, a click selects. Its content is also in the table view. */
export function ServiceMapCanvas({ model, windowS, selected, found, onSelect }: ServiceMapCanvasProps) {
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const frameRef = useRef<HTMLDivElement>(null);
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const size = useSize(frameRef);
  const geometry = useMapLayout(model);
  const { viewport, fit, zoomBy, panBy } = useViewport(canvasRef, geometry, size);
  const [hovered, setHovered] = useState<MapHit | undefined>(undefined);
  const drag = useRef<{ startXPx: number; startYPx: number; lastXPx: number; lastYPx: number; moved: boolean } | undefined>(undefined);

  const palette = useMemo(() => mapPalette(theme), [theme]);
  const picture = useMemo(() => ({ model, geometry, windowS }), [model, geometry, windowS]);
  const emphasis = useMemo(() => ({ ...emphasisOf(selected, hovered), found }), [selected, hovered, found]);
  const paint = useMapPainter(picture, viewport, palette, emphasis);
  useCanvas(canvasRef, size, paint);

  const hitAt = (event: PointerEvent): MapHit | undefined => {
    const { offsetX, offsetY } = event.nativeEvent;
    const x = (offsetX - viewport.offsetXPx) / viewport.scale;
    const y = (offsetY - viewport.offsetYPx) / viewport.scale;
    return hitTest(geometry, x, y, EDGE_TOLERANCE_PX / viewport.scale);
  };

  const onPointerDown = (event: PointerEvent<HTMLCanvasElement>) => {
    if (event.button === 0) {
      event.currentTarget.setPointerCapture(event.pointerId);
      const { clientX, clientY } = event;
      drag.current = { startXPx: clientX, startYPx: clientY, lastXPx: clientX, lastYPx: clientY, moved: false };
    }
  };
  const onPointerMove = (event: PointerEvent<HTMLCanvasElement>) => {
    const current = drag.current;
    if (!current) {
      const hit = hitAt(event);
      setHovered((last) => (last?.kind === hit?.kind && last?.index === hit?.index ? last : hit));
      return;
    }
    const { clientX, clientY } = event;
    current.moved ||= Math.hypot(clientX - current.startXPx, clientY - current.startYPx) > CLICK_SLOP_PX;
    if (current.moved) {
      panBy(clientX - current.lastXPx, clientY - current.lastYPx);
      current.lastXPx = clientX;
      current.lastYPx = clientY;
    }
  };
  const onPointerUp = (event: PointerEvent<HTMLCanvasElement>) => {
    const wasClick = drag.current && !drag.current.moved;
    drag.current = undefined;
    if (wasClick) {
      onSelect(hitAt(event));
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
    <div ref={frameRef} className={styles.frame}>
      <canvas
        ref={canvasRef}
        className={styles.canvas}
        style={{ cursor: hovered ? 'pointer' : 'grab' }}
        tabIndex={0}
        role="img"
        aria-label={`Service map: ${model.nodes.length} services, ${model.edges.length} connections. The same content is in the table view.`}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={() => (drag.current = undefined)}
        onPointerLeave={() => setHovered(undefined)}
        onKeyDown={onKeyDown}
      />
      <MapZoomButtons onFit={fit} onZoom={zoomBy} />
    </div>
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
  frame: css({ position: 'relative', width: '100%', height: '100%', minHeight: 0, overflow: 'hidden' }),
  canvas: css({ position: 'absolute', inset: 0, width: '100%', height: '100%', touchAction: 'none' }),
});
