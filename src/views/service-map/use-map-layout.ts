import { useEffect, useMemo, useState } from 'react';
import { GeometryCache } from '../../drawing/graph/geometry-cache';
import type { MapGeometry } from '../../drawing/graph/map-geometry';
import { layOut, type MapLayoutKind } from '../../drawing/graph/map-layout';
import type { MapModel } from '../../drawing/graph/map-model';
import { placesOf, topologyOf, type PlacementMemory, type Places } from '../../drawing/graph/stable-layout';
import { stretched, type Stretch } from '../../drawing/graph/view-stretch';
import { layOutInWorker } from './canvas/lay-out-in-worker';
import { LayoutRequests, type LayoutRequest } from './layout-requests';

/** Smaller maps are laid out at once: starting a worker takes longer. */
const WORKER_FROM_ITEMS = 250;

export type MapLayoutState =
  | { readonly kind: 'running' }
  | { readonly kind: 'failed'; readonly error: Error }
  | { readonly kind: 'done'; readonly geometry: MapGeometry; readonly stretch: Stretch };

interface Result {
  readonly request: LayoutRequest;
  readonly outcome: Places | Error;
}

/**
 * The geometry of the map; nodes that were there at the last refresh stay where they are, pinned ones where they were put.
 * Places are stretched to the view; those of pins and of the memory are not, so that they suit views of any size.
 * What arrives for a map that is no longer asked for is dropped; a refresh of the same graph waits for the layout that runs.
 *
 * @param aspect width ÷ height of the view; undefined while there is none
 */
export function useMapLayout(model: MapModel, layout: MapLayoutKind, pinned: Places, memory: PlacementMemory, aspect: number | undefined): MapLayoutState {
  const [result, setResult] = useState<Result | undefined>(undefined);
  const [cache] = useState(() => new GeometryCache());
  const [requests] = useState(() => new LayoutRequests());
  const atOnce = useMemo(() => memory.keep(model, layout) ?? (isSmall(model) ? layOutHere(model, layout, memory) : undefined), [model, layout, memory]);
  const request = useMemo(() => (atOnce ? undefined : requests.requestFor(model, layout)), [atOnce, requests, model, layout]);

  useEffect(() => {
    if (!request) {
      return undefined;
    }
    const abort = new AbortController();
    const { ids, topology, groupOf } = topologyOf(request.model);
    const finish = (outcome: Places | Error) => !abort.signal.aborted && setResult({ request, outcome });
    layOutInWorker({ kind: request.layout, topology, groupOf }, abort.signal).then(
      (done) => {
        const places = placesOf(ids, done);
        memory.remember(request.model, request.layout, places);
        finish(places);
      },
      (error: unknown) => finish(error instanceof Error ? error : new Error(String(error)))
    );
    return () => abort.abort();
  }, [request, memory]);

  const arrived = request && result?.request === request ? result.outcome : undefined;
  const places = atOnce ?? arrived;
  return useMemo(() => {
    if (places === undefined || aspect === undefined) {
      return { kind: 'running' };
    }
    if (places instanceof Error) {
      return { kind: 'failed', error: places };
    }
    const stretch = memory.stretch(layout, places, aspect);
    const shownAt = (id: string) => {
      const place = pinned.get(id) ?? places.get(id);
      return place && stretched(place, stretch);
    };
    return { kind: 'done', geometry: cache.geometryOf(model, shownAt), stretch };
  }, [cache, model, layout, memory, places, pinned, aspect]);
}

const isSmall = ({ nodes, edges }: MapModel) => nodes.length + edges.length < WORKER_FROM_ITEMS;

function layOutHere(model: MapModel, layout: MapLayoutKind, memory: PlacementMemory): Places {
  const { ids, topology, groupOf } = topologyOf(model);
  const places = placesOf(ids, layOut(layout, topology, groupOf));
  memory.remember(model, layout, places);
  return places;
}
