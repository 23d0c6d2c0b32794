import { useMemo } from 'react';
import { mapGeometry, type MapGeometry } from '../../drawing/graph/map-geometry';
import { layOut, type MapLayoutKind } from '../../drawing/graph/map-layout';
import type { MapModel } from '../../drawing/graph/map-model';
import { placesOf, topologyOf, type PlacementMemory, type Places } from '../../drawing/graph/stable-layout';

/** The geometry of the map; nodes that were there at the last refresh stay where they are, pinned ones where they were put. */
export function useMapLayout(model: MapModel, kind: MapLayoutKind, pinned: Places, memory: PlacementMemory): MapGeometry {
  const places = useMemo(() => memory.keep(model, kind) ?? freshPlaces(model, kind, memory), [model, kind, memory]);
  return useMemo(() => {
    const place = (id: string) => pinned.get(id) ?? places.get(id);
    const x = Float64Array.from(model.nodes, ({ id }) => place(id)?.x ?? 0);
    const y = Float64Array.from(model.nodes, ({ id }) => place(id)?.y ?? 0);
    return mapGeometry(model, x, y);
  }, [model, places, pinned]);
}

function freshPlaces(model: MapModel, kind: MapLayoutKind, memory: PlacementMemory): Places {
  const { ids, topology } = topologyOf(model);
  const places = placesOf(ids, layOut(kind, topology));
  memory.remember(kind, places);
  return places;
}
