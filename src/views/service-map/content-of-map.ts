import type { ServiceMap } from '../../backends/service-map';
import type { MapFigures, MapModel, MapProvenance } from '../../drawing/graph/map-model';
import { figuresOf, mapModelOfGraph } from '../../drawing/graph/map-model-of-graph';
import type { MapContent } from './map-content';

/**
 * A backend's service map as the view shows it.
 *
 * @param provenance what all edges rest on, where it is not spans
 */
export function contentOfMap({ graph, windowS, notes, operations = [], nodeDetails, edgeDetails }: ServiceMap, provenance?: MapProvenance): MapContent {
  const { nodes, edges } = mapModelOfGraph(graph);
  // Backends count the calls between services, not which of them failed.
  const known: Pick<MapFigures, 'countsErrors'> = provenance === 'dependencies' ? { countsErrors: false } : {};
  const model: MapModel = {
    nodes: nodes.map((node) => ({ ...node, ...known, ...nodeDetails?.get(node.id) })),
    edges: edges.map((edge) => ({ ...edge, ...known, ...edgeDetails?.get(edge.id), provenance: provenance ?? edge.provenance })),
  };
  return { model, windowS, notes, operations: operations.map(({ service, operation, calls }) => ({ service, name: operation, ...figuresOf(calls) })) };
}
