import { CoreApp, type PanelProps } from '@grafana/data';
import { usePanelContext } from '@grafana/ui';
import { useCallback, useMemo } from 'react';
import type { Place, Places } from '../../drawing/graph/stable-layout';
import { useStoredPositions, withPosition } from '../../views/service-map/use-stored-positions';
import type { ServiceMapOptions } from './options';

export interface PositionControl {
  readonly pinned: Places;
  readonly onPin: (nodeId: string, place: Place | undefined) => void;
}

/**
 * Where services were dragged to. Who edits the panel drags for everybody: it is saved with the panel. A reader drags
 * for themselves, on top of that: it is kept in their browser.
 */
export function usePositions({ id, data, options, onOptionsChange }: PanelProps<ServiceMapOptions>): PositionControl {
  const isEditing = usePanelContext().app === CoreApp.PanelEditor;
  const [own, moveOwn] = useStoredPositions(`veza-servicemap-panel.positions.${data.request?.dashboardUID ?? ''}.${id}`);
  const pinned = useMemo(() => new Map(Object.entries(isEditing ? options.positions : { ...options.positions, ...own })), [options.positions, own, isEditing]);
  const onPin = useCallback(
    (nodeId: string, place: Place | undefined) =>
      isEditing ? onOptionsChange({ ...options, positions: withPosition(options.positions, nodeId, place) }) : moveOwn(nodeId, place),
    [isEditing, options, onOptionsChange, moveOwn]
  );
  return { pinned, onPin };
}
