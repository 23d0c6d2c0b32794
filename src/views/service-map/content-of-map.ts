import { Z_95 } from '../../analysis/estimate';
import type { ServiceMap, TracedDetails } from '../../backends/service-map';
import type { Interval, MapEdge, MapModel, MapNode, MapProvenance } from '../../drawing/graph/map-model';
import { figuresOf, mapModelOfGraph } from '../../drawing/graph/map-model-of-graph';
import type { MapContent } from './map-content';

/**
 * A backend's service map as the view shows it.
 *
 * @param provenance what all edges rest on, where it is not spans
 */
export function contentOfMap({ graph, windowS, notes, traces }: ServiceMap, provenance?: MapProvenance): MapContent {
  const model = mapModelOfGraph(graph);
  return {
    model: traces ? withTracedDetails(model, traces) : { ...model, edges: model.edges.map((edge) => ({ ...edge, provenance: provenance ?? edge.provenance })) },
    windowS,
    notes,
    operations: traces?.operations.map(({ service, operation, calls }) => ({ service, name: operation, ...figuresOf(calls) })) ?? [],
  };
}

/** Adds groups, shares of latency, and intervals where rates are estimates. */
function withTracedDetails({ nodes, edges }: MapModel, { shares, groups, coverage }: TracedDetails): MapModel {
  // Operations are grouped by their services unless somebody asked for something else.
  const groupOf = ({ kind, name, service }: MapNode) => (kind === 'service' ? (groups.get(service ?? name) ?? service) : undefined);
  const serviceOf = new Map(nodes.map(({ id, kind, service, name }) => [id, kind === 'service' && service === undefined ? name : undefined]));
  const shareOf = new Map(shares.edges.map(({ source, target, share }) => [JSON.stringify([source, target]), share]));
  const marginRatio = coverage.kind === 'slices' ? coverage.rateErrorRatio : undefined;
  return {
    nodes: nodes.map((node): MapNode => ({ ...node, group: groupOf(node) })),
    edges: edges.map((edge): MapEdge => {
      const share = shareOf.get(JSON.stringify([serviceOf.get(edge.source), serviceOf.get(edge.target)]));
      return { ...edge, share, countInterval: marginRatio === undefined ? undefined : intervalOf(edge.count, marginRatio) };
    }),
  };
}

/** What the slices differ by, and what chance adds to the calls of one connection in them (Poisson), as independent errors. */
function intervalOf(count: number, marginRatio: number): Interval {
  const half = Math.sqrt((marginRatio * count) ** 2 + Z_95 ** 2 * count);
  return { low: Math.max(0, count - half), high: count + half };
}
