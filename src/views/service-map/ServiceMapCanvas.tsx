import { css } from '@emotion/css';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { useCallback, useImperativeHandle, useMemo, useRef, useState, type KeyboardEvent, type MouseEvent, type Ref } from 'react';
import type { MapEmphasis } from '../../drawing/graph/draw-map';
import type { Neighbourhood } from '../../drawing/graph/draw-overview';
import { hitTest, type MapHit } from '../../drawing/graph/hit-test';
import type { MapLayoutKind } from '../../drawing/graph/map-layout';
import type { MapModel } from '../../drawing/graph/map-model';
import { defaultMapStyle, type MapStyle } from '../../drawing/graph/map-style';
import { PlacementMemory, type Place, type Places } from '../../drawing/graph/stable-layout';
import { useCanvas } from '../canvas/use-canvas';
import { useSize } from '../canvas/use-size';
import { mapToPng, mapToSvg, type ServiceMapHandle } from './canvas/map-export';
import { useMapGestures } from './canvas/use-map-gestures';
import { usePins } from './canvas/use-pins';
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
  /** Layered where undefined. */
  readonly layout?: MapLayoutKind;
  /** Saved drags by node id, in graph space; where undefined the map keeps drags itself for as long as it is shown. */
  readonly pinned?: Places;
  /** A node was dragged to a place, or let go (undefined). */
  readonly onPin?: (nodeId: string, place: Place | undefined) => void;
  /** The box of a group, or the node that stands for a collapsed one, was asked to change its state. */
  readonly onToggleGroup?: (group: string) => void;
  /** What differs from `defaultMapStyle`; memoise it. */
  readonly mapStyle?: Partial<MapStyle>;
  /** Where nodes were; a host that keeps it across unmounting keeps their places. */
  readonly memory?: PlacementMemory;
  readonly handleRef?: Ref<ServiceMapHandle>;
}

const EDGE_TOLERANCE_PX = 6;
const KEY_PAN_PX = 60;

/** The map as a picture: wheel zooms, dragging pans, a click selects. Its content is also in the table view. */
export function ServiceMapCanvas({ model, windowS, selected, found, onSelect, layout = 'layered', pinned, onPin, onToggleGroup, mapStyle, memory, handleRef }: ServiceMapCanvasProps) {
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const frameRef = useRef<HTMLDivElement>(null);
  const canvasRef = useRef<HTMLCanvasElement>(null);
  const size = useSize(frameRef);
  const [ownMemory] = useState(() => new PlacementMemory());
  const { pins, drag, drop, release } = usePins(pinned, onPin);
  const geometry = useMapLayout(model, layout, pins, memory ?? ownMemory);
  const { viewport, fit, hold, zoomBy, panBy } = useViewport(canvasRef, geometry, size);
  const [hovered, setHovered] = useState<MapHit | undefined>(undefined);

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
    onHover: (hit) => setHovered((last) => (last?.kind === hit?.kind && last?.index === hit?.index ? last : hit)),
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
    <div ref={frameRef} className={styles.frame}>
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
