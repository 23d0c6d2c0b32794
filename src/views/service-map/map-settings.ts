import type { MapStyle } from '../../drawing/graph/map-style';

/** What a host decides for all of its readers. */
export interface MapSettings {
  /** Filters, display choices and exports above the map. */
  readonly showControls: boolean;
  /** What the figures rest on. */
  readonly showNotes: boolean;
  readonly showLegend: boolean;
  /** What differs from the map's default style; memoise it. */
  readonly style: Partial<MapStyle>;
}

export const DEFAULT_MAP_SETTINGS: MapSettings = { showControls: true, showNotes: true, showLegend: true, style: {} };
