import { useEffect, useMemo, useState } from 'react';
import { GeometryCache } from '../../drawing/graph/geometry-cache';
import type { MapGeometry } from '../../drawing/graph/map-geometry';
import { layOut, type MapLayoutKind } from '../../drawing/graph/map-layout';
import type { MapModel } from '../../drawing/graph/map-model';
import { placesOf, topologyOf, type PlacementMemory, type Places } from '../../drawing/graph/stable-layout';
import { layOutInWorker } from './canvas/lay-out-in-worker';

/** Smaller maps are laid out at once: starting a worker takes longer. */
const WORKER_FROM_ITEMS = 250;

export type MapLayoutState =
  | { readonly kind: 'running' }
  | { readonly kind: 'failed'; readonly error: Error }
  | { readonly kind: 'done'; readonly geometry: MapGeometry };

interface Result {
  readonly model: MapModel;
  readonly layout: MapLayoutKind;
  readonly outcome: Places | Error;
}

/**
 * The geometry of the map; nodes that were there at the last refresh stay where they are, pinned ones where they were put.
 * What arrives for a map that is no longer asked for is dropped.
 */
export function useMapLayout(model: MapModel, layout: MapLayoutKind, pinned: Places, memory: PlacementMemory): MapLayoutState {
  const [result, setResult] = useState<Result | undefined>(undefined);
  const [cache] = useState(() => new GeometryCache());
  const atOnce = useMemo(() => memory.keep(model, layout) ?? (isSmall(model) ? layOutHere(model, layout, memory) : undefined), [model, layout, memory]);

  useEffect(() => {
    if (atOnce) {
      return undefined;
    }
    const abort = new AbortController();
    const { ids, topology, groupOf } = topologyOf(model);
    const finish = (outcome: Places | Error) => !abort.signal.aborted && setResult({ model, layout, outcome });
    layOutInWorker({ kind: layout, topology, groupOf }, abort.signal).then(
      (done) => {
        const places = placesOf(ids, done);
        memory.remember(model, layout, places);
        finish(places);
      },
      (error: unknown) => finish(error instanceof Error ? error : new Error(String(error)))
    );
    return () => abort.abort();
  }, [atOnce, model, layout, memory]);

  const arrived = result?.model === model && result.layout === layout ? result.outcome : undefined;
  const places = atOnce ?? arrived;
  return useMemo(() => {
    if (places === undefined) {
      return { kind: 'running' };
    }
    return places instanceof Error ? { kind: 'failed', error: places } : { kind: 'done', geometry: cache.geometryOf(model, (id) => pinned.get(id) ?? places.get(id)) };
  }, [cache, model, places, pinned]);
}

const isSmall = ({ nodes, edges }: MapModel) => nodes.length + edges.length < WORKER_FROM_ITEMS;

function layOutHere(model: MapModel, layout: MapLayoutKind, memory: PlacementMemory): Places {
  const { ids, topology, groupOf } = topologyOf(model);
  const places = placesOf(ids, layOut(layout, topology, groupOf));
  memory.remember(model, layout, places);
  return places;
}
