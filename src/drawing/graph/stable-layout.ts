import { layeredLayout, SERVICE_MAP_SPACING, type LayeredOptions } from './layered-layout';
import type { MapModel } from './map-model';
import type { Topology } from './topology';

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Where each node is, by node id, in graph space. */
export type Places = ReadonlyMap<string, Place>;

/**
 * Places for the model's nodes that keep to `previous`: a node that was on the map does not move, a new one appears on a
 * free place near those it talks to. Without previous places the whole map is laid out afresh.
 */
export function stablePlaces(model: MapModel, previous: Places = new Map(), spacing: LayeredOptions = SERVICE_MAP_SPACING): Places {
  const known = model.nodes.filter(({ id }) => previous.has(id));
  if (known.length * 2 < model.nodes.length) {
    return freshPlaces(model, spacing);
  }
  const places = new Map<string, Place>();
  for (const { id } of known) {
    places.set(id, previous.get(id) ?? { x: 0, y: 0 });
  }
  for (const { id } of model.nodes) {
    if (!places.has(id)) {
      places.set(id, nearestFree(wantedPlace(model, id, places, spacing), places, spacing));
    }
  }
  return places;
}

/** Remembers where nodes were, also of those that were gone for a while, so that a picture is stable between refreshes. */
export class StablePlacement {
  private remembered: Places = new Map();

  place(model: MapModel): Places {
    const places = stablePlaces(model, this.remembered);
    this.remembered = new Map([...this.remembered, ...places]);
    return places;
  }
}

/** Sorted by name, so that the picture does not depend on the order in which a backend names the services. */
function freshPlaces(model: MapModel, spacing: LayeredOptions): Places {
  const ids = model.nodes.map(({ id }) => id).sort();
  const number = new Map(ids.map((id, i) => [id, i]));
  const edges = model.edges
    .map(({ source, target }) => [number.get(source) ?? 0, number.get(target) ?? 0] as const)
    .sort(([a, b], [c, d]) => a - c || b - d);
  const topology: Topology = {
    nodeCount: ids.length,
    edgeSource: Uint32Array.from(edges, ([source]) => source),
    edgeTarget: Uint32Array.from(edges, ([, target]) => target),
  };
  const { x, y } = layeredLayout(topology, spacing);
  return new Map(ids.map((id, i) => [id, { x: x[i], y: y[i] }]));
}

/** One column right of the mean of its callers, one left of the mean of what it calls, else below everything. */
function wantedPlace(model: MapModel, id: string, places: Places, spacing: LayeredOptions): Place {
  const hints: Place[] = [];
  for (const { source, target } of model.edges) {
    const [from, to] = [places.get(source), places.get(target)];
    if (target === id && from) {
      hints.push({ x: from.x + spacing.layerDistance, y: from.y });
    } else if (source === id && to) {
      hints.push({ x: to.x - spacing.layerDistance, y: to.y });
    }
  }
  if (hints.length === 0) {
    const all = [...places.values()];
    return { x: Math.min(...all.map(({ x }) => x)), y: Math.max(...all.map(({ y }) => y)) + spacing.nodeHeight + spacing.rowGap };
  }
  const mean = (pick: (hint: Place) => number) => hints.reduce((sum, hint) => sum + pick(hint), 0) / hints.length;
  return { x: Math.round(mean(({ x }) => x) / spacing.layerDistance) * spacing.layerDistance, y: mean(({ y }) => y) };
}

/** The wanted place or the next free one below or above it in the same column. */
function nearestFree(wanted: Place, places: Places, spacing: LayeredOptions): Place {
  const rowHeight = spacing.nodeHeight + spacing.rowGap / 2;
  const isFree = (y: number) =>
    ![...places.values()].some((taken) => Math.abs(taken.x - wanted.x) < spacing.layerDistance * 0.8 && Math.abs(taken.y - y) < rowHeight);
  for (let step = 0; ; step++) {
    for (const y of [wanted.y + step * rowHeight, wanted.y - step * rowHeight]) {
      if (isFree(y)) {
        return { x: wanted.x, y };
      }
    }
  }
}
