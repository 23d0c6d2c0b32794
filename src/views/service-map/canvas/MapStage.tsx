import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { useStyles2, useTheme2 } from '@grafana/ui';
import { useCallback, useImperativeHandle, useMemo, useRef, useState, type MouseEvent } from 'react';
import { groupAt, groupBoxes } from '../../../drawing/graph/group-boxes';
import { hitTest, type MapHit } from '../../../drawing/graph/hit-test';
import type { MapGeometry } from '../../../drawing/graph/map-geometry';
import { hasCrowd, mapInk } from '../../../drawing/graph/map-scene';
import { defaultMapStyle } from '../../../drawing/graph/map-style';
import type { MapEmphasis } from '../../../drawing/graph/neighbourhood';
import type { Place } from '../../../drawing/graph/stable-layout';
import type { Size } from '../../canvas/use-size';
import { mapPalette } from '../map-palette';
import { MapZoomButtons } from '../MapZoomButtons';
import type { ServiceMapCanvasProps } from '../ServiceMapCanvas';
import { useViewport } from '../use-viewport';
import { describeNode } from './describe-node';
import { mapToPng, mapToSvg } from './map-export';
import { LEGEND_WIDTH_PX, MapLegend } from './MapLegend';
import { MapPicture } from './MapPicture';
import { Minimap } from './Minimap';
import { useMapGestures } from './use-map-gestures';
import { useBackground } from './use-background';
import { useKeptInView } from './use-kept-in-view';
import { useMapKeys } from './use-map-keys';
import type { PinControl } from './use-pins';

interface Props extends ServiceMapCanvasProps {
  readonly geometry: MapGeometry;
  readonly size: Size;
  readonly pins: PinControl;
}

const EDGE_TOLERANCE_PX = 6;
/** Smaller maps are seen at once, and small panels have no room for another picture. */
const MINIMAP_FROM = { nodes: 25, widthPx: 560, heightPx: 360 };
/** In smaller ones the legend lies over the map: beside it there would be too little left of it. */
const LEGEND_BESIDE_FROM_PX = 800;
/** A panel lower than this has no room for buttons. */
const BUTTONS_FROM_HEIGHT_PX = 140;
/** In smaller ones they would cover services for good. */
const BUTTONS_STAY_FROM = { widthPx: 480, heightPx: 320 };

/** A map that is laid out: wheel zooms, dragging pans or moves a node, a click selects; all of it by keyboard too. */
export function MapStage(props: Props) {
  const { model, windowS, selected, found, onSelect, onToggleGroup, mapStyle, handleRef, layout = 'layered', isLegendOpen, onToggleLegend, showMinimap = true, geometry, size, pins } = props;
  const { dragged, drag, drop, pin, release } = pins;
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const surfaceRef = useRef<HTMLDivElement>(null);
  const control = useViewport(surfaceRef, geometry, size, isLegendOpen && size.widthPx >= LEGEND_BESIDE_FROM_PX ? LEGEND_WIDTH_PX : 0);
  const { viewport } = control;
  useKeptInView(selected?.kind === 'node' ? selected.index : undefined, geometry, size, control);
  const [hover, setHover] = useState<{ readonly hit: MapHit | undefined; readonly on: MapGeometry } | undefined>(undefined);
  // What was hovered before a refresh may have another index now.
  const hovered = hover?.on === geometry ? hover.hit : undefined;

  const background = useBackground(surfaceRef);
  const palette = useMemo(() => mapPalette(theme, background), [theme, background]);
  const style = useMemo(() => ({ ...defaultMapStyle(palette), ...mapStyle }), [palette, mapStyle]);
  const { ends } = geometry;
  const ink = useMemo(() => mapInk({ model, windowS, style }, ends, palette), [model, windowS, style, ends, palette]);
  const scene = useMemo(() => ({ ...ink, picture: { model, geometry, windowS, style } }), [ink, model, geometry, windowS, style]);
  // Other layouts do not keep groups together: their boxes would lie over one another.
  const boxes = useMemo(() => (layout === 'layered' ? groupBoxes(model, geometry) : []), [model, geometry, layout]);
  const { focused, onKeyDown, leave } = useMapKeys({ scene, control, selected, onSelect, onToggleGroup, onMoveNode: pin, onReleaseNode: release });
  const emphasis = useMemo(() => ({ ...emphasisOf(selected, hovered), focusedNode: focused, found }), [selected, hovered, focused, found]);

  useImperativeHandle(handleRef, () => {
    const shot = { scene, boxes, viewport, size };
    return { toPng: (scale) => mapToPng(shot, scale), toSvg: () => mapToSvg(shot) };
  }, [scene, boxes, viewport, size]);

  const toGraph = useCallback((xPx: number, yPx: number): Place => ({ x: (xPx - viewport.offsetXPx) / viewport.scale, y: (yPx - viewport.offsetYPx) / viewport.scale }), [viewport]);
  const hitAt = (xPx: number, yPx: number) => {
    const { x, y } = toGraph(xPx, yPx);
    return hitTest(geometry, x, y, EDGE_TOLERANCE_PX / viewport.scale);
  };
  const groupUnder = (xPx: number, yPx: number) => {
    const { x, y } = toGraph(xPx, yPx);
    return groupAt(boxes, x, y);
  };
  const dragFrom = useRef<Place | undefined>(undefined);
  const gestures = useMapGestures({
    hitAt,
    onHover: (hit) => setHover((last) => (last?.on === geometry && last.hit?.kind === hit?.kind && last.hit?.index === hit?.index ? last : { hit, on: geometry })),
    onClick: (hit, xPx, yPx) => {
      const group = hit?.kind === 'node' ? undefined : groupUnder(xPx, yPx);
      return group !== undefined && onToggleGroup ? onToggleGroup(group) : onSelect(hit);
    },
    onPan: control.panBy,
    onDragNode: (node, dxPx, dyPx) => {
      control.hold();
      dragFrom.current ??= { x: geometry.nodeX[node], y: geometry.nodeY[node] };
      drag(model.nodes[node].id, { x: dragFrom.current.x + dxPx / viewport.scale, y: dragFrom.current.y + dyPx / viewport.scale });
    },
    onDropNode: () => {
      dragFrom.current = undefined;
      drop();
    },
  });
  const onDoubleClick = ({ clientX, clientY, currentTarget }: MouseEvent) => {
    const box = currentTarget.getBoundingClientRect();
    const hit = hitAt(clientX - box.left, clientY - box.top);
    const node = hit?.kind === 'node' ? model.nodes[hit.index] : undefined;
    if (node?.group !== undefined && node.memberCount !== undefined) {
      onToggleGroup?.(node.group);
    } else if (node) {
      release(node.id);
    }
  };

  const hasMinimap = showMinimap && !control.showsAll && model.nodes.length >= MINIMAP_FROM.nodes && size.widthPx >= MINIMAP_FROM.widthPx && size.heightPx >= MINIMAP_FROM.heightPx;
  return (
    <>
      <div
        ref={surfaceRef}
        className={styles.surface}
        style={{ cursor: hovered ? 'pointer' : 'grab' }}
        tabIndex={0}
        role="application"
        aria-label={`Service map: ${model.nodes.length} services, ${model.edges.length} connections. Arrow keys go from service to service, with Alt they move one, Enter opens one. The same content is in the table view.`}
        {...gestures}
        onDoubleClick={onDoubleClick}
        onKeyDown={onKeyDown}
        onBlur={leave}
      >
        <MapPicture scene={scene} boxes={boxes} viewport={viewport} size={size} emphasis={emphasis} dragged={dragged} />
      </div>
      <div className={styles.announced} role="status">
        {focused === undefined ? '' : describeNode(scene, focused)}
      </div>
      {size.heightPx >= BUTTONS_FROM_HEIGHT_PX && (
        <MapZoomButtons
          onFit={control.fit}
          onZoom={control.zoomBy}
          onLegend={onToggleLegend}
          isLegendOpen={isLegendOpen}
          isDiscreet={size.widthPx < BUTTONS_STAY_FROM.widthPx || size.heightPx < BUTTONS_STAY_FROM.heightPx}
        />
      )}
      {isLegendOpen && <MapLegend model={model} style={style} palette={palette} hasCrowd={hasCrowd(ink)} onClose={onToggleLegend} />}
      {hasMinimap && <Minimap scene={scene} viewport={viewport} size={size} onCentre={control.centre} />}
    </>
  );
}

function emphasisOf(selected: MapHit | undefined, hovered: MapHit | undefined): MapEmphasis {
  const index = (hit: MapHit | undefined, kind: MapHit['kind']) => (hit?.kind === kind ? hit.index : undefined);
  return {
    hoveredNode: index(hovered, 'node'),
    hoveredEdge: index(hovered, 'edge'),
    selectedNode: index(selected, 'node'),
    selectedEdge: index(selected, 'edge'),
  };
}

const getStyles = (theme: GrafanaTheme2) => ({
  surface: css({
    position: 'absolute',
    inset: 0,
    overflow: 'hidden',
    isolation: 'isolate',
    touchAction: 'none',
    '&:focus-visible': { outline: `2px solid ${theme.colors.primary.border}`, outlineOffset: -2 },
  }),
  announced: css({ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)', whiteSpace: 'nowrap' }),
});
