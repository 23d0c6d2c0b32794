import { mapGeometry, mapTopology, type MapGeometry, type MapTopology } from './map-geometry';
import type { MapModel } from './map-model';
import type { Place } from './stable-layout';

/** Keeps the geometry between refreshes that bring new figures for the same nodes and edges, and what of it did not move. */
export class GeometryCache {
  private last: { readonly model: MapModel; readonly topology: MapTopology; readonly geometry: MapGeometry } | undefined;

  /**
   * @param place where each node is, by id
   * @throws Error where an edge names a node that is not in the model
   */
  geometryOf(model: MapModel, place: (id: string) => Place | undefined): MapGeometry {
    const places = model.nodes.map(({ id }) => place(id));
    const x = Float64Array.from(places, (at) => at?.x ?? 0);
    const y = Float64Array.from(places, (at) => at?.y ?? 0);
    const same = this.last !== undefined && sameGraph(this.last.model, model) ? this.last : undefined;
    const topology = same?.topology ?? mapTopology(model);
    const stays = same !== undefined && sameNumbers(same.geometry.nodeX, x) && sameNumbers(same.geometry.nodeY, y);
    const geometry = stays ? same.geometry : mapGeometry(topology, x, y, same?.geometry);
    this.last = { model, topology, geometry };
    return geometry;
  }
}

const sameNumbers = (a: Float64Array, b: Float64Array) => a.length === b.length && a.every((value, i) => value === b[i]);

const sameGraph = (a: MapModel, b: MapModel) =>
  a === b ||
  (a.nodes.length === b.nodes.length &&
    a.edges.length === b.edges.length &&
    a.nodes.every(({ id }, v) => id === b.nodes[v].id) &&
    a.edges.every(({ source, target }, e) => source === b.edges[e].source && target === b.edges[e].target));
