import type { LinkModel } from '@grafana/data';
import type { MapFigures, MapModel } from '../../drawing/graph/map-model';
import type { MapItemId } from './map-state';

/** A span name of a service. */
export interface MapOperation extends MapFigures {
  /** Name of the service's node. */
  readonly service: string;
  readonly name: string;
}

/** What a map view shows, whatever it was made from: traces, metrics, a backend's dependencies, frames. */
export interface MapContent {
  readonly model: MapModel;
  /** Length of the window the model's counts come from. */
  readonly windowS: number;
  /** What the figures rest on, as sentences for the reader. */
  readonly notes: readonly string[];
  /** Empty where the source does not know them. */
  readonly operations: readonly MapOperation[];
}

/** Ways on from the map that its host knows. */
export interface MapLinks {
  /** Where a trace opens. */
  readonly traceHref?: (traceId: string) => string;
  /** Links that somebody configured for services and connections. */
  readonly configured?: (item: MapItemId) => readonly LinkModel[];
}
