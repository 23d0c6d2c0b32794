import { mapGeometry, type MapGeometry } from './map-geometry';
import type { MapModel } from './map-model';
import type { Place } from './stable-layout';

/** Keeps the geometry between refreshes that bring new figures for the same nodes and edges in the same places. */
export class GeometryCache {
  private last: { readonly model: MapModel; readonly geometry: MapGeometry } | undefined;

  /** @param place where each node is, by id */
  geometryOf(model: MapModel, place: (id: string) => Place | undefined): MapGeometry {
    const x = Float64Array.from(model.nodes, ({ id }) => place(id)?.x ?? 0);
    const y = Float64Array.from(model.nodes, ({ id }) => place(id)?.y ?? 0);
    const { last } = this;
    const isSame = last !== undefined && sameNumbers(last.geometry.nodeX, x) && sameNumbers(last.geometry.nodeY, y) && sameGraph(last.model, model);
    const geometry = isSame && last ? last.geometry : mapGeometry(model, x, y);
    this.last = { model, geometry };
    return geometry;
  }
}

const sameNumbers = (a: Float64Array, b: Float64Array) => a.length === b.length && a.every((value, i) => value === b[i]);

const sameGraph = (a: MapModel, b: MapModel) =>
  a.nodes.length === b.nodes.length &&
  a.edges.length === b.edges.length &&
  a.nodes.every(({ id }, v) => id === b.nodes[v].id) &&
  a.edges.every(({ source, target }, e) => source === b.edges[e].source && target === b.edges[e].target);
