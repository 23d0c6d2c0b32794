import type { ServiceMap } from '../../backends/service-map';
import { figuresOf, mapModelOfGraph } from '../../drawing/graph/map-model-of-graph';
import type { MapContent } from './map-content';

/** A backend's service map as the view shows it. */
export function contentOfMap({ graph, windowS, notes, operations }: ServiceMap): MapContent {
  return {
    model: mapModelOfGraph(graph),
    windowS,
    notes,
    operations: operations.map(({ service, operation, calls }) => ({ service, name: operation, ...figuresOf(calls) })),
  };
}
