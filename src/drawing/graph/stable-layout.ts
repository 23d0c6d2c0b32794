import { isBoxed } from './group-boxes';
import { SERVICE_MAP_SPACING, type GraphLayout, type LayeredOptions } from './layered-layout';
import type { MapLayoutKind } from './map-layout';
import type { MapModel, MapNode } from './map-model';
import { separateGroups } from './separate-groups';
import type { Topology } from './topology';
import { stretchToView, type Stretch } from './view-stretch';

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Where each node is, by node id, in graph space. */
export type Places = ReadonlyMap<string, Place>;

/**
 * Places for the model's nodes that keep to `previous`: a node that was on the map does not move, a new one appears on a
 * free place near those it talks to. A place whose node is away for a while is not free: rare services come and go.
 *
 * @returns undefined where most nodes are new: the map is to be laid out afresh
 */
export function keepPlaces(model: MapModel, previous: Places, spacing: LayeredOptions = SERVICE_MAP_SPACING): Places | undefined {
  const places = new Map<string, Place>();
  for (const { id } of model.nodes) {
    const place = previous.get(id);
    if (place) {
      places.set(id, place);
    }
  }
  if (places.size * 2 < model.nodes.length || places.size === 0) {
    return undefined;
  }
  const taken = [...previous.values()];
  for (const node of model.nodes) {
    const { id } = node;
    if (!places.has(id)) {
      const place = nearestFree(besideGroup(model, node, places, wantedPlace(model, id, places, spacing)), taken, spacing);
      places.set(id, place);
      taken.push(place);
    }
  }
  return places;
}

/** A model's nodes by number, sorted by name, so that a picture does not depend on the order in which a backend names them. */
export interface NumberedTopology {
  readonly ids: readonly string[];
  readonly topology: Topology;
  /** Number of each node's group; -1 for none. */
  readonly groupOf: Int32Array;
}

/** The model as numbers, for a layout in a worker. */
export function topologyOf(model: MapModel): NumberedTopology {
  const ids = model.nodes.map(({ id }) => id).sort();
  const number = new Map(ids.map((id, i) => [id, i]));
  const edges = model.edges
    .map(({ source, target }) => [number.get(source) ?? 0, number.get(target) ?? 0] as const)
    .sort(([a, b], [c, d]) => a - c || b - d);
  const groups = new Map<string, number>();
  const nameOf = new Map(model.nodes.map(({ id, group }) => [id, group]));
  const groupOf = Int32Array.from(ids, (id) => {
    const group = nameOf.get(id);
    if (group === undefined) {
      return -1;
    }
    const known = groups.get(group) ?? groups.size;
    groups.set(group, known);
    return known;
  });
  return {
    ids,
    groupOf,
    topology: {
      nodeCount: ids.length,
      edgeSource: Uint32Array.from(edges, ([source]) => source),
      edgeTarget: Uint32Array.from(edges, ([, target]) => target),
    },
  };
}

export const placesOf = (ids: readonly string[], { x, y }: GraphLayout): Places => new Map(ids.map((id, i) => [id, { x: x[i], y: y[i] }]));

/**
 * Where nodes were, one memory a kind of layout; also of those that are gone for a while, so that a picture is stable
 * between refreshes and comes back from a filter as it was.
 */
export class PlacementMemory {
  private readonly remembered = new Map<MapLayoutKind, Places>();
  private readonly groups = new Map<MapLayoutKind, ReadonlyMap<string, string | undefined>>();
  private readonly stretches = new Map<MapLayoutKind, Stretch>();

  /** Places that keep to what is remembered; undefined where the map is to be laid out afresh. */
  keep(model: MapModel, kind: MapLayoutKind): Places | undefined {
    const groups = this.groups.get(kind) ?? new Map<string, string | undefined>();
    const moved = model.nodes.filter(({ id, group }) => groups.has(id) && groups.get(id) !== group);
    // Grouped by something else: places that suited other boxes are of no use.
    const kept = moved.length * 2 > model.nodes.length ? undefined : keepPlaces(model, this.remembered.get(kind) ?? new Map());
    // Other layouts do not keep groups together, and have no boxes.
    const places = kept && kind === 'layered' ? separateGroups(model, kept) : kept;
    if (places) {
      this.remember(model, kind, places);
    } else {
      this.stretches.delete(kind);
    }
    return places;
  }

  /** How these places are stretched to a view: as when they were first shown, so that neither a new service nor a view of another size moves the others. */
  stretch(kind: MapLayoutKind, places: Places, aspect: number): Stretch {
    const stretch = this.stretches.get(kind) ?? stretchToView(places.values(), aspect);
    this.stretches.set(kind, stretch);
    return stretch;
  }

  remember(model: MapModel, kind: MapLayoutKind, places: Places): void {
    this.remembered.set(kind, new Map([...(this.remembered.get(kind) ?? []), ...places]));
    this.groups.set(kind, new Map([...(this.groups.get(kind) ?? []), ...model.nodes.map(({ id, group }) => [id, group] as const)]));
  }

  /** Lays the map out afresh next time. */
  forget(): void {
    this.remembered.clear();
    this.groups.clear();
    this.stretches.clear();
  }
}

/** In the next column after its callers, else the one before what it calls, else below everything; at the mean height of both. */
function wantedPlace(model: MapModel, id: string, places: Places, spacing: LayeredOptions): Place {
  const hints: Place[] = [];
  const columns = [...new Set([...places.values()].map(({ x }) => x))].sort((a, b) => a - b);
  for (const { source, target } of model.edges) {
    const [from, to] = [places.get(source), places.get(target)];
    if (target === id && from) {
      hints.push({ x: columnBeside(columns, from.x, 1, spacing), y: from.y });
    } else if (source === id && to) {
      hints.push({ x: columnBeside(columns, to.x, -1, spacing), y: to.y });
    }
  }
  if (hints.length === 0) {
    const all = [...places.values()];
    return { x: columns[0], y: all.reduce((lowest, { y }) => Math.max(lowest, y), -Infinity) + spacing.nodeHeight + spacing.rowGap };
  }
  return { x: hints[0].x, y: hints.reduce((sum, { y }) => sum + y, 0) / hints.length };
}

/** In the nearest column of its group, so that the group's box grows no wider. */
function besideGroup({ nodes }: MapModel, node: MapNode, places: Places, wanted: Place): Place {
  const members = isBoxed(node) ? nodes.filter((other) => isBoxed(other) && other.group === node.group) : [];
  const known = members.flatMap(({ id }) => places.get(id) ?? []);
  const nearest = known.reduce<Place | undefined>((best, place) => (best && distance(best, wanted) <= distance(place, wanted) ? best : place), undefined);
  return nearest ?? wanted;
}

const distance = (a: Place, b: Place): number => Math.hypot(a.x - b.x, a.y - b.y);

/** The nearest column in use far enough to one side, unless it is too far: then a new one. */
function columnBeside(columns: readonly number[], x: number, side: 1 | -1, { layerDistance }: LayeredOptions): number {
  const distances = columns.map((column) => (column - x) * side).filter((distance) => distance >= layerDistance * 0.8 && distance <= layerDistance * 3);
  return x + side * (distances.length > 0 ? Math.min(...distances) : layerDistance);
}

/** The wanted place or the next free one below or above it in the same column. */
function nearestFree(wanted: Place, taken: readonly Place[], spacing: LayeredOptions): Place {
  const rowHeight = spacing.nodeHeight + spacing.rowGap / 2;
  const inColumn = taken.filter(({ x }) => Math.abs(x - wanted.x) < spacing.layerDistance * 0.8).map(({ y }) => y);
  const isFree = (y: number) => !inColumn.some((other) => Math.abs(other - y) < rowHeight);
  for (let step = 0; ; step++) {
    for (const y of [wanted.y + step * rowHeight, wanted.y - step * rowHeight]) {
      if (isFree(y)) {
        return { x: wanted.x, y };
      }
    }
  }
}
