import { useMemo, useState } from 'react';
import { mapGeometry, type MapGeometry } from '../../drawing/graph/map-geometry';
import type { MapModel } from '../../drawing/graph/map-model';
import { StablePlacement } from '../../drawing/graph/stable-layout';

/** The geometry of the map; nodes that were there at the last refresh stay where they are. */
export function useMapLayout(model: MapModel): MapGeometry {
  const [placement] = useState(() => new StablePlacement());
  return useMemo(() => {
    const places = placement.place(model);
    const x = Float64Array.from(model.nodes, ({ id }) => places.get(id)?.x ?? 0);
    const y = Float64Array.from(model.nodes, ({ id }) => places.get(id)?.y ?? 0);
    return mapGeometry(model, x, y);
  }, [model, placement]);
}
