import type { MapLayoutKind } from '../../drawing/graph/map-layout';
import type { MapModel } from '../../drawing/graph/map-model';

/** A map whose layout was asked for. */
export interface LayoutRequest {
  readonly model: MapModel;
  readonly layout: MapLayoutKind;
}

/**
 * The layouts that a map asks for, one after the other. A refresh brings new figures for mostly the same graph: it gets the
 * same request again, so that a layout which takes longer than the refresh interval comes to its end.
 */
export class LayoutRequests {
  private last: { readonly request: LayoutRequest; readonly graph: string } | undefined;

  /** The last request where it was for the same nodes, groups, edges and kind of layout, in whatever order they come; else a new one. */
  requestFor(model: MapModel, layout: MapLayoutKind): LayoutRequest {
    const graph = graphOf(model);
    if (this.last?.graph !== graph || this.last.request.layout !== layout) {
      this.last = { graph, request: { model, layout } };
    }
    return this.last.request;
  }
}

/** What a layout depends on, as text that can be compared. */
function graphOf({ nodes, edges }: MapModel): string {
  const places = nodes.map(({ id, group }) => JSON.stringify([id, group])).sort();
  const lines = edges.map(({ source, target }) => JSON.stringify([source, target])).sort();
  return JSON.stringify([places, lines]);
}
