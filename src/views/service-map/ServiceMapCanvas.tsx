import { css } from '@emotion/css';
import { useStyles2 } from '@grafana/ui';
import { useRef, useState, type Ref } from 'react';
import type { Neighbourhood } from '../../drawing/graph/neighbourhood';
import type { MapHit } from '../../drawing/graph/hit-test';
import type { MapLayoutKind } from '../../drawing/graph/map-layout';
import type { MapModel } from '../../drawing/graph/map-model';
import type { MapStyle } from '../../drawing/graph/map-style';
import { PlacementMemory, type Place, type Places } from '../../drawing/graph/stable-layout';
import { unstretched, type Stretch } from '../../drawing/graph/view-stretch';
import { useSize } from '../canvas/use-size';
import { FailedState, LoadingState } from '../state/StatePanel';
import type { ServiceMapHandle } from './canvas/map-export';
import { MapStage } from './canvas/MapStage';
import { usePins, type PinControl } from './canvas/use-pins';
import { useMapLayout } from './use-map-layout';
import { roomAspect } from './use-viewport';

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
  /** Where the map is big and has room for it; on unless told otherwise. */
  readonly showMinimap?: boolean;
  /** The map is fitted anew where it changes: a reader who asked for another part of the map wants to see that. */
  readonly fitKey: string;
  readonly isLegendOpen: boolean;
  readonly onToggleLegend: () => void;
  readonly handleRef?: Ref<ServiceMapHandle>;
}

/** The map as a picture, laid out without holding up the page. Its content is also in the table view. */
export function ServiceMapCanvas(props: ServiceMapCanvasProps) {
  const { model, layout = 'layered', pinned, onPin, memory } = props;
  const styles = useStyles2(getStyles);
  const frameRef = useRef<HTMLDivElement>(null);
  const size = useSize(frameRef);
  const [ownMemory] = useState(() => new PlacementMemory());
  const pins = usePins(pinned, onPin);
  const state = useMapLayout(model, layout, pins.pins, memory ?? ownMemory, size.widthPx > 0 ? roomAspect(size) : undefined);
  return (
    <div ref={frameRef} className={styles.frame}>
      {state.kind === 'running' && size.widthPx > 0 && <LoadingState what={`Laying out ${model.nodes.length.toLocaleString('en')} services`} />}
      {state.kind === 'failed' && <FailedState title="The map could not be laid out" error={state.error} />}
      {state.kind === 'done' && <MapStage key={`${layout} ${props.fitKey}`} {...props} geometry={state.geometry} size={size} pins={pinsOfView(pins, state.stretch)} />}
    </div>
  );
}

/** A node is dragged to a place of the view; what is kept is one that suits any view. */
const pinsOfView = (pins: PinControl, stretch: Stretch): PinControl => ({
  ...pins,
  drag: (nodeId, place) => pins.drag(nodeId, unstretched(place, stretch)),
  pin: (nodeId, place) => pins.pin(nodeId, unstretched(place, stretch)),
});

const getStyles = () => ({
  frame: css({ position: 'relative', width: '100%', height: '100%', minHeight: 0, overflow: 'hidden' }),
});
